"""JSON documents: the objects of an array, or the one object, are rows; every byte that is no text passes through.

No library tells where the values of a stream stand, and a parsed number such as 1e400 or a key that stands twice cannot
be written as it was. So the document is only cut into rows here, and each row is read and changed as a line of JSON
Lines is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import IO, Any

from cleaner.io.formats.base import MOST_BYTES, FieldNames, Row, RowFormat, RowOptions, Shard
from cleaner.io.formats.fields import with_texts
from cleaner.io.formats.json_objects import object_rows, with_changes
from cleaner.io.formats.json_scan import JsonScan, Piece, Place

__all__ = ["JsonFormat"]


class JsonFormat(RowFormat):
    """A JSON document, or several one behind the other.

    The rows of an array are its objects. Those of an object that has no text are the objects of the first list in it
    whose objects have one, however deep in other objects the list stands. An object with a text is one row.

    >>> import io
    >>> form = JsonFormat()
    >>> data = b'{"n": 1e400, "articles": [{"text": "old"}, {"text": "as it was"}]}'
    >>> [shard] = form.shards(io.BytesIO(data), FieldNames(), 1000)
    >>> form.encode(shard, {1: {"text": "new"}}, ())
    b'{"n": 1e400, "articles": [{"text": "new"}, {"text": "as it was"}]}'
    """

    name = "json"
    suffixes = (".json",)
    compressible = True
    is_structured = True

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes

    def with_options(self, options: RowOptions) -> JsonFormat:
        """See ``RowFormat``. An object takes any field, so ``added`` ones need not be known."""
        return JsonFormat(options.most_bytes)

    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. The data of a shard are pieces of the document, one behind the other.

        Raises:
            RowsError: the document is cut off or damaged between its rows, or has no rows with a text.
        """
        scan = JsonScan(source, keys, self._most)
        first, pieces, size, notes_given = 1, list[Piece](), 0, 0

        def shard() -> Shard:
            nonlocal first, pieces, size, notes_given
            notes = tuple(scan.notes[notes_given:])
            made = Shard(first, pieces, scan.texts, notes)
            first += sum(piece.is_row for piece in pieces)
            pieces, size, notes_given = [], 0, len(scan.notes)
            return made

        for piece in scan.pieces():
            pieces.append(piece)
            size += len(piece.before) + len(piece.row)
            if size >= least_bytes:
                yield shard()
        if pieces:
            yield shard()

    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """See ``RowFormat``."""
        names = with_texts(keys, shard.texts)
        for number, piece in _numbered(shard):
            if piece.place is Place.LONG:
                error = f"is longer than {self._most:,} bytes; raise --max-document-bytes to clean it"
                yield Row(number, {}, "", error)
            elif piece.is_row:
                yield from object_rows(number, piece.row, names)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. Where a whole shard at the beginning of an array is dropped, one null stands for it."""
        kept = (
            replace(piece, row=with_changes(piece.row, changes.get(number, {})), dropped=number in dropped)
            if piece.is_row and piece.place is not Place.LONG
            else piece
            for number, piece in _numbered(shard)
        )
        return b"".join(_joined(kept))


def _numbered(shard: Shard) -> Iterator[tuple[int, Piece]]:
    number = shard.first
    for piece in shard.data:
        yield number, piece
        number += piece.is_row


def _joined(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """The bytes of the pieces that are kept, with commas between them and nowhere else."""
    waiting = False  # whether the array has begun and nothing of it was kept
    for piece in pieces:
        if piece.dropped:
            if piece.place is Place.FIRST:
                yield piece.before
                waiting = True
            continue
        before = piece.before
        if waiting and piece.place is not Place.FIRST:
            before = before.replace(b",", b"", 1) if piece.place is not Place.BETWEEN else before
            waiting = False
        yield before
        yield piece.row
    if waiting:
        yield b"null"
