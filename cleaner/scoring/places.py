"""Where a line stands: how much running text lies above and below, and what its neighbours look like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.model import Zone

__all__ = ["PLACE", "Place", "Row", "distances", "runs"]

_FAR = 50  # lines: what is farther away counts as that far
_REACH = 4  # neighbours on either side whose shape is compared
_ZONES = (Zone.HEAD, Zone.DECK, Zone.BODY, Zone.TAIL)
_OFFSETS = (-2, -1, 1, 2)
_WHERE = {-2: "two lines above", -1: "above", 1: "below", 2: "two lines below"}


class Row(NamedTuple):
    """What is known about a line before its neighbours are asked.

    Attributes:
        words: how many words it has.
        characters: how many characters it has.
        last, first: the kinds of its last and first character.
        capitals: the share of its words that begin with a capital.
        is_prose: whether it reads as running text.
        zone: where it stands.
        has_blank_above: whether a blank line stands above it.
        confidence: 0 when no rule fits its wording, else 1 to 3 for the highest confidence of those that do.
        number: the number that it begins with; -1 when it begins with none.
    """

    words: int
    characters: int
    last: int
    first: int
    capitals: float
    is_prose: bool
    zone: Zone
    has_blank_above: bool
    confidence: int
    number: int = -1


PLACE: tuple[tuple[str, str], ...] = (
    ("line-number", "{} lines stand above it"),
    ("lines-below", "{} lines stand below it"),
    ("relative", "{%} of the lines stand above it"),
    ("zone", "it stands in the {zone}"),
    ("prose", "it {reads/does not read} as running text"),
    ("prose-above", "{} paragraphs stand above it"),
    ("prose-below", "{} paragraphs stand below it"),
    ("prose-words-above", "{%} of the words of running text stand above it"),
    ("since-prose", "the last paragraph above is {} lines away"),
    ("until-prose", "the next paragraph below is {} lines away"),
    ("blank-above", "a blank line {stands/does not stand} above it"),
    ("blank-below", "a blank line {stands/does not stand} below it"),
    ("run", "it stands in a run of {} lines that are not running text"),
    ("run-words", "the lines of its run have {} words on average"),
    ("run-place", "it is line {} of its run"),
    ("alike-near", "{} of its neighbours look like it"),
    ("alike-next", "{} of the lines right beside it look like it"),
    ("alike-all", "{%} of all lines look like it"),
    ("rule-confidence", "{confidence} its wording"),
    ("rules-near", "rules fit the wording of {} lines beside it"),
    ("text-lines", "the text has {} lines"),
    ("text-words", "the text has {} words"),
    ("text-prose", "{%} of the words of the text are running text"),
    ("text-line-words", "a line of the text has {} words on average"),
    ("text-spaced", "{%} of the lines of the text have a blank line above"),
    ("text-prose-lines", "{%} of the lines of the text are running text"),
    ("paragraph-words", "a paragraph of the text has {} words on average"),
    *((f"words{offset:+d}", f"the line {_WHERE[offset]} has {{}} words") for offset in _OFFSETS),
    *(
        (f"{name}{offset:+d}", f"the line {_WHERE[offset]} {text}")
        for offset in (-1, 1)
        for name, text in (
            ("prose", "{reads/does not read} as running text"),
            ("last", "ends in {last}"),
            ("capitalised", "has {%} of its words capitalised"),
        )
    ),
)
"""The evidence of the place: the name of each piece, and what it says in words."""


class Place:
    """The places of the lines of a text.

    Args:
        rows: the lines that are left, blank ones aside.

    >>> row = Row(8, 40, 1, 1, 0.1, False, Zone.BODY, True, 0)
    >>> found = dict(zip((name for name, _ in PLACE), Place([row, row, row]).evidence(2)))
    >>> found["line-number"], found["alike-near"], found["words-1"], found["words+1"]
    (2, 2, 8, -1)
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        prose = [row.words if row.is_prose else 0 for row in rows]
        self._prose_lines = [0, *accumulate(int(row.is_prose) for row in rows)]
        self._prose_words = [0, *accumulate(prose)]
        self._since_prose = distances([row.is_prose for row in rows])
        self._until_prose = distances([row.is_prose for row in reversed(rows)])[::-1]
        self._runs = runs(rows)
        self._kinds = [(row.last, row.first, min(row.words, 40).bit_length()) for row in rows]
        self._of_kind = Counter(self._kinds)
        self._text = self._about_text(sum(prose))

    def _about_text(self, prose_words: int) -> list[float]:
        rows, count = self._rows, len(self._rows) or 1
        words = sum(row.words for row in rows)
        prose_lines = self._prose_lines[-1]
        return [
            len(rows),
            words,
            round(prose_words / (words or 1), 3),
            round(words / count, 1),
            round(sum(row.has_blank_above for row in rows) / count, 3),
            round(prose_lines / count, 3),
            round(prose_words / (prose_lines or 1), 1),
        ]

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`PLACE` for a line, in its order; -1 stands for what there is not."""
        rows, row, count = self._rows, self._rows[index], len(self._rows)
        start, end, words = self._runs[index]
        above, under = self._neighbour(index - 1), self._neighbour(index + 1)
        near = rows[max(0, index - 2) : index + 3]
        all_prose = self._prose_words[-1] or 1
        alike = self._alike(index)
        return [
            index,
            count - 1 - index,
            round(index / count, 3),
            _ZONES.index(row.zone),
            row.is_prose,
            min(self._prose_lines[index], _FAR),
            min(self._prose_lines[-1] - self._prose_lines[index + 1], _FAR),
            round(self._prose_words[index] / all_prose, 3),
            self._since_prose[index],
            self._until_prose[index],
            row.has_blank_above,
            under.has_blank_above,
            end - start,
            words,
            index - start if end > start else -1,
            len(alike),
            sum([abs(other - index) == 1 for other in alike]),
            round(self._of_kind[self._kinds[index]] / count, 3),
            row.confidence,
            sum([other.confidence > 0 for other in near]) - (row.confidence > 0),
            *self._text,
            self._neighbour(index - 2).words,
            above.words,
            under.words,
            self._neighbour(index + 2).words,
            above.is_prose,
            above.last,
            above.capitals,
            under.is_prose,
            under.last,
            under.capitals,
        ]

    def _neighbour(self, index: int) -> Row:
        return self._rows[index] if 0 <= index < len(self._rows) else _NONE

    def _alike(self, index: int) -> list[int]:
        """The lines nearby that have the form of a line: ends of the same kind and about as many characters."""
        rows = self._rows
        one = rows[index]
        last, first, size = one.last, one.first, one.characters
        return [
            i
            for i in range(max(0, index - _REACH), min(len(rows), index + _REACH + 1))
            if i != index
            and rows[i].last == last
            and rows[i].first == first
            and abs(rows[i].characters - size) * 2 <= max(rows[i].characters, size)
        ]


_NONE = Row(-1, -1, -1, -1, -1, False, Zone.ANY, False, 0)  # stands for a line that is not there


def distances(marks: Sequence[bool], own: bool = False) -> list[int]:
    """For each line how far the nearest mark before it is; with ``own`` its own mark counts, as distance 0."""
    found, distance = [], _FAR
    for mark in marks:
        if own and mark:
            distance = 0
        found.append(distance)
        distance = 1 if mark else min(distance + 1, _FAR)
    return found


def runs(rows: Sequence[Row]) -> list[tuple[int, int, float]]:
    """For each line the start and end of the run of lines that are not prose, and their words on average."""
    found: list[tuple[int, int, float]] = []
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and not rows[end].is_prose:
            end += 1
        if end == start:
            found.append((start, start, -1))
            start += 1
            continue
        words = round(sum(row.words for row in rows[start:end]) / (end - start), 1)
        found += [(start, end, words)] * (end - start)
        start = end
    return found
