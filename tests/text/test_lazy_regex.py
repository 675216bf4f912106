"""Regexes that are compiled when they are first used."""

from __future__ import annotations

import copy
import re

import pytest

from cleaner.text.lazy_regex import lazily


def test_a_pattern_is_compiled_once_and_not_before_it_is_used() -> None:
    compiled: list[str] = []

    def compile_pattern(text: str, flags: int) -> re.Pattern[str]:
        compiled.append(text)
        return re.compile(text, flags)

    pattern = lazily(compile_pattern, "ab", re.IGNORECASE)
    assert compiled == []
    assert pattern.fullmatch("AB")
    assert pattern.search("xab")
    assert pattern.pattern == "ab"
    assert compiled == ["ab"]


def test_a_wrong_pattern_is_an_error_when_it_is_used() -> None:
    with pytest.raises(re.error):
        lazily(re.compile, "(").search("x")


def test_what_a_pattern_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        _ = lazily(re.compile, "a").nothing  # type: ignore[attr-defined]
    assert copy.copy(lazily(re.compile, "a")).match("a")
