"""Helpers for the tests of the engine: rules from a few keys, and what a text is for each part."""

from __future__ import annotations

from cleaner import RuleSet
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.line_cache import LineCache
from cleaner.model import DocumentInfo
from cleaner.rules.loader import parse_rules
from cleaner.text.lines import TextView

PROSE = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."
MORE = "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months."

_EXAMPLES = 'examples = { removes = ["x"], keeps = ["y z"] }\n'


def rules(*bodies: str) -> RuleSet:
    """Rules with the ids own.x0, own.x1, …, each from the keys that matter."""
    parts = (f'[[rule]]\nid = "own.x{i}"\ndescription = "X"\n{body}\n{_EXAMPLES}' for i, body in enumerate(bodies))
    return parse_rules("\n".join(parts), terms={})


def compiled(*bodies: str) -> CompiledRules:
    return CompiledRules(rules(*bodies))


def looked_at(text: str, over: CompiledRules, document: DocumentInfo | None = None) -> tuple[TextView, LineCache]:
    """A view of a text, and a cache that knows its lines."""
    cache = LineCache(over)
    view = cache.view(text, document or DocumentInfo())
    cache.add(view.lines)
    return view, cache


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"
