"""What the tests of rules do not reach."""

from __future__ import annotations

import pytest

from cleaner.authoring.coverage import coverage, unfired_patterns
from cleaner.rules.model import ExampleCase, Examples, Rule, Unit
from cleaner.rules.ruleset import RuleSet


def rule(pattern: str, *removes: str, unit: Unit = Unit.LINE, case: str = "") -> Rule:
    cases = (ExampleCase(case, case),) if case else ()
    examples = Examples(removes={"en": removes}, cases=cases)
    return Rule(id="own.by", description="A byline", unit=unit, patterns={"en": (pattern,)}, examples=examples)


@pytest.mark.parametrize(
    "one",
    [
        rule("by .+", "By us"),
        rule("by .+", "  • By us"),
        rule("by {who}", "By us"),
        rule("by one of us", "By one\nof us"),
        rule("by .+", case="A word.\n\nBy us\n"),
        rule("us", "Written by us at noon", unit=Unit.SPAN),
        rule("it’s us".replace("’", "'"), "It’s us"),
    ],
)
def test_a_pattern_that_an_example_fits_is_reached(one: Rule) -> None:
    assert unfired_patterns(one, RuleSet([one], terms={"who": "us|them"})) == []


@pytest.mark.parametrize("one", [rule("by .+", "From us"), rule("us", "Written by us at noon"), rule("by .+")])
def test_a_pattern_that_no_example_fits_is_not(one: Rule) -> None:
    assert unfired_patterns(one, RuleSet([one])) == list(one.patterns["en"])


def test_rules_that_no_golden_case_fires_are_named() -> None:
    rules = RuleSet([rule("by .+", "From us")])
    assert coverage(rules, ["own.by"]) == ([("own.by", "by .+")], [])
    assert coverage(rules, ["own.other"]).unused == ["own.by"]
