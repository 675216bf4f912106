"""Layout: blanks and blank lines; what stays comes first."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import apply, check
from cleaner.text.layout import (
    _wide_runs,
    blank_lines,
    blank_runs,
    final_newline,
    leading_lines,
    trailing_blanks,
    wide_gaps,
)

NBSP = "\N{NO-BREAK SPACE}"
ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
ZWSP = "\N{ZERO WIDTH SPACE}"


@pytest.mark.parametrize("text", [f"«{NBSP}oui{NBSP}»", "two  spaces", f"{NBSP}{NBSP}indent", f"end{NBSP}{NBSP}"])
def test_blanks_of_an_author_stay(text: str) -> None:
    assert list(blank_runs(text)) == []


@pytest.mark.parametrize("run", [NBSP * 2, f" {NBSP}", f"{NBSP} ", "\N{NARROW NO-BREAK SPACE} ", f"  {NBSP}  "])
def test_a_run_with_a_no_break_space_becomes_one_space(run: str) -> None:
    assert apply(f"a{run}b", blank_runs(f"a{run}b")) == "a b"


PROSE = "the council voted on Tuesday evening to close the old bridge for three months."


@pytest.mark.parametrize(
    "text",
    [
        f"It was late.  Then {PROSE}",  # after a sentence
        f"Within  My lord, {PROSE}",  # a label
        f"Aside to ENOBARBUS  He said that {PROSE}",
        f"1.  Then  {PROSE}",
        f"    Then  {PROSE}",
        f"| Then  {PROSE} | it  was |",
        f'say("it  was {PROSE}");',
        "Leyton Orient  v  Northampton Town  0-1",
        "a line of  verse",
    ],
)
def test_gaps_with_a_use_stay(text: str) -> None:
    assert list(wide_gaps(text)) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"The mayor  said\tthat   {PROSE}", f"The mayor said that {PROSE}"),
        (f"In 1984   it was opened,\t and {PROSE}", f"In 1984 it was opened, and {PROSE}"),
        (f"It was very late.\tThen {PROSE}", f"It was very late. Then {PROSE}"),
        (f"In the evening,  “then” {PROSE}", f"In the evening, “then” {PROSE}"),
        ("Городской совет  во вторник решил закрыть\tстарый мост на три месяца ради  ремонта.",) * 2,
        ("नगर परिषद ने  मंगलवार को पुराने पुल को तीन महीने के  लिए बंद करने का निर्णय लिया।",) * 2,
    ],
)
def test_gaps_in_prose_become_one_space(text: str, want: str) -> None:
    assert apply(text, wide_gaps(text)) == want.replace("  ", " ").replace("\t", " ")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"Then they  My {PROSE}", f"Then they  My {PROSE}"),  # nine characters may be a label
        (f"Then there  My {PROSE}", f"Then there My {PROSE}"),  # ten are not
        (f"It was late.  Then the mayor  said {PROSE}", f"It was late.  Then the mayor said {PROSE}"),
        (f"Now {PROSE}\nWithin  My lord, {PROSE}", f"Now {PROSE}\nWithin  My lord, {PROSE}"),
        (f"Now the mayor  said {PROSE}\n| it  was {PROSE}", f"Now the mayor said {PROSE}\n| it  was {PROSE}"),
        (f"| it  was {PROSE}\nNow the mayor  said {PROSE}", f"| it  was {PROSE}\nNow the mayor said {PROSE}"),
    ],
)
def test_each_gap_and_each_line_is_judged_alone(text: str, want: str) -> None:
    assert apply(text, wide_gaps(text)) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("a  \nb\t\n", "a\nb\n"),
        (f"a{NBSP}", "a"),
        (" \n  \n", "\n\n"),
        ("  a\n", "  a\n"),
        ("", ""),
    ],
)
def test_trailing_blanks_go(text: str, want: str) -> None:
    assert apply(text, trailing_blanks(text)) == want


@pytest.mark.parametrize(("text", "want"), [("\n\n  a", "  a"), ("  a", "  a"), ("\n \n", ""), ("", "")])
def test_leading_lines_go_and_the_indent_stays(text: str, want: str) -> None:
    assert apply(text, leading_lines(text)) == want


@pytest.mark.parametrize(("text", "want"), [("a\n\n\n\n\nb", "a\n\nb"), ("a\n\nb\nc", "a\n\nb\nc")])
def test_one_blank_line_is_enough(text: str, want: str) -> None:
    assert apply(text, blank_lines(text)) == want


@pytest.mark.parametrize(
    ("text", "want"), [("a", "a\n"), ("a\n", "a\n"), ("a\n\n\n", "a\n"), ("", ""), ("\n\n", "\n\n")]
)
def test_a_text_ends_with_one_newline(text: str, want: str) -> None:
    assert apply(text, final_newline(text)) == want


@given(st.text(f"ab \n\t{NBSP}{ZWNJ}{ZWSP}\N{SOFT HYPHEN}ไ", max_size=30))
def test_edits_are_valid_and_settle_at_once(text: str) -> None:
    for find in (
        blank_runs,
        wide_gaps,
        trailing_blanks,
        leading_lines,
        blank_lines,
        final_newline,
    ):
        edits = list(find(text))
        check(edits, len(text))
        assert list(find(apply(text, edits))) == []


@given(st.text(f"a \t{NBSP}\N{NARROW NO-BREAK SPACE}", max_size=12))
def test_runs_of_blanks_are_those_that_hold_a_no_break_space(text: str) -> None:
    reference = r"(?<=\S)(?:[\xa0\u202f]+[ \xa0\u202f]+|[ ]+[\xa0\u202f][ \xa0\u202f]*)(?=\S)"
    assert [(e.start, e.end) for e in blank_runs(text)] == [m.span() for m in regex.finditer(reference, text)]


def test_a_long_run_of_blanks_is_looked_at_once() -> None:
    """With every way to part the run tried, this takes hours."""
    run = NBSP * 1_000_000
    assert list(blank_runs(f"a{run}\nb")) == []
    assert len(list(blank_runs(f"a{run}b"))) == 1


@given(st.text("a \t\n", max_size=20))
def test_wide_runs_are_those_that_one_regex_finds(text: str) -> None:
    assert list(_wide_runs(text)) == [run.start() for run in regex.finditer(r" {2,}[ \t]*| ?\t[ \t]*", text)]
