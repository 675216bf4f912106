"""The second look: what the first scores of the lines around say about a line.

A headline alone could be a subhead. A headline among lines that look like scraps is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

__all__ = ["SECOND_LOOK", "second_look"]

_OFFSETS = (-3, -2, -1, 1, 2, 3)
_WINDOW = 8  # lines on either side
_FAR = 50
_OUTSIDE = 9999  # stands for the score of a line that is not there

SECOND_LOOK: tuple[tuple[str, str], ...] = (
    ("first-score", "the first look gave it {score}"),
    *((f"score{at:+d}", f"the first look gave the line {abs(at)} {'above' if at < 0 else 'below'} {{score}}")
      for at in _OFFSETS),
    ("scores-near", "the first look gave the lines around it {score} on average"),
    ("scores-above", "the first look gave all lines above it {score} on average"),
    ("scores-below", "the first look gave all lines below it {score} on average"),
    ("body-above", "{%} of the words that look like body stand above it"),
    ("since-body", "the last line above that looks like body is {} lines away"),
    ("until-body", "the next line below that looks like body is {} lines away"),
    ("scrap-run", "it stands in a run of {} lines that look like scraps"),
    ("text-body", "{%} of the words of the text look like body"),
)  # fmt: skip
"""The evidence of the second look: the name of each piece, and what it says in words."""


def second_look(scores: Sequence[int], words: Sequence[float]) -> list[list[float]]:
    """The evidence of :data:`SECOND_LOOK` for each line of a text.

    Args:
        scores: the first scores of all lines, in thousandths of a unit of log-odds; above 0 a scrap is likelier.
        words: how many words each line has.

    >>> names = [name for name, _ in SECOND_LOOK]
    >>> found = [dict(zip(names, line)) for line in second_look([-2000, 900, 1100], [20, 3, 4])]
    >>> found[1]["score-1"], found[1]["score+2"], found[1]["scrap-run"], found[1]["since-body"]
    (-2000, 9999, 2, 1)
    """
    count = len(scores)
    sums = [0, *accumulate(scores)]
    body = [0, *accumulate(many if score < 0 else 0 for score, many in zip(scores, words, strict=True))]
    all_body, all_words = body[-1] or 1, sum(words) or 1
    since, until = _distances(scores), _distances(scores[::-1])[::-1]
    runs = _runs(scores)
    found: list[list[float]] = []
    for i, score in enumerate(scores):
        first, last = max(0, i - _WINDOW), min(count, i + _WINDOW + 1)
        near = [scores[i + offset] if 0 <= i + offset < count else _OUTSIDE for offset in _OFFSETS]
        found.append(
            [
                score,
                *near,
                (sums[last] - sums[first] - score) // max(1, last - first - 1),
                sums[i] // i if i else _OUTSIDE,
                (sums[-1] - sums[i + 1]) // (count - i - 1) if i + 1 < count else _OUTSIDE,
                round(body[i] / all_body, 3),
                since[i],
                until[i],
                runs[i],
                round(body[-1] / all_words, 3),
            ]
        )
    return found


def _distances(scores: Sequence[int]) -> list[int]:
    found, distance = [], _FAR
    for score in scores:
        found.append(distance)
        distance = 1 if score < 0 else min(distance + 1, _FAR)
    return found


def _runs(scores: Sequence[int]) -> list[int]:
    """For each line how many lines there are in its run of scores that are not below 0; 0 for the others."""
    found: list[int] = []
    run = 0
    for score in (*scores, -1):
        if score >= 0:
            run += 1
            continue
        found += [run] * run + [0]
        run = 0
    return found[:-1]
