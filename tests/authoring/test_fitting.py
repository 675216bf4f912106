"""Which rules have a wording that a line fits."""

from __future__ import annotations

from cleaner.authoring.fitting import fitting_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.rules.model import Rule, Unit
from cleaner.rules.ruleset import RuleSet

RULES = CompiledRules(
    RuleSet(
        [
            Rule(id="own.piece", description="A piece", unit=Unit.SPAN, patterns={"en": ("from",)}),
            Rule(id="own.begin", description="A beginning", prefixes={"en": ("Sent from",)}),
            Rule(id="own.line", description="A line", lines={"en": ("Sent from here",)}),
        ]
    )
)


def test_rules_come_in_their_order_and_lines_that_none_fits_are_left_out() -> None:
    found = fitting_rules(RULES, ["Sent from here", "Sent from there", "Sent to"])
    assert {line: [rule.id for rule in rules] for line, rules in found.items()} == {
        "Sent from here": ["own.begin", "own.line"],
        "Sent from there": ["own.begin"],
    }


def test_rules_for_pieces_of_lines_count_when_they_are_wanted() -> None:
    found = fitting_rules(RULES, ["Far from it", "Sent from there"], with_spans=True)
    assert {line: [rule.id for rule in rules] for line, rules in found.items()} == {
        "Far from it": ["own.piece"],
        "Sent from there": ["own.piece", "own.begin"],
    }
