"""The data of a page: totals and rules, an index of the documents, and the documents themselves in compressed chunks.

A browser reads the index at once and a chunk when somebody opens one of its documents, so that ten thousand documents
stay fluent.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.report.catalogue import rule_facts
from cleaner.report.documents import Document, heading_of
from cleaner.report.segments import Segment, segments, segments_without_text
from cleaner.report.totals import Group, Totals
from cleaner.rules.ruleset import RuleSet

__all__ = ["CHUNK", "Heading", "PageBuilder", "PageData"]

CHUNK = 50
"""How many documents are compressed together."""

_MOST_GROUPS = 200  # sites and languages that a page names
_MOST_TEXTS = 60  # texts that the page of a rule shows
_SEARCHED = 1_000  # code points of the removed text that a search looks at


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a page is about.

    Attributes:
        kind: "report", "review" or "diff".
        title: its heading.
        source: the file or folder it was made from, as a person knows it.
        stamp: the digests of the rules and the version, for the foot of the page.
        notes: what the reader should know, such as that the texts are not there.
    """

    kind: str = "report"
    title: str = "What was removed"
    source: str = ""
    stamp: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageData:
    """All data of a page, compressed.

    Attributes:
        overview: totals, rules and index, as gzip of JSON.
        chunks: the documents, as gzip of JSON arrays.
    """

    overview: bytes
    chunks: tuple[bytes, ...]


class PageBuilder:
    """Takes documents one by one and gives the data of a page.

    >>> builder = PageBuilder(RuleSet())
    >>> builder.add(Document(name="a.txt", text="The council met.\\n"))
    >>> data = builder.finish(Totals(), Heading())
    >>> len(data.chunks), json.loads(gzip.decompress(data.overview))["index"][0]["name"]
    (1, 'a.txt')
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._numbers: dict[str, int] = {}  # of rules, in the order in which they are met
        self._index: list[dict[str, Any]] = []
        self._waiting: list[dict[str, Any]] = []
        self._chunks: list[bytes] = []

    def add(self, document: Document, names: Iterable[str] | None = None) -> None:
        """Take a document.

        Args:
            document: the document.
            names: the rules it is found by; by default those of its edits.
        """
        found = dict.fromkeys((edit.rule for edit in document.edits) if names is None else names)
        self._index.append(_index_entry(document, [self._number(rule) for rule in found]))
        self._waiting.append(self._content(document))
        if len(self._waiting) == CHUNK:
            self._pack()

    def finish(self, totals: Totals, heading: Heading, more: Mapping[str, Any] = {}) -> PageData:
        """The data of the page.

        Args:
            totals: the sums over all documents, also over those that were not added.
            heading: what the page is about.
            more: further keys of the overview.
        """
        if self._waiting:
            self._pack()
        for rule in totals.rules:
            self._number(rule)
        overview = {
            "kind": heading.kind,
            "title": heading.title,
            "source": heading.source,
            "stamp": dict(heading.stamp),
            "notes": list(heading.notes),
            "totals": _sums(totals),
            "rules": [self._rule(rule, totals) for rule in self._numbers],
            "places": totals.places if totals.length else [],
            "sites": _groups(totals.sites),
            "languages": _groups(totals.languages),
            "flags": totals.flags.most_common(),
            "chunk": CHUNK,
            "index": self._index,
            **more,
        }
        return PageData(_packed(overview), tuple(self._chunks))

    def _number(self, rule: str) -> int:
        return self._numbers.setdefault(rule, len(self._numbers))

    def _rule(self, rule: str, totals: Totals) -> dict[str, Any]:
        facts = rule_facts(rule, self._rules)
        total = totals.rules.get(rule)
        if total is None:
            return {**facts, "edits": 0, "documents": 0, "words": 0, "texts": []}
        texts = total.texts.most_common(_MOST_TEXTS)
        return {**facts, "edits": total.removals, "documents": total.documents, "words": total.words, "texts": texts}

    def _content(self, document: Document) -> dict[str, Any]:
        if document.text is None:
            found = segments_without_text(document.edits, document.pieces, document.length)
        else:
            found = segments(document.text, document.edits, document.before, document.repairs)
        return {
            "segments": [self._segment(piece) for piece in found],
            "starts": [[edit.start, edit.end] for edit in document.edits],
            "metadata": dict(document.metadata),
            "repaired": dict(document.repaired),
            "whole": document.text is not None,
        }

    def _segment(self, piece: Segment) -> str | dict[str, Any]:
        """A piece as the page has it: a string where nothing happened, else an object of what did."""
        if piece.gap:
            return {"gap": piece.gap}
        happened: dict[str, Any] = {"text": piece.text}
        if piece.rule:
            happened |= {"rule": self._number(piece.rule), "edit": piece.edit}
        if piece.replacement:
            happened["put"] = piece.replacement
        if piece.before:
            happened["before"] = self._number(piece.before)
        if piece.original is not None:
            happened["was"] = piece.original
        return happened if len(happened) > 1 else piece.text

    def _pack(self) -> None:
        self._chunks.append(_packed(self._waiting))
        self._waiting = []


def _index_entry(document: Document, rules: list[int]) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": document.name, "rules": rules}
    searched = " ".join(" ".join(document.pieces).split())[:_SEARCHED]
    values = {
        "title": heading_of(document),
        "site": document.site,
        "lang": document.language,
        "url": document.url,
        "flags": list(document.flags),
        "find": searched,
        "share": round(document.share, 4) if document.share is not None else None,
        "fixed": sum(document.repaired.values()),
        "edits": len(document.edits),
    }
    return entry | {key: value for key, value in values.items() if value}


def _sums(totals: Totals) -> dict[str, int]:
    names = ("documents", "changed", "flagged", "edits", "words", "removed", "length", "repairs", "repaired")
    return {name: getattr(totals, name) for name in names}


def _groups(groups: Mapping[str, Group]) -> list[list[Any]]:
    """Name, documents, changed documents and edits of each group, those with most edits first."""
    found = sorted(groups.items(), key=lambda pair: (-pair[1].edits, -pair[1].documents, pair[0]))
    return [[name, one.documents, one.changed, one.edits] for name, one in found[:_MOST_GROUPS]]


def _packed(value: Any) -> bytes:
    # A lone surrogate is no UTF-8; as an escape of JSON it reaches the page.
    return gzip.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 6, mtime=0)
