"""Texts that are made to be slow for a regex."""

from __future__ import annotations

import pytest
import regex

from cleaner.patterns.worst_cases import worst_cases


@pytest.mark.parametrize("pattern", ["share", r"share(?: on)? \w{1,3}", "(?:unread){e<=1}+"])
def test_without_a_repetition_there_are_none(pattern: str) -> None:
    assert worst_cases(pattern, 100) == []


@pytest.mark.parametrize(
    ("pattern", "case"),
    [
        (r"by \w+ today", "by aaaaaaa"),
        (r"(?:a|\d{1,4}){2,40}", "1111111111"),
        (r"(?:[ |]{0,3}(?:net|x|\d{1,4})){1,14}", "1111111111"),
        (r"[a-z ]+, [a-z ]+", "a, a a a "),
        (r"(?=.+b)x", "aaaaaaaaaa"),
        (r"(?>(?:ab)+)c", "ababababab"),
    ],
)
def test_what_repeats_is_repeated(pattern: str, case: str) -> None:
    assert any(text.startswith(case) for text in worst_cases(pattern, 10))


def test_what_is_made_has_about_the_size() -> None:
    sizes = {len(text) for text in worst_cases(r"by (?:\w+, )+today and then", 1000)}
    assert 900 <= min(sizes) <= max(sizes) <= 1030


def test_no_case_fits_as_a_whole() -> None:
    pattern = r"(?:share|tweet)(?: on)? (?:\w+ ?)+"
    cases = worst_cases(pattern, 50)
    assert len(cases) > 10
    assert not any(regex.fullmatch(pattern, case) for case in cases)
