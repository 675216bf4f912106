"""What pages tell about rules, and the language of a text by its scraps."""

from __future__ import annotations

from cleaner import Rule, RuleSet, builtin_rules
from cleaner.report.catalogue import LanguageGuess, rule_facts


def test_the_facts_are_those_of_the_rule() -> None:
    rules = builtin_rules()
    facts = rule_facts("follow-us.networks", rules)
    rule = rules["follow-us.networks"]
    assert (facts["description"], facts["confidence"], facts["class"]) == (rule.description, "high", "follow-us")
    assert facts["keeps"]
    assert "de" in facts["languages"]


def test_wordings_of_one_language_tell_it() -> None:
    guess = LanguageGuess(builtin_rules())
    assert guess.of(["\nLesen Sie auch:\n", "Auch interessant\n"]) == "de"
    assert guess.of(["The council met on Tuesday.\n"]) == ""


def test_wordings_of_several_languages_tell_nothing() -> None:
    rule = Rule(id="own.more", description="More", lines={"de": ("Video",), "en": ("Video",), "mul": ("Info",)})
    assert LanguageGuess(RuleSet([rule])).of(["Video", "Info"]) == ""


def test_lines_that_the_scorer_took_are_explained() -> None:
    assert "by evidence" in rule_facts("thorough.line", builtin_rules())["description"]
