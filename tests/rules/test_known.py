"""Shapes and compiled regexes of a rule set."""

from __future__ import annotations

from cleaner.patterns.compiled import thaw
from cleaner.rules.known import known_regexes
from cleaner.rules.model import Rule, Unless
from cleaner.rules.ruleset import RuleSet

RULES = RuleSet(
    [Rule(id="own.by", description="A byline", patterns={"en": ("by {name}",)}, unless=Unless(next=("said",)))],
    terms={"name": "[a-z]+"},
)


def test_patterns_and_antipatterns_are_known_by_their_expanded_text() -> None:
    assert set(known_regexes(RULES)) == {"by (?:[a-z]+)", "said"}


def test_only_patterns_have_a_shape() -> None:
    known = known_regexes(RULES)
    assert known["said"].shape is None
    shape = known["by (?:[a-z]+)"].shape
    assert shape is not None
    assert shape.heads[:2] == ("by a", "by b")


def test_only_who_has_measured_them_calls_regexes_quick() -> None:
    assert not any(known.is_quick for known in known_regexes(RULES).values())
    assert all(known.is_quick for known in known_regexes(RULES, are_quick=True).values())


def test_regexes_are_frozen_as_ones_that_ignore_case() -> None:
    assert thaw(known_regexes(RULES)["said"].frozen).fullmatch("SAID")
