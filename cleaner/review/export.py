"""What becomes of verdicts: golden cases, entries that spare lines from rules, and rows to fit a model on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from cleaner.authoring.draft_toml import toml_string
from cleaner.model import DocumentInfo, Edit
from cleaner.pipeline import Cleaner
from cleaner.report.documents import Document
from cleaner.review.verdicts import Verdict
from cleaner.rules.ruleset import RuleSet
from cleaner.text import edits as editing

__all__ = ["Case", "Export", "Judged", "export", "judged", "overrides_toml", "training_row"]

_LONGEST_NAME = 40
_BLANK_LINES = re.compile(r"\n{3,}")
_HEAD = "# Lines that a reviewer wants back: put this into cleaner.toml, or teach the rules to tell them apart.\n\n"
_LEFT = "review.left"  # the rule of the edit that a person made by saying "scrap"


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with the verdicts on it.

    Attributes:
        document: the document; its text is known.
        right, wrong: the removals that were judged.
        open: the removals that were not.
        scraps: the lines that were left and are scraps, as whole lines with their newlines.
        lost: how many verdicts are about something that the document does not have any more.
    """

    document: Document
    right: tuple[Edit, ...] = ()
    wrong: tuple[Edit, ...] = ()
    open: tuple[Edit, ...] = ()
    scraps: tuple[Edit, ...] = ()
    lost: int = 0

    @property
    def text(self) -> str:
        """The repaired text."""
        return self.document.text or ""

    @property
    def original(self) -> str:
        """The text as it was read."""
        return editing.apply(self.text, self.document.repairs)

    @property
    def is_complete(self) -> bool:
        """Whether every removal was judged, so that it is known what the whole text should become."""
        return not self.open and bool(self.right or self.wrong or self.scraps)

    @property
    def expected(self) -> str:
        """What should come out: without what was rightly removed, and without the scraps that were left."""
        kept = [edit for edit in self.document.edits if edit not in self.wrong]
        edits = [*kept, *(one for one in self.scraps if not any(_overlap(one, edit) for edit in kept))]
        text = editing.apply(self.text, sorted(edits))
        return _BLANK_LINES.sub("\n\n", text).strip("\n") + "\n" if self.scraps else text


@dataclass(frozen=True, slots=True)
class Case:
    """A golden case: the name of its folder, and its files."""

    name: str
    files: Mapping[str, bytes]


@dataclass(slots=True)
class Export:
    """What was made of verdicts.

    Attributes:
        cases: golden cases, of documents in which every removal was judged.
        overrides: the text of a configuration that spares the lines that were wrongly removed; "" for none.
        rows: rows for ``clean fit``.
        notes: what could not be used, for the user.
    """

    cases: list[Case] = field(default_factory=list)
    overrides: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def export(
    documents: Iterable[Document], verdicts: Sequence[Verdict], cleaner: Cleaner, profile: str = "default"
) -> Export:
    """Make what can be made of verdicts.

    Args:
        documents: those that were reviewed; others are passed over.
        verdicts: those that count, as :func:`cleaner.review.verdicts.latest` gives them.
        cleaner: tells whether a golden case holds now, or shows a failure that is known from now on.
        profile: the profile of the cases.
    """
    by_document: dict[str, list[Verdict]] = {}
    for one in verdicts:
        by_document.setdefault(one.document, []).append(one)
    made, found = Export(), list[Judged]()
    for document in documents:
        mine = by_document.pop(document.name, None)
        if not mine:
            continue
        if document.text is None:
            made.notes.append(f"{document.name}: its text is not known; name the results of the run with --cleaned")
            continue
        found.append(judged(document, mine))
        if lost := found[-1].lost:
            made.notes.append(f"{document.name}: {lost} verdicts are about something that is not there any more")
    made.notes += [f"{name}: is not among the documents" for name in by_document]
    made.cases = [_case(one, cleaner, profile) for one in found if one.is_complete]
    made.rows = [training_row(one) for one in found]
    made.overrides = overrides_toml(found, cleaner.rules)
    return made


def judged(document: Document, verdicts: Sequence[Verdict]) -> Judged:
    """A document with the verdicts on it; those that do not fit its text are only counted."""
    given = {(one.start, one.end, one.rule): one.verdict for one in verdicts if one.kind == "removal"}
    by_verdict: dict[str, list[Edit]] = {"right": [], "wrong": [], "": []}
    for edit in document.edits:
        by_verdict[given.pop((edit.start, edit.end, edit.rule), "")].append(edit)
    scraps, lost = list[Edit](), len(given)
    text = document.text or ""
    for one in verdicts:
        if one.kind == "line":
            fits = one.text.strip() and text[one.start : one.end] == one.text
            scraps += [_whole_lines(text, one.start, one.end)] if fits else []
            lost += not fits
    return Judged(
        document,
        tuple(by_verdict["right"]),
        tuple(by_verdict["wrong"]),
        tuple(by_verdict[""]),
        tuple(_disjoint(scraps)),
        lost,
    )


def _whole_lines(text: str, start: int, end: int) -> Edit:
    """The removal of the lines in which a piece stands."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(start, end - 1))
    return Edit(first, len(text) if last < 0 else last + 1, "", _LEFT)


def _disjoint(edits: Iterable[Edit]) -> Iterator[Edit]:
    at = 0
    for edit in sorted(edits):
        if edit.start >= at:
            yield edit
            at = edit.end


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end


def training_row(one: Judged) -> dict[str, Any]:
    """The row of a document for ``clean fit``: with the body where it is known, else with pieces that stay and go."""
    document = one.document
    row: dict[str, Any] = {"id": document.name, "text": one.original}
    known = {"title": document.title, "url": document.url, "site": document.site, "lang": document.language}
    row |= {key: value for key, value in known.items() if value}
    if one.is_complete:
        return row | {"gold": one.expected}
    goes = [*_pieces(one.text, one.right), *_pieces(one.text, one.scraps)]
    return row | {"with": _pieces(one.text, one.wrong), "without": goes}


def _pieces(text: str, edits: Iterable[Edit]) -> list[str]:
    """The lines that edits take, without the blanks around them."""
    pieces = (line.strip() for edit in edits for line in text[edit.start : edit.end].split("\n"))
    return [piece for piece in pieces if piece]


def _case(one: Judged, cleaner: Cleaner, profile: str) -> Case:
    document = one.document
    info = DocumentInfo(title=document.title, url=document.url)
    comes_out = cleaner.clean_document(one.original, info).text
    settings = {
        "label": f"reviewed: {document.name}",
        "language": document.language,
        "origin": document.site,
        "profile": profile,
        "title": document.title,
        "url": document.url,
        "expect": "pass" if comes_out == one.expected else "known-failure",
    }
    lines = [f"{key} = {toml_string(value)}\n" for key, value in settings.items() if value]
    files = {
        "input.txt": one.original.encode("utf-8", "surrogatepass"),
        "expected.txt": one.expected.encode("utf-8", "surrogatepass"),
        "case.toml": "".join(lines).encode("utf-8", "surrogatepass"),
    }
    return Case(_case_name(document.name), files)


def _case_name(name: str) -> str:
    """The name of a folder, from that of a document: readable, and different for different documents.

    >>> _case_name("news/A bridge.txt:3")
    'news-a-bridge-txt-3-cb76e6'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[-_LONGEST_NAME:].strip("-")
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
    return f"{slug}-{digest}" if slug else digest


def overrides_toml(found: Iterable[Judged], rules: RuleSet) -> str:
    """A configuration that spares what was wrongly removed: ``except-lines`` for lines, ``unless`` for pieces of lines.

    Each of them stands among the examples that the rule must keep as well.
    """
    lines: dict[str, dict[str, None]] = {}
    spans: dict[str, dict[str, None]] = {}
    for one in found:
        for edit in one.wrong:
            if edit.rule not in rules:
                continue
            line, is_whole = _line_around(one.text, edit)
            if line:
                (lines if is_whole else spans).setdefault(edit.rule, {})[line] = None
    parts = []
    for rule in sorted({*lines, *spans}):
        parts.append(f"[overrides.{toml_string(rule)}]\n")
        if rule in lines:
            parts.append(f"except-lines = {_array(lines[rule])}\n")
        if rule in spans:
            patterns = [rf"^\s*{regex.escape(text, literal_spaces=True)}\s*$" for text in spans[rule]]
            parts.append(f"unless.line = {_array(patterns)}\n")
        parts.append(f"examples.keeps = {_array({**lines.get(rule, {}), **spans.get(rule, {})})}\n")
        parts.append("\n")
    return _HEAD + "".join(parts).rstrip("\n") + "\n" if parts else ""


def _line_around(text: str, edit: Edit) -> tuple[str, bool]:
    """The first line that an edit takes something from, and whether it takes all of it."""
    taken = text[edit.start : edit.end]
    start = edit.start + len(taken) - len(taken.lstrip())
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start)
    end = len(text) if last < 0 else last
    return text[first:end].strip(), edit.start <= first and edit.end >= end and not edit.replacement


def _array(texts: Iterable[str]) -> str:
    return "[\n" + "".join(f"  {toml_string(text)},\n" for text in texts) + "]"
