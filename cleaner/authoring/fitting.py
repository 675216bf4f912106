"""Which rules have a wording that a line fits, wherever the line stands: the engine's own answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cleaner.engine.compiler import CompiledRules
from cleaner.rules.model import Rule

__all__ = ["fitting_rules"]


def fitting_rules(
    rules: CompiledRules, lines: Iterable[str], with_spans: bool = False
) -> Mapping[str, tuple[Rule, ...]]:
    """For every line that rules fit, these rules in their order, each once.

    Args:
        rules: the compiled rules.
        lines: lines without their newlines.
        with_spans: whether rules count that find only a piece of the line.

    >>> from cleaner.rules import builtin_rules
    >>> found = fitting_rules(CompiledRules(builtin_rules()), ["Follow us on:", "The council met on Tuesday."])
    >>> [(line, [rule.id for rule in rules]) for line, rules in found.items()]
    [('Follow us on:', ['follow-us.networks'])]
    """
    listed = list(lines)
    fits = rules.fits(listed)
    found = {}
    for line in listed:
        numbers = {match.rule for match in fits.lines.get(line, ())}
        if with_spans:
            numbers |= {span.rule for span in fits.spans.get(line, ())}
        if numbers:
            found[line] = tuple(rules.rules[number] for number in sorted(numbers))
    return found
