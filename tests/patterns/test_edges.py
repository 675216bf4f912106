"""Beginnings and ends of matches."""

from __future__ import annotations

import pytest

from cleaner.patterns.edges import EDGE, TAIL, beginnings, ends
from cleaner.patterns.simplify import simplified
from cleaner.patterns.syntax import parse


def begin(pattern: str) -> list[str]:
    return sorted(beginnings(simplified(parse(pattern))))


def end(pattern: str, longest: int = EDGE) -> list[str]:
    return sorted(ends(simplified(parse(pattern)), longest))


@pytest.mark.parametrize("pattern", ["", ".*ads", r"\w+", "(?:ads)?", "(?:ads|)", r"\p{L}", "[^a]ds", "(?:a)*b|.c"])
def test_a_beginning_may_be_unknown(pattern: str) -> None:
    assert begin(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("Ads", ["ads"]),
        ("(?:no |)ads", ["ads", "no ads"]),
        (r"\d\d? shares", ["0 shares", "00 shares"]),
        ("[1-3] ads", ["0 ads"]),
        ("[ab]c", ["ac", "bc"]),
        (r"by \w+", ["by "]),
        (r"(?=x)\bads", ["ads"]),
        ("(?>ads) now", ["ads now"]),
        ("(?:ab){2}c", ["ababc"]),
        ("(?:ab){2,3}c", ["abababc", "ababc"]),
        ("a+b", ["a" * n + "b" for n in range(11, 0, -1)]),
        (r"(by)\1 ann", ["by"]),
        ("follow us on our pages", ["follow us on"]),
        ("ß", ["ss"]),
    ],
)
def test_the_beginnings_of(pattern: str, want: list[str]) -> None:
    assert [text for text in begin(pattern) if text != "a" * EDGE] == sorted(want)


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        (".*ads", ["ads"]),
        (r"\w+ (?:shares|likes)", [" likes", " shares"]),
        (r".*\d{2}", ["00"]),
        ("ads(?: now)?", ["ads", "ads now"]),
        ("all of our many pages", ["r many pages"]),
        ("ŉ", ["ʼn"]),
    ],
)
def test_the_ends_of(pattern: str, want: list[str]) -> None:
    assert end(pattern) == sorted(text[-EDGE:] for text in want)


def test_an_end_that_only_confirms_is_short() -> None:
    assert end("all of our pages", TAIL) == ["ages"]


def test_an_edge_of_another_is_left_out() -> None:
    assert begin("ads.*|ads now") == ["ads"]
    assert end(".*ads|no ads") == ["ads"]


def test_edges_become_shorter_before_they_become_too_many() -> None:
    words = [f"{a}{b}{c}x" for a in "abcdef" for b in "abcdef" for c in "abcdef"]
    assert begin("(?:" + "|".join(words) + ")(?:1|foo)") == sorted(words)
    assert begin("[a-z]{12}") == [a + b for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrstuvwxyz"]
