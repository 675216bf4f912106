"""The company of a line: what the lines of its run have in common, and what kind of text it stands in.

A list that a colon leads into is part of the article. A list of headlines below the last paragraph is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from cleaner.scoring.places import Row, distances, runs

__all__ = ["COMPANY", "Company", "counted"]

_REACH = 5  # lines on either side
_LONG = 30  # words of a line that no teaser has
_ENDS_SENTENCE = (1, 2, 6)  # kinds of last characters
_QUESTION = 2
_ITEM = (3, 5)  # kinds of first characters: a digit, a bullet

COMPANY: tuple[tuple[str, str], ...] = (
    ("run-opening", "the line above its run ends in {last}"),
    ("run-ends", "{%} of the lines of its run end like sentences"),
    ("run-items", "{%} of the lines of its run begin with a bullet or a digit"),
    ("run-capitalised", "{%} of the words of its run begin with a capital"),
    ("run-alike", "{%} of the lines of its run have its form"),
    ("run-known", "{%} of the words of its run stand in other paragraphs"),
    ("run-titled", "{%} of the words of its run stand in the title"),
    ("prose-near", "{} of the lines around it are running text"),
    ("words-near", "the lines around it have {} words on average"),
    ("known-near", "{%} of the words of the lines around it stand in other paragraphs"),
    ("since-long", "the last long paragraph above is {} lines away"),
    ("until-long", "the next long paragraph below is {} lines away"),
    ("counted", "it stands in a run of {} lines whose numbers count up"),
    ("text-lone", "{%} of the lines of the text are short and stand alone between paragraphs"),
    ("text-items", "{%} of the lines of the text begin with a bullet or a digit"),
    ("text-questions", "{%} of the lines of the text are questions or calls"),
    ("text-colons", "{%} of the lines of the text end in a colon"),
)
"""The evidence of the company: the name of each piece, and what it says in words."""


class Company:
    """The company of each line of a text.

    Args:
        rows: the lines that are left, blank ones aside.
        known: for each line the share of its words that stand in other paragraphs; -1 where it has none.
        titled: for each line the share of its words that stand in the title.

    >>> from cleaner.model import Zone
    >>> paragraph = Row(40, 200, 4, 1, 0.1, True, Zone.BODY, True, 0)
    >>> item = Row(3, 18, 8, 5, 0.3, False, Zone.BODY, False, 0)
    >>> company = Company([paragraph, item, item], [0.5, 0.2, 0.4], [0, 0, 0])
    >>> found = dict(zip((name for name, _ in COMPANY), company.evidence(2)))
    >>> found["run-opening"], found["run-items"], found["run-known"], found["since-long"]
    (4, 1.0, 0.3, 2)
    """

    def __init__(self, rows: Sequence[Row], known: Sequence[float], titled: Sequence[float]) -> None:
        self._rows = rows
        self._runs: dict[int, list[float]] = {}
        self._kinds: dict[int, Counter[tuple[int, int]]] = {}
        self._spans = [(start, end) for start, end, _ in runs(rows)]
        known = [max(share, 0) for share in known]
        for start, end in dict.fromkeys(self._spans):
            self._runs[start], self._kinds[start] = self._about_run(start, end, known, titled)
        self._prose = [0, *accumulate(int(row.is_prose) for row in rows)]
        self._words = [0, *accumulate(row.words for row in rows)]
        self._known = [0.0, *accumulate(known)]
        long = [row.words >= _LONG for row in rows]
        self._since_long, self._until_long = distances(long), distances(long[::-1])[::-1]
        self._counted = counted([row.number for row in rows])
        self._text = self._about_text()

    def _about_run(
        self, start: int, end: int, known: Sequence[float], titled: Sequence[float]
    ) -> tuple[list[float], Counter[tuple[int, int]]]:
        rows, count = self._rows[start:end], end - start
        opening = self._rows[start - 1].last if start else 0
        if not count:
            return [opening, -1, -1, -1, -1, -1, -1], Counter()
        values = [
            opening,
            round(sum([row.last in _ENDS_SENTENCE for row in rows]) / count, 3),
            round(sum([row.first in _ITEM for row in rows]) / count, 3),
            round(sum([row.capitals for row in rows]) / count, 3),
            0,
            round(sum(known[start:end]) / count, 3),
            round(sum(titled[start:end]) / count, 3),
        ]
        return values, Counter((row.last, row.first) for row in rows)

    def _about_text(self) -> list[float]:
        rows, count = self._rows, len(self._rows) or 1
        lone = sum(end - start == 1 and start > 0 and end < len(rows) for start, end in dict.fromkeys(self._spans))
        return [
            round(lone / count, 3),
            round(sum([row.first in _ITEM for row in rows]) / count, 3),
            round(sum([row.last == _QUESTION for row in rows]) / count, 3),
            round(sum([row.last == 4 for row in rows]) / count, 3),
        ]

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`COMPANY` for a line, in its order; -1 stands for what there is not."""
        row, (start, end) = self._rows[index], self._spans[index]
        run = list(self._runs[start])
        if end > start:
            run[4] = round(self._kinds[start][row.last, row.first] / (end - start), 3)
        first, last = max(0, index - _REACH), min(len(self._rows), index + _REACH + 1)
        others = last - first - 1 or 1
        known = self._known[last] - self._known[first] - (self._known[index + 1] - self._known[index])
        return [
            *run,
            self._prose[last] - self._prose[first] - row.is_prose,
            round((self._words[last] - self._words[first] - row.words) / others, 1),
            round(known / others, 3),
            self._since_long[index],
            self._until_long[index],
            self._counted[index],
            *self._text,
        ]


def counted(numbers: Sequence[int]) -> list[int]:
    """For each line how many lines there are in its run of numbers that count up by one; 0 outside such runs.

    Args:
        numbers: the number that each line begins with; -1 when it begins with none.

    >>> counted([1, 2, 3, -1, 7, 9, 10])
    [3, 3, 3, 0, 0, 2, 2]
    """
    found = [0] * len(numbers)
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end - 1] < 0 or numbers[end] != numbers[end - 1] + 1:
            if end - start > 1:
                found[start:end] = [end - start] * (end - start)
            start = end
    return found
