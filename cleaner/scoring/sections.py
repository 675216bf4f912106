"""In which part of the page a line stands: in the largest block of running text or beside it, below which marks.

Marks are lines that rules know: the heading of the comments, the heading of related articles, the small print at the
end. Comments read like running text, but they stand below such a mark, between names and times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleaner.scoring.places import Row

__all__ = ["SECTIONS", "Sections", "marks_of"]

_MARKS: tuple[frozenset[str], ...] = (
    frozenset(("comments-invitation", "login-register")),
    frozenset(("related-heading", "read-also-inline", "continue-reading", "menus")),
    frozenset(
        (
            "agency-credit",
            "author-bio",
            "closing-credit",
            "copyright-footer",
            "correction-note",
            "donation-support",
            "feedback",
            "follow-us",
            "newsletter-cta",
            "reporter-credit",
            "share-bar",
            "tags-keywords",
            "terms-legal",
        )
    ),
)
_BIT: Mapping[str, int] = {name: 1 << at for at, names in enumerate(_MARKS) for name in names}
_FAR = 60  # lines: what is farther away, or not there, counts as that far
_HOLE = 2  # lines that are not running text, between paragraphs of one block: a subhead, a caption
_SHORT = 14  # words of a line that names who wrote when
_REACH = 5  # lines on either side

SECTIONS: tuple[tuple[str, str], ...] = (
    ("since-comments", "the last mark of comments above is {} lines away"),
    ("since-related", "the last mark of related articles above is {} lines away"),
    ("since-end", "the last mark of the end of an article above is {} lines away"),
    ("comments-at", "{%} of the words of running text stand above the first mark of comments"),
    ("block", "it stands {} blocks of running text below the largest one"),
    ("block-distance", "it stands {} lines below the largest block of running text"),
    ("block-between", "{} lines between it and the largest block are not running text"),
    ("block-share", "its block has {%} of the words of running text"),
    ("main-share", "the largest block has {%} of the words of running text"),
    ("times-near", "{} short lines around it hold a time or a date"),
    ("times-above", "{} short lines above it hold a time or a date"),
)
"""The evidence of the sections: the name of each piece, and what it says in words."""


def marks_of(classes: Iterable[str]) -> int:
    """Which marks some classes of scraps are, as a number with a bit for each kind.

    >>> marks_of(["comments-invitation", "ad-marker"]), marks_of(["share-bar"]), marks_of([])
    (1, 4, 0)
    """
    found = 0
    for name in classes:
        found |= _BIT.get(name, 0)
    return found


class _Block(NamedTuple):
    start: int
    end: int
    words: int


class Sections:
    """The sections of a text.

    Args:
        rows: the lines that are left, blank ones aside.
        marks: for each of them which marks it is, or stood right above it before rules removed them.
        timed: for each of them whether it holds a time or a date.

    >>> from cleaner.model import Zone
    >>> paragraph = Row(40, 200, 4, 1, 0.1, True, Zone.BODY, True, 0)
    >>> item = Row(3, 18, 8, 5, 0.3, False, Zone.BODY, False, 0)
    >>> rows = [paragraph, item, item, item, paragraph]
    >>> sections = Sections(rows, [0, 0, 1, 0, 0], [False, True, False, False, False])
    >>> found = dict(zip((name for name, _ in SECTIONS), sections.evidence(4)))
    >>> found["since-comments"], found["comments-at"], found["block"], found["block-between"], found["times-above"]
    (2, 0.5, 1, 3, 1)
    """

    def __init__(self, rows: Sequence[Row], marks: Sequence[int], timed: Sequence[bool]) -> None:
        self._rows = rows
        self._since = [_since([bool(found & 1 << at) for found in marks]) for at in range(len(_MARKS))]
        times = [is_timed and row.words <= _SHORT for row, is_timed in zip(rows, timed, strict=True)]
        self._times = [0, *accumulate(map(int, times))]
        self._others = [0, *accumulate(int(not row.is_prose) for row in rows)]
        words = [0, *accumulate(row.words if row.is_prose else 0 for row in rows)]
        self._all = words[-1] or 1
        self._blocks = _blocks(rows)
        largest = max(self._blocks, key=lambda block: block.words, default=_Block(0, 0, 0))
        self._main, self._main_at = largest, self._blocks.index(largest) if self._blocks else 0
        self._block_at = self._numbers()
        first = next((i for i, found in enumerate(marks) if found & 1), None)
        self._comments = first, -1 if first is None else round(words[first] / self._all, 3)

    def _numbers(self) -> list[float]:
        """For each line the number of its block; between two blocks the number is between theirs."""
        found: list[float] = []
        for number, block in enumerate(self._blocks):
            found += [number - 0.5] * (block.start - len(found))
            found += [number] * (block.end - len(found))
        return found + [len(self._blocks) - 0.5] * (len(self._rows) - len(found))

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`SECTIONS` for a line, in its order; -1 stands for what there is not."""
        main, number = self._main, self._block_at[index]
        if index >= main.end:
            distance, between = index - main.end + 1, self._others[index] - self._others[main.end]
        elif index < main.start:
            distance, between = index - main.start, self._others[main.start] - self._others[index + 1]
        else:
            distance = between = 0
        first, at = self._comments
        block = self._blocks[int(number)] if number == int(number) and self._blocks else None
        low, high = max(0, index - _REACH), min(len(self._rows), index + _REACH + 1)
        return [
            *(since[index] for since in self._since),
            at if first is not None and index >= first else -1,
            max(-5, min(5, number - self._main_at)),
            max(-_FAR, min(_FAR, distance)),
            min(_FAR, between),
            round(block.words / self._all, 3) if block else -1,
            round(main.words / self._all, 3),
            self._times[high] - self._times[low],
            min(self._times[index], 15),
        ]


def _since(marked: Sequence[bool]) -> list[int]:
    """For each line how far the last mark at or above it is."""
    found, distance = [], _FAR
    for is_marked in marked:
        distance = 0 if is_marked else min(distance + 1, _FAR)
        found.append(distance)
    return found


def _blocks(rows: Sequence[Row]) -> list[_Block]:
    """The blocks of running text: paragraphs with at most a few other lines between them."""
    found: list[_Block] = []
    for i, row in enumerate(rows):
        if not row.is_prose:
            continue
        if found and i - found[-1].end <= _HOLE:
            found[-1] = _Block(found[-1].start, i + 1, found[-1].words + row.words)
        else:
            found.append(_Block(i, i + 1, row.words))
    return found
