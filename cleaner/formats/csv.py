"""Comma-separated values: a header names the fields; what does not change stays as it was, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from cleaner.formats.rows import Keys, Row, RowsError, Shard

__all__ = ["SUFFIXES", "CsvFormat"]

SUFFIXES = (".csv", ".tsv")

_BOM = "\ufeff"
# The csv module's own limit of 128 kB is less than a long article. Without any, a quote that is never closed would
# take the rest of a file of any size into memory.
_FIELD_LIMIT = 1 << 28


@dataclass(frozen=True, slots=True)
class _Records:
    """The rows of a shard as they stand in the file. Bytes that are not UTF-8 are surrogates (surrogateescape).

    Attributes:
        header: the header row as it stands in the file; "" in every shard but the first.
        names: the columns.
        raw: one string a row, line end included.
    """

    header: str
    names: tuple[str, ...]
    raw: list[str]


class CsvFormat:
    r"""Rows of a CSV file in UTF-8, with a header and ``"`` for quotes. Rows are counted from 1 below the header.

    Columns named in ``extra`` that the file lacks are added as its last ones. Rows with too few or too many fields are
    errors and pass through unchanged.

    >>> form = CsvFormat()
    >>> [shard] = form.shards(io.BytesIO(b'id,text\n1,"old"\n2,as it was\n'), Keys(), 1000)
    >>> form.encode(shard, {1: {"text": "new"}}, ())
    b'id,text\n1,"new"\n2,as it was\n'
    """

    def __init__(self, delimiter: str = ",", extra: tuple[str, ...] = ()) -> None:
        self.delimiter, self.extra = delimiter, extra

    def shards(self, source: IO[bytes], keys: Keys, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. A file with a header only is one shard without rows."""
        records = self._records(_lines(source))
        header, names = next(records, ("", ()))
        _check_header(header, names, keys)
        first, number, size, raw = 1, 0, 0, []
        try:
            for number, (record, _) in enumerate(records, 1):
                raw.append(record)
                size += len(record)
                if size >= least_bytes:
                    yield Shard(first, _Records(header, names, raw))
                    header, first, size, raw = "", number + 1, 0, []
        except csv.Error as error:
            if raw or header:
                yield Shard(first, _Records(header, names, raw))
            raise RowsError(
                f"row {number + 1} cannot be read: {error}; look for a quote that is left open there"
            ) from None
        if raw or header:
            yield Shard(first, _Records(header, names, raw))

    def _records(self, lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every record as it stands in the file, and its fields; the header first."""
        taken: list[str] = []

        def tap() -> Iterator[str]:
            for line in lines:
                taken.append(line)
                # The mark would hide the quote behind it.
                yield line.removeprefix(_BOM) if first else line

        first = True
        for fields in self._reader(tap()):
            yield "".join(taken), tuple(fields)
            first = False
            taken.clear()

    def _reader(self, lines: Iterable[str], strict: bool = False) -> Iterator[list[str]]:
        csv.field_size_limit(max(csv.field_size_limit(), _FIELD_LIMIT))
        return csv.reader(lines, delimiter=self.delimiter, strict=strict)

    def rows(self, shard: Shard, keys: Keys) -> Iterator[Row]:
        """See ``RowFormat``. Blank lines are rows without text and without error."""
        for number, raw in enumerate(shard.data.raw, shard.first):
            values, error = self._values(raw, shard.data.names)
            fields = dict(zip(shard.data.names, values, strict=False)) if values else {}
            yield Row(number, fields, "" if error else fields.get(keys.text, ""), error)

    def _values(self, raw: str, names: tuple[str, ...]) -> tuple[list[str], str]:
        """The fields of a record, none for a blank line, and what is wrong with it."""
        values = next(self._reader(io.StringIO(raw, newline="")), [])
        if not _is_utf8(raw):
            return values, "is not UTF-8; convert the file to UTF-8"
        # Quotes come in pairs, so only an odd number of them can leave one open.
        if raw.count('"') % 2 and self._left_open(raw):
            return values, "ends inside a quoted field; the file is cut off, or a quote is not closed"
        if values and len(values) != len(names):
            return (
                values,
                f"has {len(values)} fields, the header has {len(names)}; look for unquoted {self.delimiter!r}",
            )
        return values, ""

    def _left_open(self, raw: str) -> bool:
        try:
            for _ in self._reader(io.StringIO(raw, newline=""), strict=True):
                pass
        except csv.Error as error:
            return "unexpected end" in str(error)
        return False

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. New fields must be named in ``extra``: the header is written before they are known.

        Raises:
            ValueError: a change names a field that is neither a column nor in ``extra``.
        """
        records: _Records = shard.data
        added = tuple(name for name in self.extra if name not in records.names)
        out = [self._extended(records.header, added)] if records.header else []
        for number, raw in enumerate(records.raw, shard.first):
            if number in dropped:
                continue
            change = changes.get(number, {})
            out.append(self._record(raw, records.names, added, change) if change or added else raw)
        return "".join(out).encode("utf-8", "surrogateescape")

    def _record(self, raw: str, names: tuple[str, ...], added: tuple[str, ...], change: Mapping[str, Any]) -> str:
        values, error = self._values(raw, names)
        if error or not values:
            return raw
        unknown = set(change) - set(names) - set(added)
        if unknown:
            raise ValueError(f"no columns {sorted(unknown)}; name new ones in extra")
        places = {name: place for place, name in enumerate(names)}
        known = {places[name]: _written(value) for name, value in change.items() if name in places}
        if known:
            raw = self._replaced(raw, values, known)
        return self._extended(raw, tuple(_written(change.get(name)) for name in added))

    def _replaced(self, raw: str, values: list[str], new: Mapping[int, str]) -> str:
        """A record with other values in some places; the others keep their quotes, or the lack of them."""
        body, end = _split_end(raw)
        mark = _BOM if body.startswith(_BOM) else ""
        cells = self._cells(body.removeprefix(mark))
        if len(cells) != len(values):
            cells = [self._cell(value) for value in values]
        for place, value in new.items():
            # An empty line would be no row any more.
            cells[place] = self._cell(value, quoted=cells[place].startswith('"') or (not value and len(cells) == 1))
        return mark + self.delimiter.join(cells) + end

    def _cells(self, body: str) -> list[str]:
        """The fields of a record with their quotes."""
        other = f"[^{re.escape(self.delimiter)}]*"
        cell = re.compile(f'"(?:[^"]+|"")*+"{other}|{other}')
        cells, at = [], 0
        while match := cell.match(body, at):
            cells.append(match[0])
            at = match.end() + 1
            if at > len(body):
                break
        return cells

    def _extended(self, raw: str, values: tuple[str, ...]) -> str:
        """A record with more fields behind its last one; a blank line stays blank."""
        body, end = _split_end(raw)
        return "".join([body, *(self.delimiter + self._cell(value) for value in values), end])

    def _cell(self, value: str, quoted: bool = False) -> str:
        if quoted or any(char in value for char in ('"', "\r", "\n", self.delimiter)):
            return '"' + value.replace('"', '""') + '"'
        return value


def _lines(source: Iterable[bytes]) -> Iterator[str]:
    """Lines as the csv module wants them, which also end at a lone carriage return, with their ends as they are."""
    for line in source:
        text = line.decode("utf-8", "surrogateescape")
        if "\r" in text.removesuffix("\r\n"):
            yield from io.StringIO(text, newline="")
        else:
            yield text


def _check_header(header: str, names: tuple[str, ...], keys: Keys) -> None:
    if not names:
        raise RowsError("has no header; its first line must name the columns")
    if not _is_utf8(header) or "\0" in header:
        raise RowsError("is not UTF-8 in its header; convert the file to UTF-8")
    if keys.text not in names:
        near = ", ".join(map(repr, names[:20]))
        raise RowsError(f"has no column {keys.text!r} (it has {near}); name the one of the text with --text-key")


def _is_utf8(text: str) -> bool:
    return text.isascii() or not re.search("[\udc80-\udcff]", text)


def _split_end(raw: str) -> tuple[str, str]:
    """A record and its line end.

    >>> _split_end("a,b\\r\\n")
    ('a,b', '\\r\\n')
    """
    body = raw.removesuffix("\n").removesuffix("\r")
    return body, raw[len(body) :]


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
