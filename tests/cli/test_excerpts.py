"""The excerpts with which findings of the linter are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.linter import lint
from cleaner.cli.diagnostics import render, summary
from cleaner.rules.ruleset import RuleSet
from tests.authoring.lint.own_rules import FILES, linted
from tests.places import ROOT

BAD_RULES = ROOT / "tests" / "rules" / "bad_rules"

NESTED = r"""error[nested-repetition]: the inner and the outer repetition can share a text in many ways
 --> own.toml:6:19 (rule own.sign-off)
  |
6 | en = '''sent from (?:\w+ ?)+'''
  |                   ^^^^^^^^^^
  = help: put a separator that the inner class does not hold between the repetitions, or use a possessive one: """ + (
    r"(?:\w+ ?)++"
)
SHADOWED = """error[shadowed]: all that the rule looks for is claimed by own.sign-off
  --> own.toml:13:7 (rule own.again)
   |
13 | id = "own.again"
   |       ^^^^^^^^^
   = help: take the wordings out of one of the two, or give this rule a zone of its own"""
INVISIBLE = r"""error[invisible-character]: a raw NO-BREAK SPACE
 --> own.toml:5:15 (rule own.sign-off)
  |
5 | lines = ["Sent\u00a0from the newsroom of the Hill News"]
  |               ^^^^^^
  = help: write an ordinary blank, which fits it too, or \u00A0: in "…" and in patterns"""
ANCHOR = """warning[needless-anchor]: ^ is not needed: the pattern matches the whole line
 --> own.toml:5:12 (rule own.sign-off)
  |
5 | pattern = '^sent from the newsroom of .+'
  |            ^
  = help: leave it out"""


@pytest.mark.parametrize(
    ("name", "golden"),
    [
        ("nested-repetition", NESTED),
        ("shadowed", SHADOWED),
        ("invisible-character", INVISIBLE),
        ("needless-anchor", ANCHOR),
    ],
)
def test_the_excerpt_of(name: str, golden: str, tmp_path: Path) -> None:
    source = (FILES / f"{name}.toml").read_text(encoding="utf-8")
    (found,) = linted(source, tmp_path)
    assert render(found, source).plain.replace(str(tmp_path) + "/", "") == golden


def excerpt(line: str, piece: str, width: int = 60) -> list[str]:
    place = (1, line.index(piece) + 1, len(piece))
    found = Finding("error", "invalid", "wrong", Path("own.toml"), *place)
    return render(found, line, width).plain.split("\n")[-2:]


def test_the_underline_counts_cells() -> None:
    assert excerpt("zh = ['关注我们', '关注']", "'关注']") == [
        "1 | zh = ['关注我们', '关注']",
        "  | " + " " * 18 + "^" * 7,
    ]
    assert excerpt("\ten = 'x'", "'x'") == ["1 |     en = 'x'", "  | " + " " * 9 + "^^^"]


def test_a_long_line_is_clipped_around_the_place() -> None:
    from rich.cells import cell_len

    line = "ja = [" + "'登録する', " * 40 + "'Share', " + "'購読する', " * 40 + "]"
    shown, marks = excerpt(line, "'Share'")
    assert cell_len(shown) <= 64
    assert shown[4] == shown[-1] == "…"
    assert cell_len(shown[: shown.index("'Share'")]) == marks.index("^")
    assert marks.count("^") == 7


def test_a_place_longer_than_the_line_is_shown_from_its_beginning() -> None:
    shown, marks = excerpt("en = '" + "x" * 500 + "'", "x" * 500)
    assert shown.startswith("1 | …xxx")
    assert shown.endswith("x…")
    assert len(marks) < 64


def test_a_terminal_gets_no_control_characters() -> None:
    shown, _ = excerpt("en = 'a\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}b'", "a")
    assert shown == r"1 | en = 'a\u001b[31m\u202eb'"


def test_what_could_not_be_read_has_no_excerpt() -> None:
    (found,) = lint(BAD_RULES / "not-utf-8.toml", RuleSet())
    assert render(found, "").plain.split("\n") == [
        "error[invalid]: is not UTF-8 (byte 37)",
        f"--> {found.path}",
        " = help: save it as UTF-8",
    ]


def test_a_summary_counts() -> None:
    error = Finding("error", "invalid", "wrong", Path("own.toml"), 1, 1, 1)
    warning = Finding("warning", "no-keyword", "wrong", Path("own.toml"), 1, 1, 1)
    assert summary([error, warning, warning]) == "1 error, 2 warnings"
