"""What matchers share."""

from __future__ import annotations

from cleaner.engine.matchers.base import MatcherHit, first_lines, words_of
from cleaner.text.lines import TextView


def test_a_hit_of_whole_lines_has_no_piece_and_no_fields() -> None:
    hit = MatcherHit(1, 2)
    assert (dict(hit.fields), hit.start, hit.end) == ({}, -1, -1)


def test_words_are_without_case_and_marks() -> None:
    assert words_of("“COUNCIL” votes: 3-2") == ["council", "votes", "3", "2"]
    assert words_of("İstanbul’da") == words_of("istanbul’da")


def test_the_first_lines_are_those_with_text() -> None:
    view = TextView("\n  \nA\n\nB\nC\n")
    assert first_lines(view, 2) == [2, 4]
    assert first_lines(view, 9) == [2, 4, 5]
