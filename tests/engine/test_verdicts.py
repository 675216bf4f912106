"""The values of the engine."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from cleaner import Rule
from cleaner.engine.verdicts import Hit, Outcome


def test_a_hit_of_lines_has_no_piece() -> None:
    hit = Hit(Rule(id="own.x", description="X"), 1, 2, {})
    assert (hit.start, hit.end, hit.replacement) == (-1, -1, "")


def test_an_outcome_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Outcome("x").text = "y"  # type: ignore[misc]
