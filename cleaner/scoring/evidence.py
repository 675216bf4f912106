"""The evidence on each line of a text: its shape, its place, what it shares with the rest, and the words in it.

The text is what the rules left. Nothing here knows weights: a model says what the evidence is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.line_cache import LineCache
from cleaner.rules.model import Rule
from cleaner.scoring.company import COMPANY, Company
from cleaner.scoring.gaps import GAPS, NO_GAPS, Gaps, gap_evidence
from cleaner.scoring.places import PLACE, Place, Row
from cleaner.scoring.sections import SECTIONS, Sections
from cleaner.scoring.shapes import SHAPE, words_of
from cleaner.scoring.vocabulary import VOCABULARY, Vocabulary, terms_of
from cleaner.scoring.voices import VOICES, Voices
from cleaner.scoring.wordings import Fitting, Wording, Wordings
from cleaner.text.lines import TextView
from cleaner.text.site_lines import line_hash
from cleaner.text.zones import find_zones

__all__ = ["EVIDENCE", "LineEvidence", "TextEvidence", "fitting_rules"]

_MORE = (
    ("title-distance", "it stands {} lines below the title"),
    ("recurs", "it {recurs/is not known to recur} on its site"),
    ("cells", "it is a row of a table with {} bars"),
)
EVIDENCE: tuple[tuple[str, str], ...] = (*SHAPE, *PLACE, *VOCABULARY, *COMPANY, *VOICES, *_MORE, *GAPS, *SECTIONS)
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
    "text-lines": 80,
    "text-words": 1500,
    "new-words": 40,
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
        wording: what it says by itself.
    """

    line: int
    values: list[float]
    wording: Wording


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


class TextEvidence:
    """The evidence on every line of a text that is not blank.

    What rules removed is asked for apart. So a text of which the scorer took nothing is looked at again as a text
    without gaps, and that costs little.

    Args:
        view: the text that the rules left, with what is known about the document.
        wordings: what lines say by themselves.

    >>> text = TextEvidence(TextView("The council met.\\n"), Wordings(lambda lines: [()] * len(lines)))
    >>> [one.line for one in text.lines(NO_GAPS)]
    [0]
    """

    def __init__(self, view: TextView, wordings: Wordings) -> None:
        self.view = view
        self._indices = [i for i in range(len(view.lines)) if not view.is_blank(i)]
        self._wordings = wordings.of([view.lines[i] for i in self._indices])
        self._rows = _rows(view, self._indices, self._wordings)
        self._fixed = self._about_lines()

    def lines(self, gaps: Gaps) -> list[LineEvidence]:
        """The evidence on the lines, in order.

        Args:
            gaps: where rules removed lines.
        """
        removed = gap_evidence([gaps.before.get(i, 0) for i in self._indices], gaps.at_end)
        sections = self._sections(gaps) if gaps.marks else self._plain_sections
        return [
            LineEvidence(i, [*fixed, *gone, *section], wording)
            for i, fixed, gone, section, wording in zip(
                self._indices, self._fixed, removed, sections, self._wordings, strict=True
            )
        ]

    @cached_property
    def _plain_sections(self) -> list[list[float]]:
        return self._sections(NO_GAPS)

    def _sections(self, gaps: Gaps) -> list[list[float]]:
        marks = [one.marks | gaps.marks.get(i, 0) for i, one in zip(self._indices, self._wordings, strict=True)]
        sections = Sections(self._rows, marks, [one.shape[_CLOCK] > 0 for one in self._wordings])
        return [sections.evidence(at) for at in range(len(self._rows))]

    def _about_lines(self) -> list[list[float]]:
        """What does not depend on what rules removed."""
        view, rows, found = self.view, self._rows, self._wordings
        if not rows:
            return []
        place = Place(rows)
        keys = [view.key(i) for i in self._indices]
        is_prose = [row.is_prose for row in rows]
        title = view.document.title
        vocabulary = Vocabulary([one.terms for one in found], keys, is_prose, terms_of(words_of(title)))
        shared = [vocabulary.evidence(at) for at in range(len(rows))]
        company = Company(rows, [values[_KNOWN] for values in shared], [values[_TITLED] for values in shared])
        voices = Voices([len(one.words) for one in found], [one.persons for one in found], is_prose)
        title_at = _title_line(vocabulary, len(rows)) if title else -1
        repeated = view.document.repeated
        return [
            _capped(
                [
                    *one.shape,
                    *place.evidence(at),
                    *shared[at],
                    *company.evidence(at),
                    *voices.evidence(at),
                    max(at - title_at, _NO_TITLE) if title_at >= 0 else _NO_TITLE,
                    bool(repeated) and line_hash(keys[at]) in repeated,
                    _bars(view.lines[i]),
                ]
            )
            for at, (i, one) in enumerate(zip(self._indices, found, strict=True))
        ]


def _bars(line: str) -> int:
    """How many bars a row of a table has, as extractors write tables; 0 for another line."""
    return line.count("|") if line.startswith("|") else 0


def _capped(values: list[float]) -> list[float]:
    for at, most in _CAPS:
        if values[at] > most:
            values[at] = most
    return values


def _rows(view: TextView, indices: Sequence[int], wordings: Sequence[Wording]) -> list[Row]:
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
