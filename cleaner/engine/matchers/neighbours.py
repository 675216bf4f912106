"""Context matchers: they run after all other rules, since a scrap is evidence about its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from cleaner.engine.matchers.base import MatcherHit, ScrapClasses, Scraps
from cleaner.engine.matchers.options import listed, whole_number
from cleaner.model import Zone
from cleaner.text.lazy_regex import lazily
from cleaner.text.lines import TextView, is_bulleted
from cleaner.text.prose import count_words, ends_sentence
from cleaner.text.zones import Zones

__all__ = [
    "AboveScrapOptions",
    "BelowScrapsOptions",
    "above_scrap",
    "below_scraps",
    "described_twice",
    "is_fact",
    "teasers",
]

_CALL_WORDS = 3
_SENTENCE_WORDS = 2
_SHORTEST_DESCRIPTION = 20
_CREDIT_WORDS = 12
_MOST_HEADINGS = 20  # each is looked at with all that is below it
_ARTICLE_LINES = 4
_SUMMARY_WORDS = 60
_FACT = lazily(
    regex.compile,
    r"\(\d{4}\)|, ?\d{4}\)?\.?$|\bISBN|\bdoi\b|@|https?:|www\.|\d{3}[ /-]\d{2}"
    r"|[€$£]\s?\d|\d\s?(?:€|\$|£|EUR\b|euros?\b)|\bpp?\. ?\d|\bS\. ?\d",
)


@dataclass(frozen=True, slots=True)
class BelowScrapsOptions:
    """The options of :func:`below_scraps`."""

    classes: tuple[str, ...] = listed("classes of the scraps below which it looks")
    words: int = whole_number("words of the longest line that is taken", 6)


@dataclass(frozen=True, slots=True)
class AboveScrapOptions:
    """The options of :func:`above_scrap`."""

    classes: tuple[str, ...] = listed("classes of the scraps above which it looks")
    words: int = whole_number("words of the longest line that is taken", 30)


def is_fact(line: str) -> bool:
    """Whether a short line holds what an article lists: a source, an address, a number, a price, a particular.

    >>> is_fact("The Old Bridge (1911)"), is_fact("What happens next")
    (True, False)
    """
    return _FACT.search(line) is not None


def below_scraps(view: TextView, zones: Zones, scraps: Scraps, options: BelowScrapsOptions) -> Iterator[MatcherHit]:
    """Every short line of the tail below a scrap of given classes: no article goes on under its own share bar."""
    tail = sorted(i for i, name in scraps.items() if zones.of(i) is Zone.TAIL and name in options.classes)
    # One ambiguous word may be an item of the article's own last list; a call, or two of them, are not.
    if not tail or (len(tail) == 1 and count_words(view.lines[tail[0]]) < _CALL_WORDS):
        return
    for i in range(tail[0] + 1, len(view.lines)):
        line = view.lines[i]
        if i in scraps or not line.strip():
            continue
        words = count_words(line)
        if words > options.words or is_fact(line) or ": " in line or is_bulleted(line):
            return
        if words >= _SENTENCE_WORDS and ends_sentence(line):
            return  # the article goes on below a call that was put into it: "Greer agreed at last."
        yield MatcherHit(i, i)


def above_scrap(view: TextView, zones: Zones, scraps: Scraps, options: AboveScrapOptions) -> Iterator[MatcherHit]:
    """The line right above a scrap of the given classes, when it is no sentence and not the first of the text."""
    for i, name in scraps.items():
        if name in options.classes:
            above = view.previous(i)
            if above < 0 or above in scraps or ends_sentence(view.lines[above]) or view.previous(above) < 0:
                continue
            if ": " in view.lines[above] or is_bulleted(view.lines[above]):
                continue  # a particular, an item of a list
            if count_words(view.lines[above]) <= options.words:
                yield MatcherHit(above, above)


def described_twice(view: TextView, zones: Zones, scraps: Scraps, options: ScrapClasses) -> Iterator[MatcherHit]:
    """The line above a scrap of the given classes, that begins with its words: a picture's description.

    Of a description that reads as prose the scrap says no more than the credit.
    """
    for i, name in scraps.items():
        above = view.previous(i) if name in options.classes else -1
        if above >= 0 and above not in scraps:
            text, caption = view.key(above), view.key(i)
            if len(text) < _SHORTEST_DESCRIPTION or not caption.startswith(text):
                continue
            if not view.is_prose(above) or count_words(caption[len(text) :]) <= _CREDIT_WORDS:
                yield MatcherHit(above, above)


def teasers(view: TextView, zones: Zones, scraps: Scraps, options: ScrapClasses) -> Iterator[MatcherHit]:
    """All below a heading of the given classes, when it reads like a list of teasers to the end of the text.

    Teasers alternate headline and summary. An article that goes on has paragraphs in a row, so nothing is found
    when two lines of prose follow each other, when prose outweighs headlines, or when the text ends in prose.
    """
    wanted = options.classes
    if not any(name in wanted for name in scraps.values()):
        return
    prose = [i for i in range(len(view.lines)) if view.is_prose(i) and i not in scraps]
    if len(prose) < _ARTICLE_LINES:
        return
    headings = sorted(i for i, name in scraps.items() if name in wanted and i > prose[_ARTICLE_LINES - 1])
    for heading in headings[:_MOST_HEADINGS]:
        below = [i for i in range(heading + 1, len(view.lines)) if not view.is_blank(i) and i not in scraps]
        if _are_teasers(view, below, len(prose)):
            yield MatcherHit(heading, below[-1])
            return


def _are_teasers(view: TextView, below: Sequence[int], prose: int) -> bool:
    """Whether the lines below a heading read like teasers; ``prose`` is the number of lines of prose in the text."""
    summaries = [i for i in below if view.is_prose(i)]
    above = prose - len(summaries)
    if not summaries or len(summaries) * 2 > above + 1 or view.is_prose(below[-1]):
        return False
    if any("\t" in view.lines[i].strip() or count_words(view.lines[i]) > _SUMMARY_WORDS for i in below):
        return False  # a table of facts, an annotated list
    is_row = not set(map(view.next, summaries)).isdisjoint(summaries)
    return not is_row and len(summaries) * 2 <= len(below)
