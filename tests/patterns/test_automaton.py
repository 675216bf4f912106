"""Ways in which a repetition can read a text."""

from __future__ import annotations

import pytest

from cleaner.patterns.automaton import alphabet_of, is_ambiguous
from cleaner.patterns.syntax import parse


def ambiguous(body: str) -> bool:
    return is_ambiguous(parse(body), alphabet_of(body))


@pytest.mark.parametrize("body", ["a", "ab", r"\w+ ", "a|b", r"\w++ ?", r"(?>\w+) ?", r"a+;", r"(\w)\1;", "a{3};"])
def test_one_way(body: str) -> None:
    assert not ambiguous(body)


@pytest.mark.parametrize("body", ["a+", "a|a", r"\w|\d", r"\w+ ?", "a{1,30}", "a?a?b?c", "é|É", "a|ab|b"])
def test_several_ways(body: str) -> None:
    assert ambiguous(body)


def test_what_is_too_large_is_not_judged() -> None:
    assert not ambiguous("(?:a{99}){99}" * 3)


def test_the_alphabet_holds_what_the_pattern_names() -> None:
    assert {"ʘ", "ж", "Ж", "a", "A", " "} <= set(alphabet_of("ʘж"))
