"""Values that every layer shares. They import nothing and nothing changes them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple, get_args

__all__ = ["METADATA_FIELDS", "DocumentInfo", "Edit", "MetadataField", "RepairStep", "ScoredSpan", "Zone"]

MetadataField = Literal[
    "agency",
    "author",
    "date",
    "editor",
    "language",
    "photographer",
    "reading_time",
    "reporter",
    "site",
    "source",
    "title",
    "updated",
]
METADATA_FIELDS: tuple[MetadataField, ...] = get_args(MetadataField)
"""What a rule may harvest from the text it removes: the names allowed for named groups in patterns."""


class Zone(StrEnum):
    """Part of an article, anchored in its prose: above the first line of prose, below the last, between.

    The deck is the beginning of the body: what stands between the first and the second line of prose. Where the
    first is a standfirst, bylines and dates follow below it.
    """

    HEAD = "head"
    DECK = "deck"
    BODY = "body"
    TAIL = "tail"
    ANY = "any"

    def is_in(self, wanted: Container[Zone]) -> bool:
        """Whether a line of this zone lies in one of the zones a rule wants; the deck is part of the body.

        >>> Zone.DECK.is_in([Zone.BODY]), Zone.HEAD.is_in([Zone.ANY]), Zone.TAIL.is_in([Zone.HEAD])
        (True, True, False)
        """
        return self in wanted or Zone.ANY in wanted or (self is Zone.DECK and Zone.BODY in wanted)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``text[start:end]`` by ``replacement``; an empty replacement removes.

    Offsets are half-open code-point offsets into the text that the edit belongs to. ``rule`` is the id of the
    rule (or repair step) that asked for it; the part before its first dot is the class of scrap.

    >>> Edit(0, 5, "", "ad-marker.label").scrap_class
    'ad-marker'
    """

    start: int
    end: int
    replacement: str
    rule: str

    @property
    def scrap_class(self) -> str:
        return self.rule.partition(".")[0]


class ScoredSpan(NamedTuple):
    """The probability, 0 to 1, that ``text[start:end]`` is a scrap. Half-open code-point offsets."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One step from the decoded input to the repaired text.

    ``edits`` point into the text before the step, ``inverse`` into the text after it and lead back.
    """

    name: str
    edits: tuple[Edit, ...]
    inverse: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What is known about a text besides the text itself. Every field is optional."""

    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: frozenset[int] = frozenset()
    """Lines that recur on the document's site, as :mod:`cleaner.text.site_lines` finds them."""

    @property
    def known(self) -> Mapping[str, str]:
        """The fields that are known, by metadata name."""
        pairs = {"title": self.title, "author": self.author, "date": self.date, "site": self.site}
        return {name: value for name, value in pairs.items() if value}
