"""Comma-separated values: a header names the fields; what does not change stays as it was, byte for byte."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, ClassVar

from cleaner.io.formats.base import FieldNames, Row, RowFormat, RowOptions, Shard
from cleaner.io.formats.csv_lines import CsvLines
from cleaner.io.formats.fields import lacks, settled, settled_note
from cleaner.io.problems import RowsError

__all__ = ["CsvFormat", "TsvFormat"]

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
        delimiter: what stands between the fields.
        sep: the line of Excel that names the delimiter, as it stands before the header; else "".
    """

    header: str
    names: tuple[str, ...]
    raw: list[str]
    delimiter: str
    sep: str = ""


class CsvFormat(RowFormat):
    r"""Rows of a CSV file with a header and ``"`` for quotes. Rows are counted from 1 below the header.

    Columns named in ``added`` that the file lacks are added as its last ones. Rows with too few or too many fields are
    errors and pass through unchanged. Where the header has the text field only with semicolons, tabs or bars between
    the fields, these are what stands between them in the whole file. Only the header is asked: a text may have more
    semicolons than commas. A file in another encoding than UTF-8 is written in UTF-8.

    A quote at the beginning of a field that is never closed would take all that follows into its row. When the lines
    that follow are rows of their own, only its own line is an error.

    >>> form = CsvFormat()
    >>> [shard] = form.shards(io.BytesIO(b'id,text\n1,"old"\n2,as it was\n'), FieldNames(), 1000)
    >>> form.encode(shard, {1: {"text": "new"}}, ())
    b'id,text\n1,"new"\n2,as it was\n'
    """

    name = "csv"
    suffixes = (".csv",)
    compressible = True
    delimiter: ClassVar[str] = ","

    def __init__(self, options: RowOptions = RowOptions()) -> None:
        self._options, self._most = options, options.most_bytes

    def with_options(self, options: RowOptions) -> CsvFormat:
        """See ``RowFormat``."""
        return type(self)(options)

    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. A file with a header only is one shard without rows."""
        lines = CsvLines(source, self._most, self._options.encoding)
        reader = _Reader(iter(lines), self._options.delimiter or self.delimiter, self._most)
        header, names, texts = reader.header(keys, not self._options.delimiter)
        notes = (*lines.notes, *settled_note(keys, texts))
        first, number, size, raw, sep = 1, 0, 0, list[str](), reader.sep

        def shard() -> Shard:
            nonlocal header, first, size, raw, notes, sep
            made = Shard(first, _Records(header, names, raw, reader.delimiter, sep), texts, notes)
            header, first, size, raw, notes, sep = "", number + 1, 0, [], (), ""
            return made

        try:
            for record in reader:
                number += 1
                raw.append(record)
                size += len(record)
                if size >= least_bytes:
                    yield shard()
        except (csv.Error, _TooLongError) as error:
            if raw or header:
                yield shard()
            reason = (
                f"is longer than {self._most:,} bytes"
                if isinstance(error, _TooLongError)
                else f"cannot be read: {error}"
            )
            raise RowsError(
                f"row {number + 1} {reason}; look for a quote that is left open there, or raise --max-document-bytes"
            ) from None
        if raw or header:
            yield shard()

    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """See ``RowFormat``. Blank lines are rows without text and without error."""
        for number, raw in enumerate(shard.data.raw, shard.first):
            values, error = _values(raw, shard.data.names, shard.data.delimiter)
            fields = dict(zip(shard.data.names, values, strict=False)) if values else {}
            if error or not fields:
                yield Row(number, fields, "", error)
                continue
            for name in shard.texts or keys.texts:
                yield Row(number, fields, fields.get(name, ""), field=name)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """See ``RowFormat``. New fields must be named in ``added``: the header is written before they are known.

        Raises:
            ValueError: a change names a field that is neither a column nor in ``added``.
        """
        records: _Records = shard.data
        added = tuple(name for name in self._options.added if name not in records.names)
        out = [records.sep + _extended(records.header, added, records.delimiter)] if records.header else []
        for number, raw in enumerate(records.raw, shard.first):
            if number in dropped:
                continue
            change = changes.get(number, {})
            out.append(_changed(raw, records, added, change) if change or added else raw)
        return "".join(out).encode("utf-8", "surrogateescape")


class TsvFormat(CsvFormat):
    """The same with tabs between the fields."""

    name = "tsv"
    suffixes = (".tsv",)
    delimiter = "\t"


class _TooLongError(Exception):
    """A row has more bytes than a row may have."""


_OTHER_DELIMITERS = (";", "\t", "|", ",")
_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)  # Excel's own way to name the delimiter
_LOOKED_AT = 5  # lines that tell whether an open quote has swallowed rows


class _Reader:
    """The records of a file as they stand in it, one by one, behind its header.

    Args:
        lines: the lines of the file.
        delimiter: what stands between the fields.
        most: how many characters a record may have.
    """

    def __init__(self, lines: Iterator[str], delimiter: str, most: int) -> None:
        self.delimiter, self.sep = delimiter, ""
        self._lines, self._most = lines, most
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = self._width = 0
        self._strict = self._reading(strict=True)

    def _reading(self, strict: bool, mark: str = "") -> Iterator[list[str]]:
        return _reader(self._take(mark), self.delimiter, strict)

    def header(self, keys: FieldNames, is_guessed: bool) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
        """The header as it stands in the file, the names in it, and those of the texts; settles the delimiter.

        Args:
            keys: the names that the header may have.
            is_guessed: whether another delimiter may be the right one.

        Raises:
            RowsError: there is no header, or it has no text field.
        """
        raw, split = self._first_record()
        if found := _SEP.fullmatch(raw.removeprefix(_BOM)):
            self.sep, self.delimiter = raw, found[1]
            raw, split = self._first_record()
        line = raw.removeprefix(_BOM)
        candidates = {self.delimiter: split}
        if is_guessed and not self.sep:
            candidates |= {other: _fields(line, other) for other in _OTHER_DELIMITERS if other not in candidates}
        texts, self.delimiter = _settled(keys, candidates)
        names = tuple(candidates[self.delimiter])
        _check_header(raw, names, texts, keys)
        self._width = len(names)
        self._strict = self._reading(True)
        return raw, names, texts

    def _first_record(self) -> tuple[str, list[str]]:
        self._strict = self._reading(True, _BOM)  # the mark would hide the quote behind it
        try:
            return self._next(_BOM) or ("", [])
        except _TooLongError:
            reason = f"has a header of more than {self._most:,} bytes; look for a quote that is left open"
            raise RowsError(reason) from None

    def __iter__(self) -> Iterator[str]:
        while (found := self._next()) is not None:
            yield found[0]

    def _next(self, mark: str = "") -> tuple[str, list[str]] | None:
        """The next record and its fields; of a record that has swallowed others only its first line."""
        self._taken, self._size = [], 0
        try:
            fields = next(self._strict, None)
        except (csv.Error, _TooLongError):
            self._again.extendleft(reversed(self._taken))
            self._strict = self._reading(True)
            return self._next_with_wrong_quotes(mark)
        return None if fields is None else ("".join(self._taken), fields)

    def _next_with_wrong_quotes(self, mark: str) -> tuple[str, list[str]]:
        self._taken, self._size = [], 0
        try:
            fields = next(self._reading(False, mark), [])
        except (csv.Error, _TooLongError):
            if not self._swallowed():
                raise
        else:
            if not self._swallowed():
                return "".join(self._taken), fields
        self._again.extendleft(reversed(self._taken[1:]))
        return self._taken[0], []

    def _take(self, mark: str) -> Iterator[str]:
        again, lines, most = self._again, self._lines, self._most
        while (line := again.popleft() if again else next(lines, None)) is not None:
            self._taken.append(line)
            self._size += len(line)
            if self._size > most:
                raise _TooLongError
            yield line.removeprefix(mark) if mark else line

    def _swallowed(self) -> bool:
        """Whether those behind the first of the lines that were taken are rows of their own."""
        following = self._taken[1 : 1 + _LOOKED_AT]
        if not following or not self._width:
            return False
        return all(
            len(_fields(line, self.delimiter)) == self._width and _is_strict(line, self.delimiter) for line in following
        )


def _reader(lines: Iterable[str], delimiter: str, strict: bool = False) -> Iterator[list[str]]:
    csv.field_size_limit(max(csv.field_size_limit(), _FIELD_LIMIT))
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def _fields(raw: str, delimiter: str) -> list[str]:
    return next(_reader(io.StringIO(raw, newline=""), delimiter), [])


def _is_strict(raw: str, delimiter: str) -> bool:
    """Whether the quotes of a record are as they ought to be."""
    try:
        for _ in _reader(io.StringIO(raw, newline=""), delimiter, strict=True):
            pass
    except csv.Error:
        return False
    return True


def _values(raw: str, names: tuple[str, ...], delimiter: str) -> tuple[list[str], str]:
    """The fields of a record, none for a blank line, and what is wrong with it."""
    values = _fields(raw, delimiter)
    if not _is_utf8(raw):
        return values, "is not UTF-8; name the encoding of the file with --encoding, or convert it to UTF-8"
    # Quotes come in pairs, so only an odd number of them can leave one open.
    if raw.count('"') % 2 and _left_open(raw, delimiter):
        return values, "ends inside a quoted field; the file is cut off, or a quote is not closed"
    if values and len(values) != len(names):
        fields = "1 field" if len(values) == 1 else f"{len(values)} fields"
        message = f"has {fields}, the header has {len(names)}; look for unquoted {delimiter!r}"
        return values, message
    return values, ""


def _left_open(raw: str, delimiter: str) -> bool:
    try:
        for _ in _reader(io.StringIO(raw, newline=""), delimiter, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _changed(raw: str, records: _Records, added: tuple[str, ...], change: Mapping[str, Any]) -> str:
    """A record with new values, and with new fields behind its last one."""
    delimiter = records.delimiter
    values, error = _values(raw, records.names, delimiter)
    if error or not values:
        return raw
    unknown = set(change) - set(records.names) - set(added)
    if unknown:
        raise ValueError(f"no columns {sorted(unknown)}; name new ones in added")
    places = {name: place for place, name in enumerate(records.names)}
    known = {places[name]: _written(value) for name, value in change.items() if name in places}
    if known:
        raw = _replaced(raw, values, known, delimiter)
    return _extended(raw, tuple(_written(change.get(name)) for name in added), delimiter)


def _replaced(raw: str, values: list[str], new: Mapping[int, str], delimiter: str) -> str:
    """A record with other values in some places; the others keep their quotes, or the lack of them."""
    body, end = _split_end(raw)
    cells = _cells(body, delimiter)
    if len(cells) != len(values):
        cells = [_cell(value, delimiter) for value in values]
    for place, value in new.items():
        # An empty line would be no row any more.
        cells[place] = _cell(value, delimiter, cells[place].startswith('"') or (not value and len(cells) == 1))
    return delimiter.join(cells) + end


def _cells(body: str, delimiter: str) -> list[str]:
    """The fields of a record with their quotes."""
    other = f"[^{re.escape(delimiter)}]*"
    cell = re.compile(f'"(?:[^"]+|"")*+"{other}|{other}')
    cells, at = [], 0
    while match := cell.match(body, at):
        cells.append(match[0])
        at = match.end() + 1
        if at > len(body):
            break
    return cells


def _extended(raw: str, values: tuple[str, ...], delimiter: str) -> str:
    """A record with more fields behind its last one; a blank line stays blank."""
    body, end = _split_end(raw)
    return "".join([body, *(delimiter + _cell(value, delimiter) for value in values), end])


def _cell(value: str, delimiter: str, quoted: bool = False) -> str:
    if quoted or any(char in value for char in ('"', "\r", "\n", delimiter)):
        return '"' + value.replace('"', '""') + '"'
    return value


def _settled(keys: FieldNames, candidates: Mapping[str, list[str]]) -> tuple[tuple[str, ...], str]:
    """The fields that hold text and the delimiter, of headers that were split at several ones.

    Of several that were asked for, those count that are there. A field that was asked for counts more with any
    delimiter than one that is guessed. Without any the delimiter that gives the most names is likely.
    """
    asked = {delimiter: tuple(filter(names.__contains__, keys.texts)) for delimiter, names in candidates.items()}
    best = max(asked, key=lambda delimiter: len(asked[delimiter]))
    if asked[best]:
        return asked[best], best
    for delimiter, names in candidates.items():
        if texts := settled(keys, names.__contains__):
            return texts, delimiter
    return (), max(candidates, key=lambda delimiter: len(candidates[delimiter]))


def _check_header(header: str, names: tuple[str, ...], texts: tuple[str, ...], keys: FieldNames) -> None:
    if not names:
        raise RowsError("has no header; its first line must name the columns")
    if not _is_utf8(header) or "\0" in header:
        raise RowsError("is not UTF-8 in its header; name its encoding with --encoding, or convert it to UTF-8")
    if not texts:
        raise RowsError(lacks(keys, dict.fromkeys(names), "column"))


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
