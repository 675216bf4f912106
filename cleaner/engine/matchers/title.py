"""Matchers for the title of a document, printed again above the text, and for what stands around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from cleaner.engine.matchers.base import (
    LONGEST_TITLE,
    MatcherHit,
    NoOptions,
    Scraps,
    first_lines,
    has_running_prose,
    words_of,
)
from cleaner.engine.matchers.options import whole_number
from cleaner.text.lines import TextView, is_bulleted
from cleaner.text.normalize import bare
from cleaner.text.prose import count_words, ends_full, ends_sentence
from cleaner.text.zones import Zones

__all__ = ["BelowTitleOptions", "above_title", "below_title", "known_title", "repeated_title"]

_MASTHEAD_LINES = 10
_SITE_WORDS = 4
_TITLE_WORDS = 40
_HEAD_LINES = 14  # lines with text among which a known title is looked for
_EXTRA_WORDS = 6
_SIMILAR = 0.85
_MOST_ABOVE = 8
_MOST_BELOW = 5
_CLASS = "title-repeat"
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){1,2}")
_DASHES = "|–—-"
_SITE_SUFFIX = regex.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$")


@dataclass(frozen=True, slots=True)
class BelowTitleOptions:
    """The options of :func:`below_title`."""

    words: int = whole_number("words of the longest line that is taken", 6)


def repeated_title(view: TextView, zones: Zones, scraps: Scraps, options: NoOptions) -> Iterator[MatcherHit]:
    """The second copy of the title at the top, with the masthead between the two. The first copy stays.

    Between the copies stand scraps alone: a date, a reading time, a credit; and beside them one short line that no
    rule knows, which is the name of the site. With anything else between them nothing is found, and nothing in a
    text without running prose, for a refrain stands twice too.
    """
    head = view.compute_once(_head)[: _MASTHEAD_LINES + 2]
    if len({view.key(i) for i in head}) == len(head) or not has_running_prose(view):
        return
    for position, i in enumerate(head[:3]):
        if position and head[position - 1] not in scraps and _is_text(view.lines[head[position - 1]]):
            return  # a speech has begun above: what stands in it twice is said twice
        if _may_be_title(view, i):
            second = _second_copy(view, head, position)
            if second >= 0:
                unknown = [k for k in head[position + 1 :] if k < second and k not in scraps]
                if len(unknown) <= 1 and all(_may_be_site(view, k, scraps) for k in unknown):
                    site = {"site": bare(view.lines[unknown[0]])} if unknown else {}
                    yield MatcherHit(view.next(i), second, site)
                return


def _may_be_title(view: TextView, index: int) -> bool:
    if len(view.lines[index]) > LONGEST_TITLE or view.is_prose(index):
        return False
    title = view.key(index)
    return 3 <= count_words(title) <= _TITLE_WORDS or len(title) >= 12


def _second_copy(view: TextView, head: Sequence[int], position: int) -> int:
    """The index of the second copy of a title among the lines of the head; -1 when there is none."""
    title = view.key(head[position])
    same = (j for j in head[position + 1 :] if len(view.lines[j]) <= LONGEST_TITLE and view.key(j) == title)
    return next(same, -1)


def _may_be_site(view: TextView, index: int, scraps: Scraps) -> bool:
    """Whether a line that no rule knows may name the site: some words beside a scrap."""
    text = bare(view.lines[index])
    if count_words(text) > _SITE_WORDS or any(char.isdigit() for char in text) or ends_sentence(text):
        return False
    return text[-1:] not in ":,;" and any(_is_known(i, scraps) for i in (view.previous(index), view.next(index)))


def _is_known(index: int, scraps: Scraps) -> bool:
    """Whether a line is a scrap by its wording, and not by standing around the title."""
    return scraps.get(index, _CLASS) != _CLASS


def known_title(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """The line at the top that only repeats the document's known title, and each further copy above the prose.

    In a text without running prose only the very first line, when no line below says the same: a poem may begin with
    its title, and a list may repeat it.
    """
    head, positions = view.compute_once(_find_titles)
    if positions and not has_running_prose(view) and (positions != [0] or view.next(head[0]) == head[0] + 1):
        return
    for position in positions:
        yield MatcherHit(head[position], head[position])


def above_title(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """Each line above the known title: sections, breadcrumbs, site names, captions of the lead picture.

    Nothing when one of them is a sentence, a question or unfinished: then the title stands inside the text, as a
    line of a poem or a question of an interview.
    """
    head, positions = view.compute_once(_find_titles)
    above = head[: positions[0]] if positions and has_running_prose(view) else []
    if len(above) <= _MOST_ABOVE and not any(_is_text(view.lines[i]) for i in above):
        for i in above:
            yield MatcherHit(i, i)


def _is_text(line: str) -> bool:
    return ends_sentence(line) or line.rstrip()[-1:] in ",;:"


def below_title(view: TextView, zones: Zones, scraps: Scraps, options: BelowTitleOptions) -> Iterator[MatcherHit]:
    """Each short line between the known title and the first line of prose that stands with scraps: names, labels.

    It stands between two scraps, or it looks like a name and has one below it. A line that ends like a sentence or
    with a colon, and any other one, may be the deck, an epigraph or the first subhead and stays. More than a few of
    them are a list: ingredients, results, particulars.
    """
    _, positions = view.compute_once(_find_titles)
    if not positions or not has_running_prose(view):
        return
    found = []
    for i in first_lines(view, _HEAD_LINES * 2)[positions[0] + 1 :]:
        if view.is_prose(i):
            break
        text = view.lines[i].strip()  # "NEWFORD -" is a dateline on a line of its own: the dash is evidence
        if count_words(text) <= options.words and not ends_sentence(text) and text[-1:] not in ":,;-–—":
            if "\t" in text or is_bulleted(text):
                return
            if i not in scraps and _stands_with_scraps(view, i, scraps):
                found.append(i)
    if len(found) <= _MOST_BELOW:
        for i in found:
            yield MatcherHit(i, i)


def _stands_with_scraps(view: TextView, index: int, scraps: Scraps) -> bool:
    """Whether a scrap stands below a line, and another one above it or the line looks like a name."""
    if not _is_known(view.next(index), scraps):
        return False
    return _is_known(view.previous(index), scraps) or _NAME.fullmatch(view.lines[index].strip()) is not None


def _head(view: TextView) -> list[int]:
    return first_lines(view, _HEAD_LINES)


def _find_titles(view: TextView) -> tuple[list[int], list[int]]:
    """The first lines with text, and the positions of the known title among them: none when it is not there.

    A line of prose above it means that it is no headline but a link to the article itself; an unfinished line, that
    it stands in a poem or a list. A further copy above running prose has the very same words.
    """
    if not view.document.title:
        return [], []
    head = view.compute_once(_head)
    title = words_of(view.document.title)
    found: list[int] = []
    for position, i in enumerate(head if title else ()):
        line = view.lines[i] if len(view.lines[i]) <= LONGEST_TITLE else ""
        words = words_of(line)
        without_site = _SITE_SUFFIX.sub("", line) if any(map(line.__contains__, _DASHES)) else line
        nearly = not found or not has_running_prose(view)
        if (words if without_site == line else words_of(without_site)) == title or (
            nearly and not ends_full(line) and _is_same_title(words, title)
        ):
            found.append(position)
        elif view.is_prose(i) or view.lines[i].rstrip().endswith((",", ";", ":")):
            break
    return head, found


def _is_same_title(line: Sequence[str], title: Sequence[str]) -> bool:
    """Whether a line is the title: the same words, with a site name or a kicker more or less, or nearly so.

    A line that begins with all of the title and goes on is the first sentence of the text, and not the title.
    """
    if line == title:
        return True
    shorter, longer = sorted((line, title), key=len)
    if len(shorter) < 4 or (longer is line and line[: len(title)] == title):
        return False
    if f" {' '.join(shorter)} " in f" {' '.join(longer)} ":
        return len(longer) - len(shorter) <= _EXTRA_WORDS or len(shorter) * 2 >= len(longer)
    if 2 * len(shorter) < _SIMILAR * (len(shorter) + len(longer)):
        return False  # so much is missing that the rest cannot be similar enough; a long title takes its square of time
    from difflib import SequenceMatcher  # importing cleaner must stay quick

    matcher = SequenceMatcher(None, line, title, autojunk=False)
    return matcher.quick_ratio() >= _SIMILAR and matcher.ratio() >= _SIMILAR  # the first is never less
