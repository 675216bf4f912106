"""Context matchers for headlines between paragraphs: those of other articles and of videos, beside their scraps."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from cleaner.engine.matchers.base import MatcherHit, NoOptions, ScrapClasses, Scraps, has_running_prose
from cleaner.engine.matchers.options import listed, whole_number
from cleaner.text.lines import TextView, is_bulleted
from cleaner.text.normalize import fold
from cleaner.text.prose import count_words, ends_full
from cleaner.text.zones import Zones

__all__ = ["HeadlineAboveOptions", "bracketed_headline", "headline_above", "timed_title"]

_LEAST_WORDS = 4
_TITLE_WORDS = 3  # fewer are a name with a result: "Jane Doe 2:25"
_MOST_WORDS = 20
_TIMED = regex.compile(r"(?P<title>\S.{7,200}?)[ |–—(\[-]*+(?:\d{1,2}:)?\d{1,2}:\d{2}[)\]]?")
_TIME_AT_END = re.compile(r":(?=[^\n]{2}[\])]*$)", re.MULTILINE)
_BRACKETED = regex.compile(r"\[(?P<title>[\p{Lu}\p{Lo}“\"'‘][^\[\]:：。]{8,160}[^\[\].。!…])\]")


@dataclass(frozen=True, slots=True)
class HeadlineAboveOptions:
    """The options of :func:`headline_above`."""

    lines: tuple[str, ...] = listed("wordings of the lines above which it looks")
    words: int = whole_number("words of the longest headline", 25)


def headline_above(view: TextView, zones: Zones, scraps: Scraps, options: HeadlineAboveOptions) -> Iterator[MatcherHit]:
    """The headline of another article, between two paragraphs and right above a scrap of one of the given wordings."""
    wordings = _keys(options.lines)
    for i in scraps:
        if view.key(i) not in wordings:
            continue
        headline = view.previous(i)
        if headline < 0 or headline in scraps or not _between_paragraphs(view, headline, i):
            continue
        text = view.lines[headline].strip()
        if _LEAST_WORDS <= count_words(text) <= options.words and not _reads_on(text) and not is_bulleted(text):
            yield MatcherHit(headline, headline)


@lru_cache(maxsize=64)
def _keys(lines: tuple[str, ...]) -> frozenset[str]:
    """The wordings of a rule as lines are looked up: folding them for each text would take a fifth of its time."""
    return frozenset(map(fold, lines))


def timed_title(view: TextView, zones: Zones, scraps: Scraps, options: NoOptions) -> Iterator[MatcherHit]:
    """The title of a video with its running time, between paragraphs, beside a line that says it without the time.

    That line goes along; it may be a scrap already ("PlayCouncil closes the bridge Facebook Twitter Embed").
    """
    timed = [i for i in _lines_with_time(view) if i not in scraps]
    if not timed or not has_running_prose(view):
        return
    for i in timed:
        match = _TIMED.fullmatch(view.lines[i].strip())
        title = fold(match["title"]) if match else ""
        if count_words(title) < _TITLE_WORDS:
            continue
        for beside in (view.previous(i), view.next(i)):
            first, last = min(i, beside), max(i, beside)
            if beside < 0 or not _between_paragraphs(view, first, last):
                continue
            if beside in scraps and title in view.key(beside):
                yield MatcherHit(i, i)
            elif beside not in scraps and view.key(beside) == title:
                yield MatcherHit(first, last)


def _lines_with_time(view: TextView) -> list[int]:
    """Indices of the lines that may end in a running time, in brackets or not: one search finds them all."""
    ends = (bisect_right(view.starts, colon.start()) - 1 for colon in _TIME_AT_END.finditer(view.text))
    return [i for i in dict.fromkeys(ends) if view.lines[i].rstrip("])")[-3:-2] == ":"]


def bracketed_headline(view: TextView, zones: Zones, scraps: Scraps, options: ScrapClasses) -> Iterator[MatcherHit]:
    """A headline alone in square brackets between paragraphs, beside a scrap of the given classes.

    Stage directions and notes stand in such brackets, too, but beside no scrap.
    """
    for i, name in scraps.items():
        for beside in (view.previous(i), view.next(i)) if name in options.classes else ():
            if beside < 0 or beside in scraps or not _between_paragraphs(view, min(i, beside), max(i, beside)):
                continue
            match = _BRACKETED.fullmatch(view.lines[beside].strip())
            if match and _LEAST_WORDS <= count_words(match["title"]) <= _MOST_WORDS:
                yield MatcherHit(beside, beside)


def _between_paragraphs(view: TextView, first: int, last: int) -> bool:
    """Whether lines stand between two lines of prose and read as no prose themselves."""
    above, below = view.previous(first), view.next(last)
    if above < 0 or below < 0 or not view.is_prose(above) or not view.is_prose(below):
        return False
    return not view.is_prose(first) and not view.is_prose(last)


def _reads_on(text: str) -> bool:
    return ends_full(text) or text[-1:] in ",;:："
