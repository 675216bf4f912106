"""Where scraps stand in a text as it came, for frameworks that mark them and leave the text as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.pipeline import CleanResult
from cleaner.text.edits import trace_back

__all__ = ["Place", "places_of"]


class Place(NamedTuple):
    """Half-open code points of the text as it came, and the rule that would remove them."""

    start: int
    end: int
    rule: str

    @property
    def scrap_class(self) -> str:
        """The class of the rule."""
        return self.rule.partition(".")[0]


def places_of(result: CleanResult) -> Iterator[Place]:
    """The places of what rules took, in order, without the blanks and newlines around them.

    >>> from cleaner import clean
    >>> text = "The council met on Tuesday, and it couldn\\u00e2\\u20ac\\u2122t wait.\\n\\n\\n\\nFollow us on:\\n"
    >>> [(text[place.start:place.end], place.scrap_class) for place in places_of(clean(text))]
    [('Follow us on:', 'follow-us')]
    """
    original, pieces = result.original(), [piece for piece in result.removed if piece.text.strip()]
    spans = [(piece.start, piece.end) for piece in pieces]
    for step in reversed(result.repairs):
        spans = list(trace_back(spans, step.edits))
    for (start, end), piece in zip(spans, pieces, strict=True):
        text = original[start:end]
        yield Place(start + len(text) - len(text.lstrip()), start + len(text.rstrip()), piece.rule)
