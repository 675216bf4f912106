"""Strings that must stand in a match."""

from __future__ import annotations

import pytest

from cleaner.patterns.literals import required_literals
from cleaner.patterns.simplify import simplified
from cleaner.patterns.syntax import parse


def literals(pattern: str) -> list[list[str]]:
    return [sorted(texts) for texts in required_literals(simplified(parse(pattern)))]


@pytest.mark.parametrize(
    "pattern", ["", ".*", r"\w+ \d+", "(?:ads)?", "(?:ads)*", "ads|.*", "a", "(?!ads).+", "(?<=ads).+"]
)
def test_nothing_may_be_required(pattern: str) -> None:
    assert literals(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "want"),
    [
        ("Follow Us", [["follow us"]]),
        ("follow us on (?:twitter|facebook)", [["follow us on facebook", "follow us on twitter"]]),
        (r"\d+ (?:shares|comments)", [[" comments", " shares"]]),
        (r"\d+ ?%", [["%"]]),
        ("ads?", [["ad"]]),  # "ads" holds "ad"
        ("[nt]o ads", [["no ads", "to ads"]]),
        (r"\bfollow\b us", [["follow us"]]),
        ("(?:ads )+", [["ads "]]),
        ("(?:ads )++", [["ads "]]),
        ("(?>ads) now", [[" now"], ["ads"]]),
        (r"by \w+ for the paper", [[" for the paper"], ["by "]]),
        (r"(?:sent \w+ home|read .+ now)", [["read ", "sent "]]),
        ("©.*", [["©"]]),
        ("译.*", [["译"]]),
        (r"ads\1", [["ads"]]),
    ],
)
def test_what_is_required(pattern: str, want: list[list[str]]) -> None:
    assert literals(pattern) == want


def test_there_are_not_too_many() -> None:
    """What would be thousands of strings is cut in two."""
    pattern = "(?:" + "|".join(f"{n:04}" for n in range(100)) + ")"
    assert all(len(texts) <= 250 for texts in literals(pattern * 2))
