"""Sums over the documents of a run: by class, rule, place, site, language and flag. They grow document by document."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cleaner.report.documents import Document
from cleaner.report.tally import Tally
from cleaner.text.prose import count_words

__all__ = ["PLACES", "Group", "Totals"]

PLACES = 10
"""How many parts a text has for the figure on places: tenths of its length."""


@dataclass(slots=True)
class Group:
    """What was done to the documents of a site, or of a language."""

    documents: int = 0
    changed: int = 0
    edits: int = 0

    def add(self, document: Document) -> None:
        """Count a document."""
        self.documents += 1
        self.changed += bool(document.edits)
        self.edits += len(document.edits)


@dataclass(slots=True)
class Totals:
    """What was done to all documents.

    Attributes:
        documents, changed, flagged: how many there are, were edited, and carry a flag.
        edits, words: how many edits there were, and how many words they took.
        removed, length: code points that were removed, and those of the texts whose length is known.
        repairs, repaired: changes by the repair, and documents with any.
        rules, sites, languages, flags: the same by the name of each.
        places: how many edits begin in each tenth of their text, of the texts whose length is known.

    >>> totals = Totals()
    >>> totals.add(Document(name="a.txt", flags=("paywall",)))
    >>> totals.documents, totals.flags
    (1, Counter({'paywall': 1}))
    """

    documents: int = 0
    changed: int = 0
    flagged: int = 0
    edits: int = 0
    words: int = 0
    removed: int = 0
    length: int = 0
    repairs: int = 0
    repaired: int = 0
    rules: dict[str, Tally] = field(default_factory=dict)
    sites: dict[str, Group] = field(default_factory=dict)
    languages: dict[str, Group] = field(default_factory=dict)
    flags: Counter[str] = field(default_factory=Counter)
    places: list[int] = field(default_factory=lambda: [0] * PLACES)

    def add(self, document: Document) -> None:
        """Count a document."""
        self.documents += 1
        self.changed += bool(document.edits)
        self.flagged += bool(document.flags)
        self.flags.update(document.flags)
        self.removed += document.removed if document.length else 0
        self.length += document.length
        changes = sum(document.repaired.values())
        self.repairs += changes
        self.repaired += bool(changes)
        self.sites.setdefault(document.site, Group()).add(document)
        self.languages.setdefault(document.language, Group()).add(document)
        self._add_edits(document)

    def _add_edits(self, document: Document) -> None:
        self.edits += len(document.edits)
        for edit, piece in zip(document.edits, document.pieces, strict=True):
            self.rules.setdefault(edit.rule, Tally()).add(piece)
            self.words += count_words(piece)
            if document.length:
                self.places[min(PLACES - 1, edit.start * PLACES // document.length)] += 1
        for rule in {edit.rule for edit in document.edits}:
            self.rules[rule].documents += 1
