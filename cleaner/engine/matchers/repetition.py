"""Matchers for what stands twice: in a line, in a text, in many documents of a site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import regex

from cleaner.engine.matchers.base import LONGEST_TITLE, MatcherHit, NoOptions, has_running_prose
from cleaner.model import Zone
from cleaner.text.lines import TextView, is_bulleted, is_spoken
from cleaner.text.normalize import fold
from cleaner.text.prose import count_words, ends_sentence
from cleaner.text.site_lines import LONGEST_LINE, is_everywhere, line_hash
from cleaner.text.zones import find_zones

__all__ = ["doubled_line", "printed_twice", "repeated_line"]

_SHORTEST_PARAGRAPH = 40
_SHORTEST_DOUBLE = 20
_CALL_WORDS = 3
_SPOKEN_WORDS = 5
_TABLE_HEAD = regex.compile(r"(?:\S.*?(?:\t\s*| {2,}|\|[ \t|]*)){3}")  # two columns, twice
_LETTER = regex.compile(r"\p{L}")


def printed_twice(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """A line of prose that stands twice, one below the other: found is the second copy, so no text is lost.

    Pages print the description of a picture and its caption so, and pull quotes. Songs and dialogue repeat lines too,
    so nothing is found in a text without running prose.
    """
    long = [line.strip() for line in view.lines if len(line) >= _SHORTEST_PARAGRAPH]
    if len(set(long)) == len(long) or not has_running_prose(view):
        return
    for i in range(len(view.lines)):
        if len(view.lines[i]) >= _SHORTEST_PARAGRAPH and view.is_prose(i):
            j = view.next(i)
            if j >= 0 and view.lines[j].strip() == view.lines[i].strip():
                yield MatcherHit(j, j)


def doubled_line(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """A line that says the same twice, as a linked headline with the description of its picture does.

    A row of a table may name the columns of two tables side by side. What is short and ends like a sentence is said
    twice ("Come back! Come back!"), and so is any line of a text without running prose: a song, subtitles.
    """
    for i, line in enumerate(view.lines):
        if _SHORTEST_DOUBLE <= len(line) <= LONGEST_TITLE:
            # The first word stands a second time: asked first, since splitting every line costs more.
            if line.find(line[: line.find(" ", 1)], 1) < 0:
                continue
            words = line.split()
            half, odd = divmod(len(words), 2)
            if half < 2 or odd or words[:half] != words[half:] or len(set(words)) == 1:
                continue
            if _TABLE_HEAD.match(line.strip()):
                continue
            if (half > _SPOKEN_WORDS or not _ends_spoken(words[-1])) and has_running_prose(view):
                yield MatcherHit(i, i)


def _ends_spoken(word: str) -> bool:
    return ends_sentence(word) or word.endswith((",", ";", "，", "、"))


def repeated_line(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """A line that recurs on the document's site.

    What articles themselves repeat stays: subheads, speakers, answers, items of lists, rows of tables, numbers,
    direct speech, the title. A line between paragraphs and one that reads as prose go only when nearly all documents
    of the site have them.
    """
    if not view.document.repeated:
        return
    known = _known_lines(view)
    zones = find_zones(view, known)
    title = fold(view.document.title)
    keys = Counter(view.key(i) for i in known)
    for i, everywhere in known.items():
        outside = zones.of(i) in (Zone.HEAD, Zone.TAIL)
        if view.key(i) == title or _may_be_content(view, i, keys[view.key(i)] > 1):
            continue
        if outside:
            goes = everywhere or not _has_company(view, i, known)
        else:
            goes = everywhere and (view.is_prose(i) or _interrupts(view, i))
        if goes:
            yield MatcherHit(i, i)


def _known_lines(view: TextView) -> dict[int, bool]:
    """The lines that recur, by index, and whether they stand everywhere. Prose that does not is the article's."""
    known = {}
    repeated = view.document.repeated
    for i, line in enumerate(view.lines):
        if 0 < len(line) <= LONGEST_LINE and view.key(i):
            hashed = line_hash(view.key(i))
            everywhere = is_everywhere(hashed, repeated)
            if hashed in repeated and (everywhere or not view.is_prose(i)):
                known[i] = everywhere
    return known


def _may_be_content(view: TextView, index: int, again: bool) -> bool:
    """Whether a line has a shape that articles repeat: a number, a row, direct speech, a speaker, an item.

    A label is a speaker when it stands in the text ``again`` or when something is said below it.
    """
    line = view.lines[index]
    if not _LETTER.search(line) or "\t" in line.strip() or "|" in line or is_spoken(line):
        return True
    if line.rstrip().endswith((":", "：")):
        below = view.next(index)
        return again or (below >= 0 and (view.is_prose(below) or ends_sentence(view.lines[below])))
    return is_bulleted(line)


def _interrupts(view: TextView, index: int) -> bool:
    """Whether a line that stands everywhere reads as no subhead, answer or speaker: "Ingredients", "Yes.", "Q"."""
    line = view.lines[index]
    return count_words(line) >= _CALL_WORDS and line.rstrip()[-1:] not in ":：?"


def _has_company(view: TextView, index: int, known: Mapping[int, bool]) -> bool:
    """Whether a line stands among short lines that do not recur, or first of all, where the title stands."""
    above, below = view.previous(index), view.next(index)
    return above < 0 or all(i >= 0 and i not in known and not view.is_prose(i) for i in (above, below))
