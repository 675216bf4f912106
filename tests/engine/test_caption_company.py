"""Captions that read like a report, told by the company they keep."""

from __future__ import annotations

import pytest

from cleaner.engine.caption_company import captions_in_company, credited_words
from cleaner.engine.captions import Credited, Kind
from cleaner.engine.compiler import LineMatch
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of

CREDIT = "pattern = '(?P<caption>.{6,}[.!?”]) ?Photo: (?P<photographer>.{2,20})'"
REPORT = PROSE.replace("Tuesday", "Friday")
SECOND = PROSE.replace("Tuesday", "Sunday")
BODY = tuple(PROSE.replace("Tuesday", f"day {i}") for i in range(5))
"""Paragraphs without a credit."""


def captions(*paragraphs: str) -> list[str]:
    view, cache = looked_at(text_of(*paragraphs), compiled(CREDIT))
    return [view.lines[i] for i in sorted(captions_in_company(view, cache.lines))]


def test_two_reports_with_credits_among_paragraphs_are_captions() -> None:
    lines = (f"{REPORT} Photo: dpa", f"{SECOND} Photo: Jane Doe")
    assert captions(BODY[0], lines[0], *BODY[1:3], lines[1], *BODY[3:]) == list(lines)


def test_a_report_with_a_credit_is_a_caption_beside_one_that_is_clear() -> None:
    lines = ("The old bridge. Photo: AFP", f"{REPORT} Photo: dpa")
    assert captions(lines[0], *BODY[:2], lines[1], *BODY[2:]) == list(lines)


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((*BODY[:3], f"{REPORT} Photo: dpa", *BODY[3:]), id="alone"),
        pytest.param((f"{REPORT} Photo: dpa", f"{REPORT} Photo: dpa", *BODY), id="the same one twice"),
        pytest.param((f"{REPORT} Photo: dpa", f"“{MORE}” Photo: dpa", *BODY), id="speech is no company"),
        pytest.param((f"{REPORT} Photo: dpa", *BODY, f"{SECOND} Photo: dpa"), id="the end of the text"),
        pytest.param((f"{REPORT} Photo: dpa", f"{SECOND} Photo: dpa", *BODY[:3]), id="a short text"),
        pytest.param(
            tuple(f"{text} Photo: dpa" for text in BODY[:3]) + BODY, id="news in short pieces, each with its credit"
        ),
        pytest.param(BODY, id="no credit"),
    ],
)
def test_a_paragraph_with_a_glued_credit_is_no_caption(paragraphs: tuple[str, ...]) -> None:
    assert captions(*paragraphs) == []


def test_the_longest_credit_decides_what_stands_before_it() -> None:
    short, long = Credited("The bridge.", Kind.CAPTION), Credited("The bridge. Photo by Jane Doe", Kind.REPORT)
    assert credited_words([LineMatch(0, {}, long), LineMatch(1, {}), LineMatch(2, {}, short)]) is short
    assert credited_words([LineMatch(0, {})]) is None
