"""What a line looks like, in any script."""

from __future__ import annotations

import pytest

from cleaner.scoring.shapes import FIRST, LAST, SHAPE, shape_of, words_of


def shape(line: str) -> dict[str, float]:
    return dict(zip((name for name, _ in SHAPE), shape_of(line, words_of(line)), strict=True))


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Share this", "a capital", "a letter"),
        ("the end.", "a small letter", "a full stop"),
        ("• Lamps, 12", "a bullet", "a digit"),
        ("“No.”", "a quotation mark", "a quotation mark or bracket"),
        ("(more) …", "a bracket", "an ellipsis"),
        ("3 reasons why:", "a digit", "a colon"),
        ("市议会。", "a letter without case", "a full stop"),
        ("क्या?", "a letter without case", "a question or exclamation mark"),
        ("★ |", "a bullet", "another character"),
        ("and then,", "a small letter", "a comma or semicolon"),
    ],
)
def test_the_ends_of_a_line_are_told_apart(line: str, first: str, last: str) -> None:
    found = shape(line)
    assert (FIRST[int(found["first"])], LAST[int(found["last"])]) == (first, last)


def test_shares_lie_between_none_and_all() -> None:
    found = shape("BREAKING NEWS 24")
    assert found["capitals"] == 1
    assert found["digits"] == pytest.approx(2 / 16, abs=0.001)


def test_words_of_scripts_with_marks_stay_whole() -> None:
    assert words_of("कितने लोग") == ["कितने", "लोग"]


def test_a_line_without_a_word_has_a_shape() -> None:
    found = shape("* * *")
    assert found["words"] == 0
    assert found["word-length"] == 5


@pytest.mark.parametrize(("line", "has"), [("Published 12:45", True), ("on 3.4.2021", True), ("12 lamps", False)])
def test_a_clock_or_a_date_in_digits_is_seen(line: str, has: bool) -> None:
    assert shape(line)["clock"] is has


def test_long_lines_cost_no_more_than_their_beginning() -> None:
    assert len(words_of("word " * 10_000)) == 80
