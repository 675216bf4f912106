"""Head, body and tail of an article, anchored in its prose and not in line counts."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from cleaner.model import Zone
from cleaner.prose import count_words, ends_sentence
from cleaner.segment import View

__all__ = ["Zones", "find_zones"]


class Zones(NamedTuple):
    """``first`` and ``last`` are the indices of the first and last prose line; both -1 in a text without prose."""

    first: int
    last: int

    def of(self, index: int) -> Zone:
        """The zone of a line. In a text without prose nothing is head or tail: all of it is body."""
        if self.first < 0:
            return Zone.BODY
        if index < self.first:
            return Zone.HEAD
        return Zone.TAIL if index > self.last else Zone.BODY


def find_zones(view: View, claimed: Container[int] = ()) -> Zones:
    """Zones of a text, looking past the lines that a rule ``claimed`` by their wording.

    A claimed line is a scrap in the making and must not anchor anything: a reporter's credit at the end often
    is a whole sentence, and the tail begins above it. Where no line is prose by its length (a short note), lines
    that end like a sentence stand in.
    """
    everywhere = range(len(view.lines))
    first = next((i for i in everywhere if view.is_prose(i) and i not in claimed), -1)
    if first >= 0:
        last = next(i for i in reversed(everywhere) if view.is_prose(i) and i not in claimed)
        return Zones(first, last)
    short = [
        i
        for i in everywhere
        if i not in claimed and ends_sentence(view.lines[i]) and count_words(view.lines[i]) > 1
    ]
    return Zones(short[0], short[-1]) if short else Zones(-1, -1)
