"""``clean learn``: what the command needs, and the questions of a review."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.authoring.learning.review import read_blocks
from cleaner.cli import main
from tests.cli.own_rules import BODY

HEAD = "# Proposals of `clean learn` from 9 documents.\n"


def rule(number: int) -> str:
    return f"""
# learned from: {json.dumps([f"key {number}"])}
[[rule]]
id = "own.bye-{number}"
description = "Sign-off"
lines = ["Bye number {number} from the Hill News"]
[rule.examples]
removes = ["Bye number {number} from the Hill News"]
keeps = ["Bye number {number} from the Hill News, he said."]
"""


@pytest.fixture
def proposals(run_in: Path) -> Path:
    """A file of two proposals."""
    path = run_in / "p.toml"
    path.write_text(HEAD + rule(1) + rule(2), "utf-8")
    return path


def answer(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    left = list(answers)
    monkeypatch.setattr("click.prompt", lambda *_, **__: left.pop(0))


def edit(monkeypatch: pytest.MonkeyPatch, *texts: str | None) -> None:
    left: Iterator[str | None] = iter(texts)
    monkeypatch.setattr("click.edit", lambda *_, **__: next(left))


def test_what_is_accepted_goes_into_the_rules(
    proposals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(monkeypatch, "a", "r")
    assert main(["learn", "--review", "p.toml"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "1 accepted into learned.toml; 0 left in p.toml" in page
    assert "name learned.toml in extend-rules of cleaner.toml" in page
    assert 'id = "own.bye-1"' in Path("learned.toml").read_text("utf-8")
    assert read_blocks(proposals)[1] == []


def test_skipping_leaves_a_proposal_and_quitting_all_that_follow(
    proposals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = proposals.read_text("utf-8")
    answer(monkeypatch, "s", "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    assert proposals.read_text("utf-8") == before
    answer(monkeypatch, "q")
    assert main(["learn", "--review", "p.toml"]) == 1
    assert "0 accepted into learned.toml; 2 left in p.toml" in " ".join(capsys.readouterr().out.split())


def test_an_edit_that_is_not_a_rule_cannot_be_accepted(
    proposals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(monkeypatch, None, "[[rule]]\nid = 'own.a'\n", rule(3))
    answer(monkeypatch, "e", "e", "a", "e", "a", "q")
    assert main(["learn", "--review", "p.toml", "--into", "mine.toml"]) == 1
    assert "edit it, or skip" in capsys.readouterr().err
    written = Path("mine.toml").read_text("utf-8")
    assert 'id = "own.bye-3"' in written
    assert "own.a" not in written


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rows.jsonl"], "where should the proposals go? Give -o proposals.toml"),
        (["rows.jsonl", "-o", "p.jsonl"], "proposals are a rule file; give a name that ends in .toml"),
        (["--review", "nope.toml"], "nope.toml: cannot be read"),
        (["rows.jsonl", "-o", "p.toml", "--extractor", "magic"], "'magic' is not one of"),
        ([], "Missing argument 'PATH...'"),
    ],
)
def test_wrong_calls(run_in: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rows.jsonl").write_text(json.dumps({"text": BODY}) + "\n", "utf-8")
    assert main(["learn", *arguments]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert not Path("p.toml").exists()


def test_a_corpus_becomes_a_file_of_proposals(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("duckdb", reason="the extra learn is not installed")
    texts = [f"On day {number} {BODY}\nFarewell from the old mill\n" for number in range(8)]
    rows = [{"url": f"https://hill.example/{number}", "text": text} for number, text in enumerate(texts)]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert main(["learn", "rows.jsonl", "-o", "p.toml", "-j", "1", "--page-seconds", "5"]) == 0
    head, blocks = read_blocks(Path("p.toml"))
    assert head.startswith("# Proposals of `clean learn` from 8 documents: lines that no rule removes yet")
    assert any("Farewell from the old mill" in block.text for block in blocks)
    assert "8 documents; " in capsys.readouterr().err
