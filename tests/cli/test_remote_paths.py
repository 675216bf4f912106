"""Paths of other machines on the command line: results go there, and what must lie here says so."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from tests.articles import article

upath = pytest.importorskip("upath", reason="the extra remote is not installed")


@pytest.fixture(autouse=True)
def here(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(run_in / "cache"))
    Path("a.txt").write_text(article(1), "utf-8")
    return run_in


@pytest.fixture
def bucket() -> str:
    """An address that no other test writes to."""
    return f"memory://{uuid.uuid4().hex}"


def test_one_file_goes_to_another_machine(here: Path, bucket: str, cleaner: Cleaner) -> None:
    assert main(["a.txt", "-o", f"{bucket}/a.txt", "-q"]) == 0
    assert upath.UPath(f"{bucket}/a.txt").read_text("utf-8") == cleaner.clean(article(1)).text
    assert [path for path in (here / "cache").rglob("*") if path.is_file()] == []


def test_a_run_with_records_goes_to_another_machine_and_back(bucket: str) -> None:
    assert main(["a.txt", "-o", f"{bucket}/out/", "--audit", f"{bucket}/audit.jsonl", "-q"]) == 0
    assert main(["restore", f"{bucket}/out", "--audit", f"{bucket}/audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/a.txt").read_bytes() == Path("a.txt").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.txt", "--rules", "{}/own.toml"],
        ["a.txt", "--config", "{}/cleaner.toml"],
        ["a.txt", "--profile", "thorough", "--model", "{}/model.json"],
        ["a.txt", "-o", "out", "--site-memory", "{}/memory"],
        ["serve", "--site-memory", "{}/memory"],
        ["site-memory", "show", "{}/memory"],
        ["site-memory", "merge", "memory", "-o", "{}/memory"],
        ["rules", "check", "{}/own.toml"],
        ["rules", "test", "{}/own.toml"],
        ["rules", "try", "{}/own.toml", "a.txt"],
        ["rules", "format", "{}/own.toml"],
        ["rules", "new", "Tweet it now", "-o", "{}/own.toml"],
        ["rules", "pack", "{}/pack"],
        ["diff", "installed", "{}/own.toml", "a.txt"],
    ],
)
def test_what_must_lie_on_this_machine_says_so(
    arguments: list[str], bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(bucket) for word in arguments]) == 2
    shown = " ".join(capsys.readouterr().err.split())
    assert f"{bucket}/" in shown
    assert "is on another machine; copy it to this one" in shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["report", "{}/audit.jsonl", "-o", "page.html"], "error: {}/audit.jsonl: No such file or directory; check"),
        (["card", "{}/audit.jsonl", "-o", "card.md"], "error: {}/audit.jsonl: No such file or directory; check"),
        (["restore", "a.txt", "--audit", "{}/a.jsonl", "-o", "b"], "error: {}/a.jsonl: No such file or directory; ch"),
        (["why", "{}/b.txt"], "error: {}/b.txt: No such file or directory; name a text file or a page"),
        (["{}/b.txt"], "error: {}/b.txt: does not exist; check the path"),
    ],
)
def test_a_file_that_is_not_there_is_named_with_the_reason(
    arguments: list[str], message: str, bucket: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([word.format(bucket) for word in arguments]) == 2
    assert message.format(bucket) in capsys.readouterr().err
