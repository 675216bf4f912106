"""Lines of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.lines import TextView, indent, is_bulleted, is_spoken, unwrap
from cleaner.text.normalize import fold
from cleaner.text.prose import is_prose

TEXT = "Bridge closed\n\n  The council voted on Tuesday to close the old bridge for three months.\n \nAd\n"


@given(st.text("ab \n\r\v\u2028\x1c", max_size=30))
def test_only_newlines_end_lines(text: str) -> None:
    view = TextView(text)
    assert "\n".join(view.lines) == text
    assert all(text[start : start + len(line)] == line for start, line in zip(view.starts, view.lines, strict=False))


def test_a_view_knows_its_lines() -> None:
    view = TextView(TEXT)
    assert [view.is_blank(i) for i in range(6)] == [False, True, False, True, False, True]
    assert [view.is_prose(i) for i in range(6)] == [is_prose(line) for line in TEXT.split("\n")]
    assert [view.key(i) for i in range(6)] == [fold(line) for line in TEXT.split("\n")]


def test_neighbours_are_found_past_blank_lines() -> None:
    view = TextView(TEXT)
    assert [view.next(i) for i in range(6)] == [2, 2, 4, 4, -1, -1]
    assert [view.previous(i) for i in range(6)] == [-1, 0, 0, 2, 2, 4]


@pytest.mark.parametrize("line", ["“No comments.”", "„Nein“,", "«Non»", "「はい」", "— Home.", " – Where to? "])
def test_direct_speech(line: str) -> None:
    assert is_spoken(line)


@pytest.mark.parametrize(
    "line", ["No comments", "– Anzeige –", "“No,” she said.", "“" + "a" * 70 + "”", "— home", "- Home.", "“”", ""]
)
def test_no_direct_speech(line: str) -> None:
    assert not is_spoken(line)


def test_bullets_need_a_blank() -> None:
    assert all(map(is_bulleted, ["• Lamps", "  - Lamps", "\t* Lamps", "→ Lamps"]))
    assert not any(map(is_bulleted, ["•Lamps", "-5 degrees", "Lamps", "•", ""]))


def test_an_indent_counts_blanks_of_any_kind() -> None:
    assert [indent(line) for line in ("a", "  a", "\ta", "\N{NO-BREAK SPACE}a", "  ")] == [0, 2, 1, 1, 2]


def test_unwrapped_lines_are_one() -> None:
    assert unwrap(["  • Oops! ", "\tSomething", "went wrong."]) == "• Oops! Something went wrong."
    assert unwrap([]) == ""
