"""Named matchers: what a regex cannot say, because it needs more of the document than one line.

A matcher takes the view of a text and the rule's options and yields what it found. Rules name it with
``matcher = "…"``; everything else (zone, unless, confidence, examples) works as for any rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import regex

from cleaner.prose import count_words, ends_sentence
from cleaner.segment import View, bare, fold

__all__ = ["MATCHERS", "Found", "Matcher"]

Options = Mapping[str, bool | int | float | str | tuple[str, ...]]


class Found(NamedTuple):
    """Lines ``first`` to ``last`` (both included), or with ``start``/``end`` a piece of the text inside them."""

    first: int
    last: int
    fields: Mapping[str, str] = MappingProxyType({})
    start: int = -1
    end: int = -1


Matcher = Callable[[View, Options], Iterator[Found]]

_TITLE_WORDS = 40
_MASTHEAD_LINES = 10
_SITE_WORDS = 4


def _content(view: View, limit: int) -> list[int]:
    """Indices of the first ``limit`` lines that are not blank."""
    found: list[int] = []
    for i in range(len(view.lines)):
        if not view.is_blank(i):
            found.append(i)
            if len(found) == limit:
                break
    return found


def repeated_title(view: View, options: Options) -> Iterator[Found]:
    """The masthead between two copies of the title at the top, with the second copy.

    Between the copies stand a site name, a date, a reading time: short lines, no prose. The first copy stays.
    """
    head = _content(view, _MASTHEAD_LINES + 2)
    for position, i in enumerate(head[:3]):
        title = fold(view.lines[i])
        if not 3 <= count_words(title) <= _TITLE_WORDS and len(title) < 12:
            continue
        for j in head[position + 1 :]:
            if fold(view.lines[j]) == title:
                between = [k for k in head[position + 1 :] if k < j]
                sites = [bare(view.lines[k]) for k in between if _may_be_site(view.lines[k])]
                yield Found(view.next(i), j, {"site": sites[0]} if len(sites) == 1 else {})
                return
            if view.is_prose(j):
                break


def _may_be_site(line: str) -> bool:
    text = bare(line)
    return (
        count_words(text) <= _SITE_WORDS
        and not any(char.isdigit() for char in text)
        and not ends_sentence(text)
    )


_JOINABLE = regex.compile(r"[\p{Ll}\p{Lo},;]$")
_CONTINUES = regex.compile(r"(?:\p{Ll}[\p{Ll}'’-]*|\d[\d.,]*(?:-\p{Ll}+)?)(?=[\s,;:.!?)]|$)")
_WRAP_WORDS = 8

# A sentence does not end in one of these, and a heading hardly ever.
_OPEN_ENDS = frozenset(
    "a an the of to in on at by for with from and or but that which who as than into about between "  # en
    "der die das den dem des ein eine einen einem einer und oder mit von zu im am auf für "  # de
    "le la les un une des du de et ou à au aux en dans sur pour par avec que qui "  # fr
    "el los las una del y o con por para que "  # es
    "o os as um uma do da dos das e em no na nos nas com por para que "  # pt
    "il lo gli uno di del della dei delle e con per che "  # it
    "het een van en of met voor op te "  # nl
    "i w z na do że oraz "  # pl
    "и в на с по для что не от к о из".split()  # ru
)


def hard_wrap(view: View, options: Options) -> Iterator[Found]:
    """A newline in the middle of a sentence: found is the newline with the blanks around it.

    The line above is long and stops without punctuation, the line below goes on in lower case or with a number.
    A number alone is weak, so then the line above must end in a word that leaves the sentence open.
    """
    for i in range(len(view.lines) - 1):
        upper, lower = view.lines[i], view.lines[i + 1]
        if not lower or not _JOINABLE.search(upper) or not _CONTINUES.match(lower):
            continue
        words = upper.split()
        if len(words) < _WRAP_WORDS or len(lower.split()) < 2:
            continue
        if words[-1] in _OPEN_ENDS or (lower[0].islower() and count_words(lower) >= 3):
            start = view.starts[i] + len(upper)
            yield Found(i, i + 1, {}, start, start + 1)


MATCHERS: Mapping[str, Matcher] = MappingProxyType({"repeated-title": repeated_title, "hard-wrap": hard_wrap})
"""The matchers that rules may name."""
