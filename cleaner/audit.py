"""The audit: one line for each document with all that was done to it, and the ways back.

A line is JSON. ``path`` and ``row`` say which document of the output it is about; ``edits`` hold what was removed, so
that the cleaned text and the audit together give the repaired text, and with ``repairs`` the text before that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cleaner import edits as editing
from cleaner.model import Edit
from cleaner.pipeline import CleanResult

__all__ = ["attributes_line", "audit_line", "original_text", "removed_text", "restored_text", "void_line"]


def audit_line(
    path: str, row: int, row_id: object, result: CleanResult, stamp: Mapping[str, str], **more: Any
) -> bytes:
    """The line of a document.

    Args:
        path, row: the output file below the output folder, and the number of its row in the input; 0 for a file that
            is one document.
        row_id: the row's own id, whatever its type.
        stamp: what is the same in every line: rule set and version.
        more: what else is to be told, as "dropped".
    """
    line = {
        "path": path,
        "sha": _digest(result.text),
        "row": row,
        "id": row_id if isinstance(row_id, int | str) else str(row_id),
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
            }
            for edit in result.edits
        ],
        "metadata": result.metadata,
        "flags": result.flags,
        **more,
        **stamp,
    }
    return json.dumps(line).encode() + b"\n"


def void_line(path: str, reason: str) -> bytes:
    """Says that the result of a file was not written after all: the lines on it are about nothing."""
    return json.dumps({"path": path, "void": reason}).encode() + b"\n"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def restored_text(cleaned: str, line: Mapping[str, Any]) -> str:
    """The repaired text, from the cleaned text and its line of the audit.

    Raises:
        ValueError: the cleaned text is not the one that the line is about.
    """
    if line["sha"] != _digest(cleaned):
        raise ValueError("the text was changed after it was cleaned")
    inverse, shift = [], 0
    for edit in line["edits"]:
        start = edit["start"] + shift
        inverse.append(Edit(start, start + len(edit["replacement"]), edit["text"], edit["rule"]))
        shift += len(edit["replacement"]) - len(edit["text"])
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


def removed_text(result: CleanResult) -> str:
    """What was taken out, in the order of the text, a removal a paragraph."""
    pieces = (result.repaired[edit.start : edit.end].strip() for edit in result.edits if not edit.replacement)
    return "\n\n".join(filter(None, pieces))


def attributes_line(row_id: object, result: CleanResult) -> bytes:
    """Spans of the original text in the format of Dolma's attribute files, which its mixer applies.

    ``cleaner__removed`` has ``[start, end, 1.0]`` for each removal, ``cleaner__CLASS`` the same by class of scrap.
    Source: the data format of allenai/dolma, docs/data-format.md.
    """
    middle, edits = result.original(), tuple[Edit, ...]()
    for step in result.repairs:
        edits = editing.compose(edits, step.edits, middle)
        middle = editing.apply(middle, step.edits)
    edits = editing.compose(edits, result.edits, middle)
    spans: dict[str, list[list[float]]] = {"cleaner__removed": []}
    for edit in edits:
        if not edit.replacement.strip() and not edit.rule.startswith("repair."):
            span = [edit.start, edit.end, 1.0]
            spans["cleaner__removed"].append(span)
            spans.setdefault(f"cleaner__{edit.scrap_class}", []).append(span)
    return json.dumps({"id": row_id, "attributes": spans}).encode() + b"\n"
