"""JSON Lines: one object a line; the text is cleaned, every other byte passes through."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cleaner.formats.rows import Keys, Row, Shard

__all__ = ["SUFFIXES", "JsonlFormat", "replace_field"]

SUFFIXES = (".jsonl", ".ndjson")


class JsonlFormat:
    """Shards of whole lines, bad ones and blank ones included."""

    def shards(self, source: Iterable[bytes], keys: Keys, least_bytes: int) -> Iterator[Shard]:
        first, lines, size = 1, list[bytes](), 0
        for line in source:
            lines.append(line)
            size += len(line)
            if size >= least_bytes:
                yield Shard(first, lines)
                first, lines, size = first + len(lines), [], 0
        if lines:
            yield Shard(first, lines)

    def rows(self, shard: Shard, keys: Keys) -> Iterator[Row]:
        for number, raw in enumerate(shard.data, shard.first):
            yield _row(number, raw, keys.text)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        lines = []
        for number, raw in enumerate(shard.data, shard.first):
            if number not in dropped:
                for name, value in changes.get(number, {}).items():
                    raw = replace_field(raw, name, value)
                lines.append(raw)
        return b"".join(lines)


def _row(number: int, raw: bytes, text_field: str) -> Row:
    if not raw.strip():
        return Row(number, {}, "")
    try:
        fields = json.loads(
            raw.decode("utf-8").removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
        )  # bytes may be UTF-16 to json
    except UnicodeDecodeError as error:
        return Row(number, {}, "", f"is not UTF-8 (byte {error.start} of the line)")
    except (ValueError, RecursionError) as error:
        return Row(number, {}, "", f"is not JSON: {error}")
    if not isinstance(fields, dict):
        return Row(number, {}, "", f"is no JSON object but {type(fields).__name__}")
    if text_field not in fields:
        near = ", ".join(map(repr, list(fields)[:8]))
        return Row(number, fields, "", f"has no field {text_field!r} (it has {near}); name it with --text-key")
    text = fields[text_field]
    if text is None:
        return Row(number, fields, "")
    if not isinstance(text, str):
        return Row(number, fields, "", f"the field {text_field!r} holds {type(text).__name__}, not a string")
    return Row(number, fields, text)


def replace_field(raw: bytes, name: str, value: object) -> bytes:
    r"""A line of JSON with another value of one field; every other byte of it stays, numbers and line end included.

    A field that the line does not have is added behind the others.

    >>> replace_field(b'{"n": 1.50, "text": "old"}\r\n', "text", "new")
    b'{"n": 1.50, "text": "new"}\r\n'
    >>> replace_field(b'{"n": 1.50}', "gone", "scrap")
    b'{"n": 1.50, "gone": "scrap"}'
    """
    line = raw.decode("utf-8")
    start, end = _value_span(line, name)
    # A file that escapes what is not ASCII goes on doing so; so must lone surrogates, which UTF-8 cannot hold.
    encoded = json.dumps(value, ensure_ascii=False)
    if line.isascii() or not _encodable(encoded):
        encoded = json.dumps(value)
    if not end:
        comma = "" if line[:start].rstrip().endswith("{") else ", "
        encoded, end = f"{comma}{json.dumps(name)}: {encoded}", start
    return (line[:start] + encoded + line[end:]).encode("utf-8")


def _encodable(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)


_BLANK = re.compile(r"[ \t\r\n]*")


def _value_span(line: str, name: str) -> tuple[int, int]:
    """Where the value of a key of the outer object stands; of the last one, as JSON readers take it.

    Without such a key, where the object's last field ends, and 0.
    """
    decoder = json.JSONDecoder()
    at = line.index("{") + 1
    last, found = at, (0, 0)
    while True:
        at = _skip(line, at)
        if line[at] == "}":
            return found if found[1] else (last, 0)
        key, at = decoder.raw_decode(line, at)
        start = _skip(line, _skip(line, at) + 1)  # over the colon
        _, at = decoder.raw_decode(line, start)
        last = at
        if key == name:
            found = (start, at)
        at = _skip(line, at)
        at += line[at] == ","


def _skip(line: str, at: int) -> int:
    blank = _BLANK.match(line, at)
    return blank.end() if blank else at
