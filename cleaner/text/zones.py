"""Head, body and tail of an article, anchored in its prose and not in line counts."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from cleaner.model import Zone
from cleaner.text.lines import TextView
from cleaner.text.prose import count_words, ends_sentence

__all__ = ["Zones", "find_zones"]


class Zones(NamedTuple):
    """Indices of the first, second and last line of prose; -1 for what a text does not have."""

    first: int
    second: int
    last: int

    def of(self, index: int) -> Zone:
        """The zone of a line. In a text without prose nothing is head or tail: all of it is body."""
        if self.first < 0:
            return Zone.BODY
        if index < self.first:
            return Zone.HEAD
        if index > self.last:
            return Zone.TAIL
        return Zone.DECK if self.first < index < self.second else Zone.BODY

    def fit(self, index: int, wanted: Container[Zone]) -> bool:
        """Whether a line lies in one of the zones a rule wants."""
        return self.of(index).is_in(wanted)


def find_zones(view: TextView, claimed: Container[int] = ()) -> Zones:
    """Zones of a text, looking past the lines that a rule ``claimed`` by their wording.

    A claimed line is a scrap in the making and must not anchor anything: a reporter's credit at the end often
    is a whole sentence, and the tail begins above it. Where no line is prose by its length (a short note), lines
    that end like a sentence stand in.
    """
    count = len(view.lines)
    prose = (i for i in range(count) if view.is_prose(i) and i not in claimed)
    first = next(prose, -1)
    if first >= 0:
        second = next(prose, -1)
        last = next(i for i in range(count - 1, -1, -1) if view.is_prose(i) and i not in claimed)
        return Zones(first, second, last)
    short = [
        i for i in range(count) if i not in claimed and ends_sentence(view.lines[i]) and count_words(view.lines[i]) > 1
    ]
    return Zones(short[0], -1, short[-1]) if short else Zones(-1, -1, -1)
