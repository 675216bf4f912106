"""What takes long to find out about the regexes of rules, found out once and kept with them."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.literals import Shape, shape
from cleaner.regexes import compile_regex, freeze
from cleaner.rules.model import RuleSet

__all__ = ["KnownRegex", "known_regexes"]


class KnownRegex(NamedTuple):
    """The shape of a regex (of an antipattern nobody asks for it), and itself as ``regexes.freeze`` has it."""

    shape: Shape | None
    frozen: bytes


def known_regexes(rules: RuleSet) -> dict[str, KnownRegex]:
    """By their expanded text, all regexes of a rule set, frozen as they are where they ignore case.

    >>> from cleaner.rules.model import Rule
    >>> rule = Rule(id="own.by", description="A byline", patterns={"en": ("by .+",)})
    >>> known_regexes(RuleSet([rule]))["by .+"].shape.heads
    ('by ',)
    """
    patterns = {rules.expand(text) for rule in rules for texts in rule.patterns.values() for text in texts}
    unless = {
        rules.expand(text) for rule in rules for text in (*rule.unless.line, *rule.unless.previous, *rule.unless.next)
    }
    return {
        text: KnownRegex(shape(text) if text in patterns else None, freeze(compile_regex(text)))
        for text in sorted(patterns | unless)
    }
