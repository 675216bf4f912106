"""JSON Lines: one object a line; the text is cleaned, every other field passes through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from cleaner.model import Document

__all__ = ["SUFFIXES", "Row", "dump_row", "read_rows"]

SUFFIXES = (".jsonl", ".ndjson")


class Row(NamedTuple):
    """A line of the file: its 1-based number, its bytes, and what it holds or why it holds nothing."""

    number: int
    raw: bytes
    fields: dict[str, Any]
    text: str
    error: str

    @property
    def name(self) -> str:
        """What to call the row in messages: its id, or its number."""
        return str(self.fields.get("id") or self.number)

    @property
    def document(self) -> Document:
        known = {
            name: value
            for name in ("title", "url", "author", "date", "site")
            if isinstance(value := self.fields.get(name), str)
        }
        return Document(**known)


def read_rows(stream: IO[bytes], text_field: str = "text") -> Iterator[Row]:
    """The rows of a stream, bad ones included. Blank lines are rows without text and without error."""
    for number, raw in enumerate(stream, 1):
        yield _row(number, raw, text_field)


def _row(number: int, raw: bytes, text_field: str) -> Row:
    if not raw.strip():
        return Row(number, raw, {}, "", "")
    try:
        fields = json.loads(raw)
    except UnicodeDecodeError as error:
        return Row(number, raw, {}, "", f"is not UTF-8 (byte {error.start} of the line)")
    except (ValueError, RecursionError) as error:
        return Row(number, raw, {}, "", f"is not JSON: {error}")
    if not isinstance(fields, dict):
        return Row(number, raw, {}, "", f"is no JSON object but {type(fields).__name__}")
    if text_field not in fields:
        near = ", ".join(map(repr, list(fields)[:8]))
        return Row(number, raw, fields, "", f"has no field {text_field!r} (it has {near}); name it with --text-key")
    text = fields[text_field]
    if text is None:
        return Row(number, raw, fields, "", "")
    if not isinstance(text, str):
        return Row(number, raw, fields, "", f"the field {text_field!r} holds {type(text).__name__}, not a string")
    return Row(number, raw, fields, text, "")


def dump_row(fields: dict[str, Any]) -> bytes:
    """A row as a line of JSON, in the order of its fields. Lone surrogates, which UTF-8 cannot hold, are escaped."""
    line = json.dumps(fields, ensure_ascii=False)
    try:
        return line.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(fields).encode() + b"\n"
