"""What all matchers share: the hits they yield, the options they take, and the signatures of their functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import regex

from cleaner.engine.matchers.options import listed
from cleaner.text.lines import TextView
from cleaner.text.normalize import fold
from cleaner.text.zones import Zones

__all__ = [
    "LONGEST_TITLE",
    "ContextMatcher",
    "Matcher",
    "MatcherHit",
    "NoOptions",
    "ScrapClasses",
    "Scraps",
    "first_lines",
    "has_running_prose",
    "words_of",
]


class MatcherHit(NamedTuple):
    """What a matcher found: lines, or a piece of the text inside them.

    Attributes:
        first, last: indices of the first and the last line, both included.
        fields: metadata that the lines hold, by the names of :data:`cleaner.model.METADATA_FIELDS`.
        start, end: half-open code-point offsets of the piece in the text of the view; -1 for whole lines.
    """

    first: int
    last: int
    fields: Mapping[str, str] = MappingProxyType({})
    start: int = -1
    end: int = -1


Matcher = Callable[[TextView, Any], Iterator[MatcherHit]]
"""Gets the view of a text and the options of the rule: a value of its options class, or of plugins a mapping."""

Scraps = Mapping[int, str]
"""The class of scrap of every line that is removed, by index."""

ContextMatcher = Callable[[TextView, Zones, Scraps, Any], Iterator[MatcherHit]]
"""Gets the view, its zones, the lines that are removed, and the options."""


@dataclass(frozen=True, slots=True)
class NoOptions:
    """The options of a matcher that takes none."""


@dataclass(frozen=True, slots=True)
class ScrapClasses:
    """The options of a matcher that looks beside scraps of some classes."""

    classes: tuple[str, ...] = listed("classes of the scraps beside which it looks")


LONGEST_TITLE = 400
"""Characters of the longest line that may be a title."""

_LEAST_PROSE = 3  # one part in so many of the letters of a text that runs

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")


def words_of(text: str) -> list[str]:
    """The words of a text without differences of case, and without marks between them.

    >>> words_of("Council votes: “Close it!”")
    ['council', 'votes', 'close', 'it']
    """
    return _WORD.findall(fold(text))


def first_lines(view: TextView, limit: int) -> list[int]:
    """Indices of the first ``limit`` lines that are not blank.

    >>> first_lines(TextView("Newford\\n\\nRiver Post\\nLamps\\n"), 2)
    [0, 2]
    """
    found: list[int] = []
    for i in range(len(view.lines)):
        if not view.is_blank(i):
            found.append(i)
            if len(found) == limit:
                break
    return found


def has_running_prose(view: TextView) -> bool:
    """Whether a good part of a text is prose. Verse, dialogue, subtitles and lists are many short lines instead.

    >>> has_running_prose(TextView("The council voted on Tuesday to close the old bridge for three months.\\nLamps\\n"))
    True
    >>> has_running_prose(TextView("Down by the river\\nthe bells are ringing\\n"))
    False
    """
    return view.compute_once(_prose_runs)


def _prose_runs(view: TextView) -> bool:
    prose = sum(len(view.lines[i]) for i in range(len(view.lines)) if view.is_prose(i))
    return prose > 0 and prose * _LEAST_PROSE >= sum(map(len, view.lines))
