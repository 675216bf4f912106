"""Tutorials and other pages that tell the reader what to type: it works, and prints what they show."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cleaner.rules.pack_store import DATA_VARIABLE
from tests.documents import blocks, documentation, fits, run_page
from tests.places import ROOT

DOCS = ROOT / "docs"
TUTORIALS = ("clean-a-folder", "write-a-rule", "golden-tests", "clean-5-gb", "pipeline")
OTHERS = ("howto/index", "howto/rule-packs", "faq", "for/researcher")
COMMANDS = (*(f"tutorials/{name}" for name in TUTORIALS), *OTHERS)
SNIPPETS = ("index", "explanation/zones", "explanation/edits")


def read(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def test_every_new_page_with_commands_or_code_is_run() -> None:
    older = {path.stem for path in DOCS.glob("*.md")} - {"faq", "index"}
    names = [path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")]
    with_code = {name for name in names if name not in older and re.search("```(sh|python)", read(name))}
    assert with_code - {"reference/api"} == {*COMMANDS, *SNIPPETS}


@pytest.mark.slow
@pytest.mark.parametrize("name", COMMANDS)
def test_the_commands_of_a_page_work(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("pandas", "pyarrow", "duckdb"):
        documentation(module)
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    assert run_page(read(name), tmp_path, capfd, monkeypatch) >= 1


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_code_of_a_page_gives_the_values_that_stand_beside_it(name: str) -> None:
    names: dict[str, object] = {}
    found = 0
    for block in blocks(read(name)):
        if block.language == "python":
            exec(block.text, names)
            for expression, value in re.findall(r"^(\S.*?)  # (.+)$", block.text, re.MULTILINE):
                shown = eval(expression, names)
                assert value in (repr(shown), str(shown))
                found += 1
    assert found > 0


def test_a_page_that_shows_something_else_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "```sh\necho one\n```\n\n```text\ntwo\n```\n"
    with pytest.raises(AssertionError, match="the page shows\ntwo\n\nand this came out\none"):
        run_page(page, tmp_path, capfd, monkeypatch)


def test_a_command_with_another_exit_code_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(AssertionError, match="exit code 1"):
        run_page("```sh\nfalse\n```\n", tmp_path, capfd, monkeypatch)


def test_an_ellipsis_stands_for_any_text() -> None:
    assert fits("a\n…\nd\n", "a\nb\nc\nd\n")
    assert fits("a … d", "a b c d")
    assert not fits("a\n…\nd", "a\nb\nc\n")
    assert not fits("a", "a\nb")


def test_every_block_is_read() -> None:
    for name in (*COMMANDS, *SNIPPETS):
        assert len(blocks(read(name))) == read(name).count("```") // 2, name
