"""A document as a report shows it: from a line of an audit, or from the results of two cleaners."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.batch.audit import language_of
from cleaner.model import DocumentInfo, Edit
from cleaner.pipeline import CleanResult
from cleaner.text import edits as editing

__all__ = ["Document", "document_of_audit", "document_of_result", "heading_of", "repairs_of"]

_LONGEST_HEADING = 80  # code points


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What was done to one document. Offsets are half-open code points of the repaired text.

    Attributes:
        name: the file, and behind a colon the row.
        edits: sorted, disjoint edits of the repaired text.
        pieces: for each edit, the text it took.
        text: the repaired text; None where only the audit is there.
        before: the edits of the older rules, where two rule sets are compared.
        repairs: what the repair changed: edits of the repaired text that lead back to the text as it was read.
        length: how long the repaired text is, in code points; 0 where nobody knows.
        repaired: how many changes each step of the repair made.
        title, url, site, language: what is known besides; "" where it is not.
        metadata: what was harvested, and what was known.
        flags: those of the result.
    """

    name: str
    edits: tuple[Edit, ...] = ()
    pieces: tuple[str, ...] = ()
    text: str | None = None
    before: tuple[Edit, ...] = ()
    repairs: tuple[Edit, ...] = ()
    length: int = 0
    repaired: Mapping[str, int] = field(default_factory=dict)
    title: str = ""
    url: str = ""
    site: str = ""
    language: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()

    @property
    def removed(self) -> int:
        """How many code points were removed; replacements do not count."""
        return sum(len(piece) for edit, piece in zip(self.edits, self.pieces, strict=True) if not edit.replacement)

    @property
    def share(self) -> float | None:
        """The share of the text that was removed, 0 to 1; None where the length is not known."""
        return self.removed / self.length if self.length else None


def heading_of(document: Document) -> str:
    """What a list calls a document: its title, else the first line that stays, else its name.

    >>> ad = Edit(0, 3, "", "ad-marker.label")
    >>> heading_of(Document(name="a.txt", text="Ad\\nThe council met.\\n", edits=(ad,)))
    'The council met.'
    """
    if document.title or document.text is None:
        return document.title or document.name
    lines = (line.strip() for line in editing.apply(document.text, document.edits).split("\n"))
    first = next(filter(None, lines), document.name)
    return first if len(first) <= _LONGEST_HEADING else first[: _LONGEST_HEADING - 1].rstrip() + "…"


def document_of_audit(line: Mapping[str, Any], text: str | None = None, fields: Mapping[str, Any] = {}) -> Document:
    """The document that a line of an audit is about.

    Args:
        line: the line, as :func:`cleaner.batch.audit.check_line` accepts it.
        text: the repaired text, where it could be restored.
        fields: the fields of its row, where it is one.

    Raises:
        ValueError: the repairs do not fit the text.

    >>> edit = {"rule": "ad-marker.label", "start": 4, "end": 7, "text": "Ad\\n", "replacement": ""}
    >>> line = {"path": "a.jsonl", "row": 3, "edits": [edit], "repairs": [], "length": 30}
    >>> document = document_of_audit(line)
    >>> document.name, document.share
    ('a.jsonl:3', 0.1)
    """
    metadata = {str(key): str(value) for key, value in _table(line, "metadata").items()}
    edits = tuple(
        Edit(edit["start"], edit["start"] + len(edit["text"]), edit["replacement"], edit["rule"])
        for edit in line["edits"]
    )
    return Document(
        name=f"{line['path']}:{line['row']}" if line["row"] else line["path"],
        edits=edits,
        pieces=tuple(edit["text"] for edit in line["edits"]),
        text=text,
        repairs=repairs_of(text, line["repairs"]) if text is not None else (),
        length=len(text) if text is not None else _whole(line.get("length")),
        repaired={str(step.get("step", "")): len(step["inverse"]) for step in line["repairs"]},
        title=metadata.get("title", "") or _first(fields, ("title",)),
        url=_first(fields, ("url",)),
        site=metadata.get("site", "") or _string(line.get("site")),
        language=metadata.get("language", "") or _string(line.get("language")) or language_of(fields),
        metadata={key: value for key, value in metadata.items() if key != "title"},
        flags=tuple(str(flag) for flag in _list(line, "flags")),
    )


def document_of_result(name: str, result: CleanResult, info: DocumentInfo, site: str = "") -> Document:
    """The document that a cleaner made a result of.

    Args:
        name: how the document is called.
        result: the result.
        info: what was known besides the text.
        site: the site it belongs to. One that the text itself names goes before it, as in an audit.

    >>> from cleaner import clean
    >>> result = clean("The council met on Tuesday to vote on the bridge.\\n\\nFollow us on:\\n")
    >>> document_of_result("a.txt", result, DocumentInfo()).pieces
    ('\\nFollow us on:\\n',)
    """
    steps = [
        {"inverse": [(edit.start, edit.end, edit.replacement) for edit in step.inverse]} for step in result.repairs
    ]
    return Document(
        name=name,
        edits=result.edits,
        pieces=tuple(result.repaired[edit.start : edit.end] for edit in result.edits),
        text=result.repaired,
        repairs=repairs_of(result.repaired, steps),
        length=len(result.repaired),
        repaired={step.name: len(step.inverse) for step in result.repairs},
        title=info.title,
        url=info.url,
        site=result.metadata.get("site", "") or site or info.site,
        language=result.metadata.get("language", ""),
        metadata={key: value for key, value in result.metadata.items() if key != "title"},
        flags=result.flags,
    )


def repairs_of(repaired: str, steps: Iterable[Mapping[str, Any]]) -> tuple[Edit, ...]:
    """The edits that lead from a repaired text to the text as it was read, from the steps in an audit.

    >>> repairs_of("It couldn’t.", [{"inverse": [[8, 9, "â€™"]]}])
    (Edit(start=8, end=9, replacement='â€™', rule=''),)
    """
    edits: tuple[Edit, ...] = ()
    middle = repaired
    for step in reversed(list(steps)):
        inverse = [Edit(start, end, text, "") for start, end, text in step["inverse"]]
        editing.check(inverse, len(middle))
        edits = editing.compose(edits, inverse, middle)
        middle = editing.apply(middle, inverse)
    return edits


def _table(line: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = line.get(key)
    return value if isinstance(value, dict) else {}


def _list(line: Mapping[str, Any], key: str) -> list[Any]:
    value = line.get(key)
    return value if isinstance(value, list) else []


def _whole(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _string(value: object) -> str:
    return value if isinstance(value, str) else ""


def _first(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """The first of some fields that holds a text; "" when none does."""
    return next((value for name in names if isinstance(value := fields.get(name), str) and value), "")
