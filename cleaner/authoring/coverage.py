"""What the tests of a rule set do not reach: patterns that no example fires, rules that no golden case fires."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

from cleaner.engine.limits import TIMEOUT
from cleaner.patterns.compiled import compile_regex
from cleaner.rules.model import Rule, Unit
from cleaner.rules.ruleset import RuleSet
from cleaner.text.lines import unwrap
from cleaner.text.normalize import bare, plain
from cleaner.text.repair import repair

__all__ = ["Coverage", "coverage", "unfired_patterns"]


class Coverage(NamedTuple):
    """What is not reached.

    Attributes:
        pieces: patterns that no example of their rule fires, each with the id of the rule.
        unused: rules that no golden case fires.
    """

    pieces: list[tuple[str, str]]
    unused: list[str]


def coverage(rules: RuleSet, fired: Iterable[str]) -> Coverage:
    """What examples and golden cases do not reach.

    Args:
        rules: the rules.
        fired: ids of the rules in the edits of the golden cases.
    """
    known = set(fired)
    pieces = [(rule.id, pattern) for rule in rules for pattern in unfired_patterns(rule, rules)]
    return Coverage(pieces, [rule.id for rule in rules if rule.id not in known])


def unfired_patterns(rule: Rule, rules: RuleSet) -> list[str]:
    """Patterns of a rule that none of its examples fits, so that nobody would see them break.

    Args:
        rule: the rule.
        rules: for their terms.

    >>> from cleaner.rules.model import Examples
    >>> rule = Rule(id="own.by", description="A byline", patterns={"en": ("by .+",), "de": ("von .+",)},
    ...             examples=Examples(removes={"en": ("By us",)}))
    >>> unfired_patterns(rule, RuleSet([rule]))
    ['von .+']
    """
    is_span = rule.unit is Unit.SPAN
    lines = [plain(line) if is_span else bare(line) for line in sorted(_example_lines(rule))]
    left = []
    for pattern in chain.from_iterable(rule.patterns.values()):
        compiled = compile_regex(rules.expand(pattern), rule.case_sensitive)
        fits = compiled.search if is_span else compiled.fullmatch
        if not any(fits(line, timeout=TIMEOUT) for line in lines):
            left.append(pattern)
    return left


def _example_lines(rule: Rule) -> set[str]:
    """The lines of the examples, and each example as one line, as a soft-wrapped block is matched."""
    texts = [*chain.from_iterable(rule.examples.removes.values()), *(case.input for case in rule.examples.cases)]
    return {line for text in texts for line in (unwrap(text.split("\n")), *repair(text).text.split("\n"))}
