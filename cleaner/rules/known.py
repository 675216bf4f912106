"""The shapes and the compiled regexes of a rule set, which take long to find out and are kept in the cache."""

from __future__ import annotations

from cleaner.patterns.compiled import compile_regex, freeze
from cleaner.patterns.shape import KnownRegex, shape
from cleaner.rules.ruleset import RuleSet

__all__ = ["KnownRegex", "known_regexes"]


def known_regexes(rules: RuleSet, are_quick: bool = False) -> dict[str, KnownRegex]:
    """All regexes of a rule set by their expanded text, frozen as regexes that ignore case.

    Shapes that the rule set knows already are kept.

    Args:
        rules: the rules.
        are_quick: whether ``clean rules check`` has found none of the regexes slow.

    >>> from cleaner.rules.model import Rule
    >>> rule = Rule(id="own.by", description="A byline", patterns={"en": ("by .+",)})
    >>> known_regexes(RuleSet([rule]))["by .+"].shape.heads
    ('by ',)
    """
    patterns = {rules.expand(text) for rule in rules for texts in rule.patterns.values() for text in texts}
    unless = {
        rules.expand(text) for rule in rules for text in (*rule.unless.line, *rule.unless.previous, *rule.unless.next)
    }
    known = rules.known
    return {
        text: KnownRegex(
            (known[text].shape if text in known else shape(text)) if text in patterns else None,
            freeze(compile_regex(text)),
            are_quick,
        )
        for text in sorted(patterns | unless)
    }
