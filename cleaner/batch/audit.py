"""The audit: one line for each document with all that was done to it, and the ways back.

A line is JSON. ``path`` and ``row`` say which document of the output it is about; ``edits`` hold what was removed, so
that the cleaned text and the audit together give the repaired text, and with ``repairs`` the text before that.
"""

from __future__ import annotations

import hashlib
import json
import math
from base64 import b64decode
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Annotated, Any, Literal

import msgspec

from cleaner.io.formats.registry import KINDS
from cleaner.model import Edit
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.text import edits as editing
from cleaner.text.decoding import MIXED

__all__ = [
    "IN_PLACE_BEGIN",
    "SITE_LINES",
    "attributes_line",
    "audit_line",
    "check_line",
    "content_digest",
    "encoded",
    "language_of",
    "original_bytes",
    "original_text",
    "plain_id",
    "removed_text",
    "restored_text",
    "scores_line",
    "stamp_of",
    "void_line",
]


IN_PLACE_BEGIN = b'{"in_place": true, "path": '
"""How each line of the audit of a run over its own input begins: that audit is the only way back."""

SITE_LINES = "site-lines"
"""The class of the rule for lines that recur on a site."""

_LANGUAGE_FIELDS = ("language", "lang")
_Place = Annotated[int, msgspec.Meta(ge=0)]


class _Edit(msgspec.Struct):
    rule: str
    start: _Place
    text: str
    replacement: str


class _Repair(msgspec.Struct):
    inverse: list[tuple[_Place, _Place, str]]


class _Line(msgspec.Struct, kw_only=True):
    """What a line must hold so that it can lead back."""

    path: str
    sha: str
    row: _Place
    encoding: str
    repairs: list[_Repair]
    edits: list[_Edit]
    kind: Literal[KINDS]  # type: ignore[valid-type]
    field: str
    raw: str = ""
    delimiter: Annotated[str, msgspec.Meta(max_length=1)] = ""
    unterminated: bool = False
    dropped: str | dict[str, Any] = ""
    original_sha: str = ""


def check_line(line: object) -> None:
    """Raise a ValueError unless an object has the fields of a line of an audit; an audit may come from anybody.

    >>> check_line({"path": "a.txt", "sha": 7})
    Traceback (most recent call last):
    ...
    ValueError: Expected `str`, got `int` - at `$.sha`
    """
    try:
        msgspec.convert(line, _Line)
    except msgspec.ValidationError as error:
        raise ValueError(str(error)) from None


def stamp_of(cleaner: Cleaner) -> dict[str, str]:
    """What every line of an audit says about the run: the digest of the rules, the packs they came from if there are
    any, the digest of the scorer if there is one, and the version of this package."""
    scorer = {"scorer": cleaner.scorer.digest} if cleaner.scorer else {}
    packs = {"packs": ", ".join(map(str, cleaner.rules.packs))} if cleaner.rules.packs else {}
    return {"rules": cleaner.rules.digest, **packs, **scorer, "version": version("article-cleaner")}


def audit_line(
    path: str,
    row: int,
    row_id: object,
    result: CleanResult,
    stamp: Mapping[str, str],
    standing: Callable[[str], tuple[int, int]] | None = None,
    **more: Any,
) -> bytes:
    """The line of a document.

    Args:
        path, row: the output file below the output folder, and the number of its row in the input; 0 for a file that
            is one document.
        row_id: the row's own id, whatever its type.
        stamp: what is the same in every line: rule set and version.
        standing: tells of a removed line of the site in how many documents of it the line stands, and of how many.
        more: further keys of the line, such as "dropped". ``in_place=True`` comes first in it.
    """
    line = {
        **({"in_place": True} if more.get("in_place") else {}),
        "path": path,
        "sha": content_digest(result.text),
        "row": row,
        "id": row_id if isinstance(row_id, int | str) else str(row_id),
        "length": len(result.repaired),
        "encoding": result.encoding,
        "repairs": [
            {"step": step.name, "inverse": [[edit.start, edit.end, edit.replacement] for edit in step.inverse]}
            for step in result.repairs
        ],
        "edits": [
            {
                "rule": edit.rule,
                "class": edit.scrap_class,
                "start": edit.start,
                "end": edit.end,
                "text": result.repaired[edit.start : edit.end],
                "replacement": edit.replacement,
                **_standing(result.repaired[edit.start : edit.end], edit, standing),
            }
            for edit in result.edits
        ],
        "metadata": result.metadata,
        "flags": result.flags,
        **more,
        **stamp,
    }
    return json.dumps(line).encode() + b"\n"


def _standing(text: str, edit: Edit, standing: Callable[[str], tuple[int, int]] | None) -> dict[str, int]:
    """For a line that went because it recurs on its site: in how many documents of how many it stands."""
    if standing is None or edit.scrap_class != SITE_LINES:
        return {}
    return dict(zip(("documents", "of_documents"), standing(text), strict=True))


def language_of(fields: Mapping[str, Any]) -> str:
    """The language that the fields of a row name; "" when they name none.

    >>> language_of({"lang": "de"}), language_of({"language": None})
    ('de', '')
    """
    return next((value for name in _LANGUAGE_FIELDS if isinstance(value := fields.get(name), str)), "")


def void_line(path: str, reason: str, in_place: bool = False) -> bytes:
    """The line that says that the result of a file was not written, so that the other lines on it do not count."""
    first = {"in_place": True} if in_place else {}
    return json.dumps({**first, "path": path, "void": reason}).encode() + b"\n"


def content_digest(content: str | bytes) -> str:
    """The digest by which the audit knows a text, or the bytes of a file.

    >>> content_digest("The council met.") == content_digest(b"The council met.")
    True
    """
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.blake2b(data, digest_size=8).hexdigest()


def encoded(text: str, encoding: str) -> bytes:
    """A decoded text as the bytes it was, for nearly every encoding.

    "utf-8+windows-1252" does not tell which characters were which, and UTF-16 not in which order its bytes were.

    >>> encoded("café", "cp1252"), encoded("café", "")
    (b'caf\\xe9', b'caf\\xc3\\xa9')
    """
    if encoding in ("", "utf-8", MIXED):
        return text.encode("utf-8", "surrogatepass")
    return text.encode(encoding, "surrogateescape")


def original_bytes(text: str, line: Mapping[str, Any]) -> bytes:
    """The bytes of a file that is one document, from its original text and its line of the audit."""
    return b64decode(line["raw"], validate=True) if "raw" in line else encoded(text, line["encoding"])


def restored_text(cleaned: str, line: Mapping[str, Any]) -> str:
    """The repaired text, from the cleaned text and its line of the audit.

    Raises:
        ValueError: the cleaned text is not the one that the line is about, or the edits lie outside of it.
    """
    if line["sha"] != content_digest(cleaned):
        raise ValueError("the text was changed after it was cleaned")
    inverse, shift = [], 0
    for edit in line["edits"]:
        start = edit["start"] + shift
        inverse.append(Edit(start, start + len(edit["replacement"]), edit["text"], edit["rule"]))
        shift += len(edit["replacement"]) - len(edit["text"])
    editing.check(inverse, len(cleaned))
    return editing.apply(cleaned, inverse)


def original_text(repaired: str, line: Mapping[str, Any]) -> str:
    """The text before the repair, from the repaired text and its line of the audit.

    Raises:
        ValueError: as for :func:`restored_text`.
    """
    for step in reversed(line["repairs"]):
        inverse = [Edit(start, end, text, "") for start, end, text in step["inverse"]]
        editing.check(inverse, len(repaired))
        repaired = editing.apply(repaired, inverse)
    return repaired


def plain_id(row_id: object) -> object:
    """An id that JSON has: NaN and infinity as text.

    >>> plain_id(float("nan")), plain_id(7), plain_id(["a"])
    ('nan', 7, ['a'])
    """
    return str(row_id) if isinstance(row_id, float) and not math.isfinite(row_id) else row_id


def removed_text(result: CleanResult) -> str:
    """The removed pieces of the text, in their order, each a paragraph."""
    pieces = (result.repaired[edit.start : edit.end].strip() for edit in result.edits if not edit.replacement)
    return "\n\n".join(filter(None, pieces))


def attributes_line(row_id: object, result: CleanResult) -> bytes:
    """Spans of the original text in the format of Dolma's attribute files, which its mixer applies.

    ``cleaner__removed`` has ``[start, end, 1.0]`` for each removal, ``cleaner__CLASS`` the same by class of scrap.
    Source: the data format of allenai/dolma, docs/data-format.md.
    """
    _, edits = _edits_of_original(result)
    spans: dict[str, list[list[float]]] = {"cleaner__removed": []}
    for edit in edits:
        if not edit.replacement.strip() and not edit.rule.startswith("repair."):
            span = [edit.start, edit.end, 1.0]
            spans["cleaner__removed"].append(span)
            spans.setdefault(f"cleaner__{edit.scrap_class}", []).append(span)
    return json.dumps({"id": plain_id(row_id), "attributes": spans}).encode() + b"\n"


def scores_line(path: str, row: int, row_id: object, result: CleanResult) -> bytes:
    """The probability that a line is a scrap, for each line of a document that no rule took.

    The line of JSON names the document as the audit does. ``lines`` have ``start`` and ``end`` in the repaired text, as
    the edits of the audit. ``attributes`` have the same spans in the original text, ``[start, end, probability]``, in
    the format of Dolma's attribute files.
    """
    repairs, _ = _edits_of_original(result)
    traced = editing.trace_back([(start, end) for start, end, _ in result.scores], repairs)
    spans = [[*span, score.probability] for span, score in zip(traced, result.scores, strict=True)]
    line = {
        "id": plain_id(row_id),
        "path": path,
        "row": row,
        "lines": [score._asdict() for score in result.scores],
        "attributes": {"cleaner__scrap": spans},
    }
    return json.dumps(line).encode() + b"\n"


def _edits_of_original(result: CleanResult) -> tuple[tuple[Edit, ...], tuple[Edit, ...]]:
    """The edits that lead from the original text to the repaired one, and to the cleaned one."""
    middle, edits = result.original(), tuple[Edit, ...]()
    for step in result.repairs:
        edits = editing.compose(edits, step.edits, middle)
        middle = editing.apply(middle, step.edits)
    return edits, editing.compose(edits, result.edits, middle)
