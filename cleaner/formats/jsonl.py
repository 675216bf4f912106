"""JSON Lines: one object a line; the text is cleaned, every other field passes through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from cleaner.model import Document

__all__ = ["SUFFIXES", "Row", "read_rows", "replace_text"]

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


def read_rows(lines: Iterable[bytes], text_field: str = "text", first: int = 1) -> Iterator[Row]:
    """The rows of a stream, bad ones included. Blank lines are rows without text and without error.

    ``first`` is the number of the first line, counted from 1.
    """
    for number, raw in enumerate(lines, first):
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


def replace_text(raw: bytes, text_field: str, text: str) -> bytes:
    r"""A line of JSON with another text in one field; every other byte of it stays, numbers and line end included.

    >>> replace_text(b'{"n": 1.50, "text": "old"}\r\n', "text", "new")
    b'{"n": 1.50, "text": "new"}\r\n'
    """
    line = raw.decode("utf-8")
    start, end = _value_span(line, text_field)
    # A file that escapes what is not ASCII goes on doing so; so must lone surrogates, which UTF-8 cannot hold.
    value = json.dumps(text, ensure_ascii=line.isascii() or not _encodable(text))
    return (line[:start] + value + line[end:]).encode("utf-8")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


_BLANK = re.compile(r"[ \t\r\n]*")


def _value_span(line: str, name: str) -> tuple[int, int]:
    """Where the value of a key of the outer object stands; of the last one, as JSON readers take it."""
    decoder = json.JSONDecoder()
    at = line.index("{") + 1
    found = (0, 0)
    while True:
        at = _skip(line, at)
        if line[at] == "}":
            return found
        key, at = decoder.raw_decode(line, at)
        start = _skip(line, _skip(line, at) + 1)  # over the colon
        _, at = decoder.raw_decode(line, start)
        if key == name:
            found = (start, at)
        at = _skip(line, at)
        at += line[at] == ","


def _skip(line: str, at: int) -> int:
    blank = _BLANK.match(line, at)
    return blank.end() if blank else at
