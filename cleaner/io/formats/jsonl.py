"""JSON Lines: one object a line; the text is cleaned, every other byte passes through."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from cleaner.io.formats.base import MOST_BYTES, FieldNames, Row, RowFormat, RowOptions, Shard
from cleaner.io.formats.fields import lacks, settled, settled_note, value_of, with_texts
from cleaner.io.formats.json_objects import object_rows, with_changes
from cleaner.io.problems import RowsError

__all__ = ["JsonlFormat", "settled_texts"]


_PIECE_BYTES = 4 << 20
_ABSENT = object()
_OPEN_ARRAY = re.compile(rb"\[\s*(?:\{.*)?", re.DOTALL)
_LOOKED_AT = 50  # rows at the beginning of a file that tell where its texts are


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line that is too long: it passes through piece by piece. The shard's number is that of the line."""

    data: bytes
    begins: bool


class JsonlFormat(RowFormat):
    """JSON Lines. A shard holds whole lines, bad ones and blank ones included, or a piece of one that is too long."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")
    compressible = True
    is_structured = True

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes

    def with_options(self, options: RowOptions) -> JsonlFormat:
        """See ``RowFormat``. A line takes any field, so ``added`` ones need not be known."""
        return JsonlFormat(options.most_bytes)

    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``."""
        shards = self._shards(source, least_bytes)
        first = next(shards, None)
        if first is None:
            return
        lines = first.data if isinstance(first.data, list) else []
        _refuse_documents(lines)
        texts = settled_texts(lines, keys)
        yield replace(first, texts=texts, notes=settled_note(keys, texts))
        for shard in shards:
            yield replace(shard, texts=texts)

    def _shards(self, source: IO[bytes], least_bytes: int) -> Iterator[Shard]:
        first, lines, size = 1, list[bytes](), 0
        readline, limit = source.readline, min(self._most, sys.maxsize - 1) + 1
        while line := readline(limit):
            is_long = len(line) > self._most
            if not is_long:
                lines.append(line)
                size += len(line)
            if lines and (is_long or size >= least_bytes):
                yield Shard(first, lines)
                first, lines, size = first + len(lines), [], 0
            if is_long:
                yield from self._pieces(first, line, source)
                first += 1
        if lines:
            yield Shard(first, lines)

    def _pieces(self, number: int, begin: bytes, source: IO[bytes]) -> Iterator[Shard]:
        """The pieces of a long line; the source stands behind its beginning, and then behind the line."""
        piece, begins = begin, True
        while piece:
            yield Shard(number, _Piece(piece, begins))
            piece = b"" if piece.endswith(b"\n") else source.readline(_PIECE_BYTES)
            begins = False

    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """See ``RowFormat``."""
        if isinstance(shard.data, _Piece):
            if shard.data.begins:
                error = f"is longer than {self._most:,} bytes; raise --max-document-bytes to clean it"
                yield Row(shard.first, {}, "", error)
            return
        names = with_texts(keys, shard.texts)
        for number, raw in enumerate(shard.data, shard.first):
            yield from object_rows(number, raw, names)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. A field that no line has yet needs no announcement."""
        if isinstance(shard.data, _Piece):
            return shard.data.data
        return b"".join(
            with_changes(raw, changes.get(number, {}))
            for number, raw in enumerate(shard.data, shard.first)
            if number not in dropped
        )


def settled_texts(objects: Sequence[bytes], keys: FieldNames) -> tuple[str, ...]:
    """The fields that hold texts in the first objects of a file; () while none of them can be read.

    Raises:
        RowsError: they can be read, and none has a text.
    """
    rows = [fields for raw in objects[:_LOOKED_AT] if (fields := _fields(raw))]

    def has(name: str) -> bool:
        found = [value_of(fields, name, _ABSENT) for fields in rows]
        wanted: Any = object if name in keys.texts else str  # a guess must not lead to a number
        return any(value is not _ABSENT and isinstance(value, wanted) for value in found)

    texts = settled(keys, has)
    if not texts and len(rows) > 1:
        raise RowsError(lacks(keys, rows[0]))
    return texts


def _fields(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _refuse_documents(lines: Sequence[bytes]) -> None:
    """Refuse a file of JSON that is not one value a line.

    Raises:
        RowsError: the first line begins an array or an object that goes on in the next one, or it holds many rows.
    """
    first = next((line.strip() for line in lines if line.strip()), b"").removeprefix(b"\xef\xbb\xbf")
    try:
        found = json.loads(first) if first[:1] in (b"[", b"{") else None
        is_array = isinstance(found, list) and any(isinstance(item, dict) for item in found)
    except (ValueError, RecursionError):
        is_array = bool(_OPEN_ARRAY.fullmatch(first[:100]))
        if first in (b"{", b"[{") and len(lines) > 1 and b":" in lines[1]:
            raise RowsError(
                "holds a JSON document over several lines, not one object a line; give --format json, or call it .json"
            ) from None
    if is_array:
        raise RowsError("holds a JSON array, not one object a line; give --format json, or call it .json")
