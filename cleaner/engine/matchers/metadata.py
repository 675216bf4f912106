"""Matchers for lines that only repeat what is known about a document: its author, its date, its site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from cleaner.engine.matchers.base import MatcherHit, NoOptions, words_of
from cleaner.engine.matchers.options import word_lists, words
from cleaner.text.hosts import site_of
from cleaner.text.lines import TextView
from cleaner.text.normalize import bare
from cleaner.text.prose import ends_sentence

__all__ = ["KnownAuthorOptions", "KnownDateOptions", "known_author", "known_date", "known_site"]

_LONGEST_BYLINE = 80
_FEW_NAMES = 8  # more take longer to look for one by one than the words of a line to look up
_DATE_WORDS = 9
_LONGEST_SITE = 40
_SHORTEST_SITE = 3


@dataclass(frozen=True, slots=True)
class KnownAuthorOptions:
    """The options of :func:`known_author`."""

    between: frozenset[str] = words("what stands between the names of several authors, with its blanks")


@dataclass(frozen=True, slots=True)
class KnownDateOptions:
    """The options of :func:`known_date`."""

    months: tuple[frozenset[str], ...] = word_lists("how the names of the months begin, January first", 12)


def known_author(view: TextView, options: KnownAuthorOptions) -> Iterator[MatcherHit]:
    """A line that holds the known author's name and little else."""
    if not view.document.author:
        return
    named = (words_of(name) for name in _any_of(options.between).split(view.document.author))
    names = {tuple(name) for name in named if len(name) >= 2}
    last = {name[-1] for name in names} if len(names) <= _FEW_NAMES else None
    for i, line in enumerate(view.lines):
        # Most lines do not hold a last name, and taking all words out of a line costs ten times as much.
        if 0 < len(line) <= _LONGEST_BYLINE and (last is None or any(word in view.key(i) for word in last)):
            found = tuple(words_of(line))
            # The name and at most one word more, before or behind it.
            if not names.isdisjoint((found, found[1:], found[:-1])) and not ends_sentence(line):
                yield MatcherHit(i, i, {"author": view.document.author})


@lru_cache(maxsize=16)
def _any_of(texts: frozenset[str]) -> regex.Pattern[str]:
    return regex.compile("|".join(regex.escape(text, literal_spaces=True) for text in sorted(texts)))


_ISO_DATE = regex.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBER = regex.compile(r"\d{1,4}")


def known_date(view: TextView, options: KnownDateOptions) -> Iterator[MatcherHit]:
    """A short line that holds the known date, in whatever order and language it is written."""
    known = _ISO_DATE.match(view.document.date)
    if not known:
        return
    year, month, day = map(int, known.groups())
    if not 1 <= month <= 12:
        return
    beginnings = tuple(options.months[month - 1])
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= _LONGEST_BYLINE and known[1] in line:
            found = words_of(line)
            numbers = {int(number) for number in _NUMBER.findall(line)}
            has_month = month in numbers or any(word.startswith(beginnings) for word in found)
            if {year, day} <= numbers and has_month and len(found) <= _DATE_WORDS and not ends_sentence(line):
                yield MatcherHit(i, i, {"date": view.document.date})


def known_site(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """A line that is the known site's name or the host of the document's address."""
    names = {"".join(words_of(view.document.site))}
    host = site_of(view.document.url)
    if host:
        labels = host.split(".")
        names |= {"".join(labels), labels[-2] if len(labels) > 1 else labels[0]}
    names = {name for name in names if len(name) >= _SHORTEST_SITE}
    if not names:
        return
    # Most lines begin with another letter than the site, and taking words out of them all costs ten times as much.
    first = {name[0] for name in names}
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= _LONGEST_SITE:
            start = view.key(i)[:1]
            if (start in first or not start.isalnum()) and "".join(words_of(line)) in names:
                yield MatcherHit(i, i, {"site": bare(line)})
