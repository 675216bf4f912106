"""What a line says by itself, found out once."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.rules.model import Confidence, Rule
from cleaner.scoring.shapes import SHAPE
from cleaner.scoring.tokens import hashed
from cleaner.scoring.wordings import Wordings

LOW = Rule(id="own.a", description="A", lines={"": ("Share",)}, confidence=Confidence.LOW)
HIGH = Rule(id="own.b", description="B", lines={"": ("Share",)}, confidence=Confidence.HIGH)


def test_the_surest_rule_that_fits_counts_and_its_class_is_a_token() -> None:
    bridge, share = Wordings(lambda lines: [(LOW, HIGH) if line == "Share" else () for line in lines]).of(
        ["The bridge", "Share"]
    )
    assert (bridge.confidence, share.confidence) == (0, 3)
    assert bridge.words == ["The", "bridge"]
    assert len(share.shape) == len(SHAPE)
    assert share.tokens == hashed("Share", ["Share"], ["own"])


def test_rules_are_asked_once_about_each_line() -> None:
    asked: list[str] = []

    def fitting(lines: Sequence[str]) -> list[tuple[Rule, ...]]:
        asked.extend(lines)
        return [()] * len(lines)

    wordings = Wordings(fitting)
    first = wordings.of(["Share", "Menu", "Share"])
    assert first[0] is first[2]
    assert wordings.of(["Menu"])[0] is first[1]
    assert asked == ["Share", "Menu"]
