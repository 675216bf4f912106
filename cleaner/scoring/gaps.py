"""Gaps: where rules removed lines. Where one scrap stood, others are likely."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.model import Edit
from cleaner.scoring.places import distances
from cleaner.scoring.sections import marks_of
from cleaner.text.lines import TextView

__all__ = ["GAPS", "NO_GAPS", "Gaps", "gap_evidence", "gaps_of"]

_MOST = 20  # lines that went at one place: more say no more
_FAR = 30  # lines: what is farther away counts as that far

GAPS: tuple[tuple[str, str], ...] = (
    ("gone-above", "rules removed {} lines right above it"),
    ("gone-below", "rules removed {} lines right below it"),
    ("since-gone", "the last line that rules removed above is {} lines away"),
    ("until-gone", "the next line that rules removed below is {} lines away"),
    ("gone-all", "rules removed {%} of the lines of the text"),
)
"""The evidence of the gaps: the name of each piece, and what it says in words."""


class Gaps(NamedTuple):
    """Where rules removed lines.

    Attributes:
        before: how many lines went right above a line, by its index in the cleaned text.
        at_end: how many went below the last line.
        marks: which marks of sections were among those right above a line, by its index.
    """

    before: Mapping[int, int]
    at_end: int = 0
    marks: Mapping[int, int] = {}


NO_GAPS = Gaps({})


def gaps_of(repaired: str, edits: Iterable[Edit], cleaned: TextView) -> Gaps:
    """Where lines went, from the edits that led from a repaired text to a cleaned one.

    >>> gaps_of("Share\\nThe council met.\\nMenu\\n", [Edit(0, 6, "", "a.a"), Edit(23, 28, "", "b.b")],
    ...     TextView("The council met.\\n"))
    Gaps(before={0: 1}, at_end=1, marks={})
    """
    before: dict[int, int] = {}
    marks: dict[int, int] = {}
    at_end = shift = 0
    last = max((i for i in range(len(cleaned.lines)) if not cleaned.is_blank(i)), default=-1)
    for edit in edits:
        gone = repaired[edit.start : edit.end]
        place = edit.start + shift
        shift += len(edit.replacement) - len(gone)
        if "\n" not in gone and place + len(gone) < len(repaired):
            continue
        lines = sum(bool(line.strip()) for line in gone.split("\n"))
        index = bisect_right(cleaned.starts, place, 0, len(cleaned.lines)) - 1
        if place > cleaned.starts[index]:
            index += 1
        while index <= last and cleaned.is_blank(index):
            index += 1
        if index > last:
            at_end += lines
        else:
            before[index] = before.get(index, 0) + lines
            if mark := marks_of((edit.scrap_class,)):
                marks[index] = marks.get(index, 0) | mark
    return Gaps(before, at_end, marks)


def gap_evidence(above: Sequence[int], at_end: int = 0) -> list[list[float]]:
    """The evidence of :data:`GAPS` for each line of a text that is not blank, in its order.

    Args:
        above: how many lines rules removed right above each of them.
        at_end: how many they removed below the last of them.

    >>> gap_evidence([0, 2, 0])
    [[0, 2, 30, 0, 0.4], [2, 0, 0, 30, 0.4], [0, 0, 1, 30, 0.4]]
    """
    if not at_end and not any(above):
        return [[0, 0, _FAR, _FAR, 0.0]] * len(above)
    below = [*above[1:], at_end]
    gone = sum(above) + at_end
    share = round(gone / (gone + len(above)), 3)
    since = distances([count > 0 for count in above], own=True)
    until = distances([count > 0 for count in reversed(below)], own=True)[::-1]
    return [
        [min(here, _MOST), min(under, _MOST), min(last, _FAR), min(following, _FAR), share]
        for here, under, last, following in zip(above, below, since, until, strict=True)
    ]
