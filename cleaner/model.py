"""Values that every layer shares. They import nothing and nothing changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["METADATA_FIELDS", "Document", "Edit", "RepairStep", "Zone"]

METADATA_FIELDS = (
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
)
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


@dataclass(frozen=True, slots=True)
class RepairStep:
    """One step from the decoded input to the repaired text.

    ``edits`` point into the text before the step, ``inverse`` into the text after it and lead back.
    """

    name: str
    edits: tuple[Edit, ...]
    inverse: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about a text besides the text itself. Every field is optional."""

    title: str = ""
    url: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    repeated: frozenset[int] = frozenset()
    """Lines that recur on the document's site, as :mod:`cleaner.repetition` finds them."""

    @property
    def known(self) -> Mapping[str, str]:
        """The fields that are known, by metadata name."""
        pairs = {"title": self.title, "author": self.author, "date": self.date, "site": self.site}
        return {name: value for name, value in pairs.items() if value}
