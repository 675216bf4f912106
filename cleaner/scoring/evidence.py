"""The evidence on each line of a text: its shape, its place, what it shares with the rest, and the words in it.

The text is what the rules left. Nothing here knows weights: a model says what the evidence is worth.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.line_cache import LineCache
from cleaner.model import Edit
from cleaner.rules.model import Rule
from cleaner.scoring.company import COMPANY, Company
from cleaner.scoring.places import PLACE, Place, Row
from cleaner.scoring.sections import SECTIONS, Sections, marks_of
from cleaner.scoring.shapes import SHAPE, words_of
from cleaner.scoring.vocabulary import VOCABULARY, Vocabulary
from cleaner.scoring.voices import VOICES, Voices
from cleaner.scoring.wordings import Fitting, Wording, Wordings
from cleaner.text.lines import TextView
from cleaner.text.site_lines import line_hash
from cleaner.text.zones import find_zones

__all__ = ["EVIDENCE", "NO_GAPS", "Gaps", "LineEvidence", "fitting_rules", "gaps_of", "gather"]

_MORE = (
    ("title-distance", "it stands {} lines below the title"),
    ("recurs", "it {recurs/is not known to recur} on its site"),
    ("cells", "it is a row of a table with {} bars"),
)
EVIDENCE: tuple[tuple[str, str], ...] = (*SHAPE, *PLACE, *VOCABULARY, *COMPANY, *SECTIONS, *VOICES, *_MORE)
"""All evidence that is a number: the name of each piece, and what it says in words. A model names those it uses."""

_MOST = {
    "characters": 1000,
    "words": 150,
    "line-number": 40,
    "lines-below": 40,
    "prose-above": 15,
    "prose-below": 15,
    "run": 40,
    "run-place": 40,
    "gone-above": 20,
    "gone-below": 20,
    "since-gone": 30,
    "until-gone": 30,
    "text-lines": 80,
    "text-words": 1500,
    "new-words": 40,
    "names-new": 20,
    "title-distance": 40,
    "cells": 12,
    "counted": 20,
}
"""What counts no further: few texts are that long, and a model would learn the habits of those few."""

_CAPS = tuple((at, _MOST[name]) for at, (name, _) in enumerate(EVIDENCE) if name in _MOST)
_COLUMN = {name: i for i, (name, _) in enumerate(SHAPE)}
_KNOWN, _TITLED = (
    next(i for i, (one, _) in enumerate(VOCABULARY) if one == name) for name in ("known-words", "title-words")
)
_CLOCK = _COLUMN["clock"]
_SAME_TITLE = 0.7
_NO_TITLE = -100  # lines: no line repeats the title


class LineEvidence(NamedTuple):
    """What is known about a line.

    Attributes:
        line: the index of the line in the view.
        values: a number for each piece of :data:`EVIDENCE`.
        tokens: the numbers of its words and pieces of words.
    """

    line: int
    values: list[float]
    tokens: list[int]


class Gaps(NamedTuple):
    """Where rules removed lines.

    Attributes:
        before: how many lines went right above a line, by its index in the cleaned text.
        at_end: how many went below the last line.
        marks: which marks of sections were among those right above a line, by its index.
    """

    before: Mapping[int, int]
    at_end: int = 0
    marks: Mapping[int, int] = {}


NO_GAPS = Gaps({})


def gaps_of(repaired: str, edits: Iterable[Edit], cleaned: TextView) -> Gaps:
    """Where lines went, from the edits that led from a repaired text to a cleaned one.

    >>> gaps_of("Share\\nThe council met.\\nMenu\\n", [Edit(0, 6, "", "a.a"), Edit(23, 28, "", "b.b")],
    ...     TextView("The council met.\\n"))
    Gaps(before={0: 1}, at_end=1, marks={})
    """
    before: dict[int, int] = {}
    marks: dict[int, int] = {}
    at_end = shift = 0
    last = max((i for i in range(len(cleaned.lines)) if not cleaned.is_blank(i)), default=-1)
    for edit in edits:
        gone = repaired[edit.start : edit.end]
        place = edit.start + shift
        shift += len(edit.replacement) - len(gone)
        if "\n" not in gone and place + len(gone) < len(repaired):
            continue
        lines = sum(bool(line.strip()) for line in gone.split("\n"))
        index = bisect_right(cleaned.starts, place, 0, len(cleaned.lines)) - 1
        if place > cleaned.starts[index]:
            index += 1
        while index <= last and cleaned.is_blank(index):
            index += 1
        if index > last:
            at_end += lines
        else:
            before[index] = before.get(index, 0) + lines
            if mark := marks_of((edit.scrap_class,)):
                marks[index] = marks.get(index, 0) | mark
    return Gaps(before, at_end, marks)


def fitting_rules(rules: CompiledRules, cache: LineCache | None = None) -> Fitting:
    """The rules that fit lines.

    Args:
        rules: rules that are asked.
        cache: what other rules said already; it must know the lines.
    """

    def fitting(lines: Sequence[str]) -> list[list[Rule]]:
        found = rules.fits(lines).lines
        more = cache.lines if cache else {}
        known = cache.rules.rules if cache else ()
        return [
            [rules.rules[match.rule] for match in found.get(line, ())]
            + [known[match.rule] for match in more.get(line, ())]
            for line in lines
        ]

    return fitting


def gather(view: TextView, gaps: Gaps, wordings: Wordings) -> list[LineEvidence]:
    """The evidence on every line of a text that is not blank, in order.

    Args:
        view: the text that the rules left, with what is known about the document.
        gaps: where rules removed lines.
        wordings: what lines say by themselves.
    """
    indices = [i for i in range(len(view.lines)) if not view.is_blank(i)]
    if not indices:
        return []
    found = wordings.of([view.lines[i] for i in indices])
    rows = _rows(view, indices, found, gaps)
    place = Place(rows, gaps.at_end)
    keys = [view.key(i) for i in indices]
    title = view.document.title
    vocabulary = Vocabulary([one.words for one in found], keys, [row.is_prose for row in rows], words_of(title))
    shared = [vocabulary.evidence(at) for at in range(len(rows))]
    company = Company(rows, [values[_KNOWN] for values in shared], [values[_TITLED] for values in shared])
    sections = Sections(
        rows,
        [one.marks | gaps.marks.get(i, 0) for i, one in zip(indices, found, strict=True)],
        [one.shape[_CLOCK] > 0 for one in found],
    )
    voices = Voices([len(one.words) for one in found], [one.persons for one in found], [row.is_prose for row in rows])
    title_at = _title_line(vocabulary, len(rows)) if title else -1
    repeated = view.document.repeated
    return [
        LineEvidence(
            i,
            _capped(
                [
                    *found[at].shape,
                    *place.evidence(at),
                    *shared[at],
                    *company.evidence(at),
                    *sections.evidence(at),
                    *voices.evidence(at),
                    max(at - title_at, _NO_TITLE) if title_at >= 0 else _NO_TITLE,
                    bool(repeated) and line_hash(keys[at]) in repeated,
                    _bars(view.lines[i]),
                ]
            ),
            found[at].tokens,
        )
        for at, i in enumerate(indices)
    ]


def _bars(line: str) -> int:
    """How many bars a row of a table has, as extractors write tables; 0 for another line."""
    return line.count("|") if line.startswith("|") else 0


def _capped(values: list[float]) -> list[float]:
    for at, most in _CAPS:
        if values[at] > most:
            values[at] = most
    return values


def _rows(view: TextView, indices: Sequence[int], wordings: Sequence[Wording], gaps: Gaps) -> list[Row]:
    zones = find_zones(view)
    return [
        Row(
            words=int(one.shape[_COLUMN["words"]]),
            characters=int(one.shape[_COLUMN["characters"]]),
            last=int(one.shape[_COLUMN["last"]]),
            first=int(one.shape[_COLUMN["first"]]),
            capitals=one.shape[_COLUMN["capitalised"]],
            is_prose=view.is_prose(i),
            zone=zones.of(i),
            has_blank_above=i > 0 and view.is_blank(i - 1),
            gone_above=gaps.before.get(i, 0),
            confidence=one.confidence,
            number=_number(one.words),
        )
        for i, one in zip(indices, wordings, strict=True)
    ]


def _number(words: Sequence[str]) -> int:
    """The number that a line begins with, as lists are counted; -1 when it begins with none."""
    return int(words[0]) if words and len(words[0]) <= 3 and words[0].isdecimal() else -1


def _title_line(vocabulary: Vocabulary, count: int) -> int:
    """The first line that says about what the title says, or -1."""
    return next((i for i in range(min(count, 60)) if vocabulary.title_overlap(i) >= _SAME_TITLE), -1)
