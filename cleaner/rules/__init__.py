"""Rule files: what a rule is, how files become rules, and where the built-in ones are."""

from cleaner.rules.builtin import builtin_rules
from cleaner.rules.model import Rule, ScrapClass
from cleaner.rules.ruleset import RuleSet

__all__ = ["Rule", "RuleSet", "ScrapClass", "builtin_rules"]
