"""The command ``clean diff``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main

RULES = """
schema = 1
[[rule]]
id = "own.sign-off"
description = "A sign-off"
[rule.lines]
en = ["Bye for now"]
[rule.examples.removes]
en = ["Bye for now"]
[rule.examples.keeps]
en = ["Bye for now, he said, and left the hall."]
"""
TEXT = (
    "The council met on Tuesday to vote on the old bridge, and the mayor left the hall early.\n\n"
    "By Jane Doe\n\nBye for now\n\nFollow us on:\n"
)


@pytest.fixture(autouse=True)
def corpus(run_in: Path) -> Path:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, "utf-8")
    Path("in/b.txt").write_text("The council met on Tuesday to vote on the old bridge.\n", "utf-8")
    Path("own.toml").write_text(RULES, "utf-8")
    return run_in


def figures(capsys: pytest.CaptureFixture[str], old: str, new: str, *more: str) -> dict[str, object]:
    assert main(["diff", old, new, "in", "--json", "--isolated", *more]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_rules_that_are_added(capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "installed", "+own.toml")
    assert (found["documents"], found["changed"], found["lost"], found["back"]) == (2, 1, 1, 0)
    assert found["rules"] == [{"rule": "own.sign-off", "lost": 1, "words": 3, "back": 0, "renamed": 0}]


def test_rules_that_take_the_place_of_the_installed_ones(capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(capsys, "installed", "own.toml")
    assert (found["lost"], found["back"]) == (1, 2)


def test_profiles(capsys: pytest.CaptureFixture[str]) -> None:
    assert figures(capsys, "default", "facts")["back"] == 1
    assert figures(capsys, "default", "default")["changed"] == 0


def test_configurations(capsys: pytest.CaptureFixture[str]) -> None:
    Path("cleaner.toml").write_text('extend-rules = ["own.toml"]\n', "utf-8")
    assert figures(capsys, "installed", "cleaner.toml")["lost"] == 1


def test_the_table_and_the_texts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "+own.toml", "facts", "in", "--isolated"]) == 0
    shown = capsys.readouterr().out
    assert "own.sign-off" in shown
    assert "+ Bye for now" in shown
    assert "0 lines newly removed, 2 stay now" in shown
    assert main(["diff", "+own.toml", "facts", "in", "--isolated", "--limit", "0"]) == 0
    assert "+ Bye" not in capsys.readouterr().out


@pytest.mark.parametrize(("most", "code"), [("0", 1), ("1", 0)])
def test_the_gate(capsys: pytest.CaptureFixture[str], most: str, code: int) -> None:
    assert main(["diff", "installed", "+own.toml", "in", "--isolated", "--max-lost", most]) == code
    assert ("1 line is lost, and --max-lost allows 0" in capsys.readouterr().err) == bool(code)


def test_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "installed", "+own.toml", "in", "--isolated", "--report", "diff.html", "--max-lost", "0"]) == 1
    assert "<title>installed → +own.toml</title>" in Path("diff.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("no-such", "no-such: does not exist; name a file or folder of rules, an installed pack"),
        ("+none.toml", "none.toml: does not exist"),
        ("in/a.txt", "in/a.txt"),
    ],
)
def test_mistakes_are_told(capsys: pytest.CaptureFixture[str], name: str, message: str) -> None:
    assert main(["diff", "installed", name, "in", "--isolated"]) == 2
    assert message in capsys.readouterr().err


def test_files_that_cannot_be_read_are_told_and_the_rest_counts(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/c.txt").write_bytes(b"\x00\x01\x02" * 50)
    assert main(["diff", "installed", "+own.toml", "in", "--isolated", "--json"]) == 2
    shown = capsys.readouterr()
    assert json.loads(shown.out)["documents"] == 2
    assert "c.txt" in shown.err
