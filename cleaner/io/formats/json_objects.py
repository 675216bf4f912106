"""Rows that are JSON objects: their texts, and new values in them that leave every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from cleaner.io.formats.base import Row
from cleaner.io.formats.fields import FieldNames, lacks, paths_of, value_of

__all__ = ["object_rows", "raw_field", "replace_field", "with_changes"]

_ABSENT = object()


def object_rows(number: int, raw: bytes, keys: FieldNames) -> Iterator[Row]:
    """The texts of an object, or why it has none; one row at least.

    Args:
        number: the number of the row.
        raw: the object in JSON; a blank line is a row without text.
        keys: the names of its fields.

    >>> [(row.field, row.text) for row in object_rows(1, b'{"a": {"b": "one"}}', FieldNames(text="a.b"))]
    [('a.b', 'one')]
    """
    if not raw.strip():
        yield Row(number, {}, "")
        return
    fields, error = _parsed(raw)
    if error:
        yield Row(number, {}, "", error)
        return
    found = {name: value for name in keys.texts if (value := value_of(fields, name, _ABSENT)) is not _ABSENT}
    if not found:
        yield Row(number, fields, "", lacks(keys, fields))
        return
    wrong = next((name for name, value in found.items() if not isinstance(value, str | None)), None)
    if wrong is not None:
        yield Row(number, fields, "", f"the field {wrong!r} holds {_kind(found[wrong])}, not a string")
        return
    for name, value in found.items():
        yield Row(number, fields, value or "", field=name)


def _parsed(raw: bytes) -> tuple[dict[str, Any], str]:
    """The fields of an object, or what is wrong with it."""
    try:
        # Decoded here, because json would take the bytes for UTF-16 now and then.
        fields = json.loads(raw.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except UnicodeDecodeError as error:
        return {}, f"is not UTF-8 (byte {error.start} of the line)"
    except (ValueError, RecursionError) as error:
        return {}, f"is not JSON: {error}"
    if not isinstance(fields, dict):
        return {}, f"is JSON, but not an object: it is {_kind(fields)}"
    return fields, ""


def _kind(value: Any) -> str:
    """What JSON calls a value."""
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a string", list: "an array", dict: "an object"}
    return names.get(type(value), "a number")


def with_changes(raw: bytes, change: Mapping[str, Any]) -> bytes:
    """An object with new values of some fields, as :func:`replace_field` puts them in."""
    for name, value in change.items():
        raw = replace_field(raw, name, value)
    return raw


def replace_field(raw: bytes, name: str, value: object) -> bytes:
    r"""An object with another value of one field; every other byte of it stays, numbers and line end included.

    A field that the object does not have is added behind the others, on a line of its own where they have one each.

    >>> replace_field(b'{"n": 1.50, "text": "old"}\r\n', "text", "new")
    b'{"n": 1.50, "text": "new"}\r\n'
    >>> replace_field(b'{"n": 1.50}', "gone", "scrap")
    b'{"n": 1.50, "gone": "scrap"}'
    >>> replace_field(b'{"a": {"b": "old"}}', "a.b", "new")
    b'{"a": {"b": "new"}}'
    """
    line = raw.decode("utf-8")
    encoded = _encoded(value, escapes=line.isascii())
    opening = line.index("{")
    span = _span(line, opening, name)
    if span is None:
        end = _last_end(line, opening)
        start, end, encoded = end, end, _separator(line, opening, end) + json.dumps(name) + ": " + encoded
    else:
        start, end = span
    return (line[:start] + encoded + line[end:]).encode("utf-8")


def raw_field(raw: bytes, name: str) -> bytes:
    """The value of a field as it stands in an object that has it.

    >>> raw_field(b'{"id": 1e400, "text": "old"}', "id")
    b'1e400'
    """
    line = raw.decode("utf-8")
    span = _span(line, line.index("{"), name)
    return line[slice(*span)].encode("utf-8") if span else b""


def _encoded(value: object, escapes: bool) -> str:
    """A value as JSON. A file that ``escapes`` what is not ASCII goes on doing so.

    So must lone surrogates, which UTF-8 cannot hold. A string is the same from msgspec, in a tenth of the time.
    """
    if escapes:
        return json.dumps(value)
    try:
        if isinstance(value, str):
            return msgspec.json.encode(value).decode()
        encoded = json.dumps(value, ensure_ascii=False)
        encoded.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return encoded


_BLANK = re.compile(r"[ \t\r\n]*")


def _span(line: str, opening: int, name: str) -> tuple[int, int] | None:
    """Where the value that a name leads to stands; of a key that stands twice the last one, as JSON readers take it."""
    for head, rest in paths_of(name):
        found = None
        for key, start, end in _members(line, opening):
            if key == head:
                found = (start, end)
        if found and rest:
            found = _span(line, found[0], rest) if line[found[0]] == "{" else None
        if found:
            return found
    return None


def _members(line: str, opening: int) -> Iterator[tuple[str, int, int]]:
    """The keys of the object that opens there, and where their values stand."""
    decoder = json.JSONDecoder()
    at = _skip(line, opening + 1)
    while line[at] != "}":
        key, at = decoder.raw_decode(line, at)
        start = _skip(line, _skip(line, at) + 1)  # over the colon
        _, at = decoder.raw_decode(line, start)
        yield key, start, at
        at = _skip(line, at)
        at = _skip(line, at + (line[at] == ","))


def _last_end(line: str, opening: int) -> int:
    """Where the last value of an object ends; behind the brace, when it has none."""
    return max((end for _, _, end in _members(line, opening)), default=opening + 1)


def _separator(line: str, opening: int, end: int) -> str:
    """What stands before a new key at the end of an object."""
    indent = line[opening + 1 : _skip(line, opening + 1)]
    if end == opening + 1:
        return ""
    return f",{indent}" if "\n" in indent else ", "


def _skip(line: str, at: int) -> int:
    blank = _BLANK.match(line, at)
    return blank.end() if blank else at
