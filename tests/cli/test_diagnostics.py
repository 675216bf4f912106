"""Findings with an excerpt of their source."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.linter import Finding
from cleaner.cli.diagnostics import render, summary


def excerpt(line: str, piece: str, width: int = 60) -> list[str]:
    place = (1, line.index(piece) + 1, len(piece))
    found = Finding("error", "invalid", "wrong", Path("own.toml"), *place)
    return render(found, line, width).plain.split("\n")[-2:]


@pytest.mark.parametrize(
    ("line", "piece", "shown", "marks"),
    [
        ("zonne = 'head'", "zonne", "1 | zonne = 'head'", "  | ^^^^^"),
        ("zh = ['关注我们', '关注']", "'关注']", "1 | zh = ['关注我们', '关注']", "  | " + " " * 18 + "^" * 7),
        ("\ten = 'x'", "'x'", "1 |     en = 'x'", "  | " + " " * 9 + "^^^"),
        ("en = 'a\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}b'", "a", r"1 | en = 'a\u001b[31m\u202eb'", "  |       ^"),
    ],
)
def test_the_place_is_underlined(line: str, piece: str, shown: str, marks: str) -> None:
    assert excerpt(line, piece) == [shown, marks]


def test_a_long_line_is_clipped_on_both_sides_of_the_place() -> None:
    shown, marks = excerpt("ja = [" + "'登録する', " * 40 + "'Share', " + "'購読する', " * 40 + "]", "'Share'")
    assert shown[4] == shown[-1] == "…"
    assert "'Share'" in shown
    assert marks.count("^") == 7


def test_a_place_longer_than_the_line_is_shown_from_its_beginning() -> None:
    shown, marks = excerpt("en = '" + "x" * 500 + "'", "x" * 500)
    assert (shown[:9], shown[-2:]) == ("1 | …xxxx", "x…")
    assert len(marks) < 64


def test_a_source_that_cannot_be_read_has_no_excerpt() -> None:
    found = Finding("error", "invalid", "cannot be read", Path("own.toml"), 0, 0, 0, hint="check the path")
    assert render(found, "").plain == "error[invalid]: cannot be read\n--> own.toml\n = help: check the path"


def test_the_summary_counts_errors_and_warnings() -> None:
    error = Finding("error", "invalid", "wrong", Path("own.toml"), 1, 1, 1)
    warning = Finding("warning", "no-keyword", "wrong", Path("own.toml"), 1, 1, 1)
    assert summary([error, warning, warning]) == "1 error, 2 warnings"
    assert summary([error, error]) == "2 errors"
