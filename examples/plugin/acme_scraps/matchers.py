"""A matcher in code: what no regex can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.engine.matchers import MatcherHit
from cleaner.text.lines import TextView

__all__ = ["MATCHERS"]


def shouted_lines(view: TextView, options: Mapping[str, Any]) -> Iterator[MatcherHit]:
    """Lines of at least ``words`` words (3) in capitals that end in an exclamation mark: calls to buy."""
    least = int(options.get("words", 3))
    for index, line in enumerate(view.lines):
        text = line.strip()
        if text.isupper() and text.endswith("!") and len(text.split()) >= least:
            yield MatcherHit(index, index)


MATCHERS = {"acme-shouted-lines": shouted_lines}
