"""Helpers for the tests of matchers: what a matcher finds in a text, with the options of the built-in rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cleaner import Rule, builtin_rules
from cleaner.engine.matchers.binding import bind, bind_context
from cleaner.model import DocumentInfo
from cleaner.text.lines import TextView
from cleaner.text.zones import find_zones

PROSE = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."
MORE = "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months."


Options = Mapping[str, int | str | tuple[str, ...]]


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


def rule_of(matcher: str, options: Options) -> Rule:
    """A rule for the matcher: the built-in one, with other options where some are given."""
    rule = next(rule for rule in builtin_rules() if rule.matcher == matcher)
    return replace(rule, options={**rule.options, **options})


def found(
    matcher: str, text: str, document: DocumentInfo | None = None, **options: int | str | tuple[str, ...]
) -> list[str]:
    """The lines or pieces that a matcher finds."""
    view = TextView(text, document)
    function = bind(rule_of(matcher, options), builtin_rules())
    assert function is not None
    return [
        view.text[hit.start : hit.end] if hit.end >= 0 else "\n".join(view.lines[hit.first : hit.last + 1])
        for hit in function(view)
    ]


def found_beside(
    matcher: str,
    text: str,
    scraps: Mapping[str, str],
    document: DocumentInfo | None = None,
    **options: int | str | tuple[str, ...],
) -> list[str]:
    """The lines that a context matcher finds beside scraps, which are given as lines with their classes."""
    view = TextView(text, document)
    function = bind_context(rule_of(matcher, options), builtin_rules())
    assert function is not None
    lines = {i: scraps[line] for i, line in enumerate(view.lines) if line in scraps}
    hits = function(view, find_zones(view, lines), lines)
    return ["\n".join(view.lines[hit.first : hit.last + 1]) for hit in hits]
