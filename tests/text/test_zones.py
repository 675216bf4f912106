"""Head, body and tail: anchored in prose, past what rules have claimed."""

from __future__ import annotations

import pytest

from cleaner.model import Zone
from cleaner.text.lines import TextView
from cleaner.text.zones import Zones, find_zones

PROSE = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."


def zones(*lines: str, claimed: tuple[int, ...] = ()) -> list[str]:
    """The zone of each line."""
    found = find_zones(TextView("\n".join(lines)), claimed)
    return [found.of(i).value for i in range(len(lines))]


def test_prose_divides_an_article() -> None:
    assert zones("Share", PROSE, "By Ann", PROSE, "Subhead", PROSE, "Tags") == [
        *("head", "body", "deck", "body", "body", "body", "tail"),
    ]


def test_a_text_with_one_paragraph_has_no_deck() -> None:
    assert zones("Share", PROSE, "Tags") == ["head", "body", "tail"]


def test_a_text_without_sentences_is_all_body() -> None:
    assert zones("Share", "Home", "Tags") == ["body"] * 3
    assert zones("") == ["body"]


def test_short_sentences_stand_in_where_nothing_is_prose() -> None:
    assert zones("Share", "The bridge is closed.", "Detour", "It opens soon.", "Tags") == [
        *("head", "body", "body", "body", "tail"),
    ]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((PROSE, "By Ann", PROSE), Zones(0, 2, 2)),
        (("Share", PROSE, "By Ann", PROSE), Zones(1, 3, 3)),
        (("Share", PROSE, "Tags"), Zones(1, -1, 1)),
        (("Share", "The bridge is closed.", "Detour", "It opens soon.", "Tags"), Zones(1, -1, 3)),
        (("Share", "It rains."), Zones(1, -1, 1)),
        (("Share", "Home"), Zones(-1, -1, -1)),
    ],
)
def test_the_lines_that_divide_a_text(lines: tuple[str, ...], found: Zones) -> None:
    assert find_zones(TextView("\n".join(lines))) == found


def test_an_article_may_begin_and_end_in_prose() -> None:
    assert zones(PROSE, "By Ann", PROSE, "Subhead", PROSE) == ["body", "deck", "body", "body", "body"]


def test_one_word_is_no_sentence() -> None:
    assert zones("Share!", "The bridge is closed.", "Tags.") == ["head", "body", "tail"]


def test_a_claimed_line_anchors_nothing() -> None:
    lines = (PROSE, "Share", PROSE, "Tags", PROSE)
    assert zones(*lines, claimed=(0, 4)) == ["head", "head", "body", "tail", "tail"]


def test_a_claimed_short_sentence_anchors_nothing() -> None:
    lines = ("It is short.", "The bridge is closed.", "It is over.")
    assert zones(*lines, claimed=(0, 2)) == ["head", "body", "tail"]


@pytest.mark.parametrize(
    ("index", "wanted", "fits"),
    [
        (0, {Zone.HEAD}, True),
        (0, {Zone.BODY}, False),
        (2, {Zone.DECK}, True),
        (2, {Zone.BODY}, True),
        (4, {Zone.DECK}, False),
        (9, {Zone.TAIL}, True),
        (9, {Zone.ANY}, True),
        (9, set(), False),
    ],
)
def test_a_line_fits_the_zones_a_rule_wants(index: int, wanted: set[Zone], fits: bool) -> None:
    assert Zones(first=1, second=3, last=8).fit(index, wanted) is fits
