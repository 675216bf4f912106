"""How long the shortest text is that a regex matches."""

from __future__ import annotations

import pytest

from cleaner.patterns.size import shortest_match


@pytest.mark.parametrize(
    ("pattern", "size"),
    [
        ("share", 5),
        ("share|pin", 3),
        ("(?:share ){2,4}x?", 12),
        (r"(?>ab|c)(?=d)\b", 1),
        (r"(ab)\1", 4),
        ("(?:ads){e<=1}", 0),
        ("(?:" * 60 + "ab" + "){2}" * 60, 2**61),
    ],
)
def test_the_shortest_match_has_a_size(pattern: str, size: int) -> None:
    assert shortest_match(pattern) == size
