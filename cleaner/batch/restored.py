"""One file as it was before the run, from its cleaned form and its lines of the audit."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.audit import original_bytes, original_text, restored_text
from cleaner.batch.growing import GrowingFile, growing
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.io.compression import codec_of, compress, open_decoded
from cleaner.io.formats.base import FieldNames, Kind, Row, RowOptions
from cleaner.io.formats.registry import ROW_KINDS, row_format
from cleaner.io.paths import mode_of

__all__ = ["Restored", "copy_file", "restore_file"]

_SHARD_BYTES = 250_000


class Restored(NamedTuple):
    """How many documents of a file were restored, how many of its rows have a text and no line in the audit, and the
    number of the first of these."""

    documents: int
    unknown: int = 0
    first_unknown: int = 0


def restore_file(
    path: Path, target: Path, entries: Iterator[dict[str, Any]], fields: tuple[str, ...], original: bool
) -> Restored:
    """Write a file as it was.

    Args:
        path: what the run wrote.
        target: where the restored file goes.
        entries: the lines of the audit on it.
        fields: the fields of its rows that the lines are about.
        original: also undo the repairs.

    Raises:
        CleanerError, ValueError, LookupError: the file and the lines do not fit together.
        OSError: one cannot be read, or the other not be written.
    """
    line = next(entries)
    if line["kind"] in ROW_KINDS:
        keys = FieldNames(text=fields[0], more_texts=fields[1:])
        return _restore_rows(path, target, chain([line], entries), keys, original)
    if not isinstance(line.get("dropped", ""), str):
        raise ValueError("the audit holds a row for it, but it is a file")
    cleaned = line["dropped"] if "dropped" in line else _read(path)
    text = _text(cleaned, line, original)
    data = original_bytes(text, line) if original else text.encode("utf-8", "surrogatepass")
    data = compress(data, codec_of(target))
    with atomic_write(target, 0o644, digest=hashlib.blake2b(data, digest_size=8).hexdigest()) as stream:
        stream.write(data)
    return Restored(1)


def copy_file(path: Path, target: Path) -> Restored:
    """Copy a file that is as it was before the run."""
    output = GrowingFile(target, codec_of(target))
    try:
        with open_decoded(path) as source:
            while data := source.read(_SHARD_BYTES):
                output.append(data)
        output.finish(mode_of(path))
    except BaseException:
        output.discard()
        raise
    return Restored(1)


def _text(cleaned: str, line: Mapping[str, Any], original: bool) -> str:
    text = restored_text(cleaned + "\n" if line.get("unterminated") else cleaned, line)
    if original:
        return original_text(text, line)
    return text.removesuffix("\n") if line.get("unterminated") else text


def _read(path: Path) -> str:
    with open_decoded(path) as stream:
        return stream.read().decode("utf-8", "surrogatepass")


def _restore_rows(
    path: Path, target: Path, entries: Iterator[dict[str, Any]], keys: FieldNames, original: bool
) -> Restored:
    by_row = _ByRow(entries)
    source_form = row_format(by_row.kind)
    options = RowOptions(most_bytes=sys.maxsize, delimiter=by_row.delimiter)
    form, count, unknown = row_format(source_form.result, options), 0, list[int]()
    output = growing(target, form.name)
    try:
        with open_decoded(path) as source:
            for shard in form.shards(source, keys, _SHARD_BYTES):
                changes: dict[int, dict[str, Any]] = {}
                for number, texts in groupby(form.rows(shard, keys), attrgetter("number")):
                    # Where bad rows are left out, only the order counts.
                    lines = by_row.of(number if source_form.keeps_bad_rows else None)
                    row = list(texts)
                    if _has_unknown(row, lines):
                        unknown.append(number)
                    if lines:
                        changes[number] = _restored_row(row, lines, original)
                        count += len(lines)
                output.append(form.encode(shard, changes, ()))
        if (missing := by_row.left()) is not None:
            raise CleanerError(f"has no row {missing:,}, which the audit is about")
        output.finish(mode_of(path))
    except BaseException:
        output.discard()
        raise
    return Restored(count, len(unknown), unknown[0] if unknown else 0)


def _has_unknown(texts: Sequence[Row], lines: Collection[str]) -> bool:
    """Whether a row that can be read has a text without a line."""
    return not any(row.error for row in texts) and any(row.text and row.field not in lines for row in texts)


def _restored_row(texts: Sequence[Row], lines: Mapping[str, Mapping[str, Any]], original: bool) -> dict[str, Any]:
    """The values of the fields of a row, from its cleaned texts and their lines of the audit."""
    error = next((row for row in texts if row.error), None)
    if error is not None:
        raise CleanerError(f"row {error.number:,} {error.error}")
    found = {row.field: row.text for row in texts}
    for field in lines:
        if field not in found:
            raise CleanerError(f"row {texts[0].number:,} has no field {field!r}, which the audit is about")
    restored = {field: _text(found[field], line, original) for field, line in lines.items()}
    return {field: text for field, text in restored.items() if text != found[field]}  # the others stay as written


class _ByRow:
    """The lines of an audit on one file of rows, row by row. Rows that were left out are counted, not given."""

    def __init__(self, entries: Iterator[dict[str, Any]]) -> None:
        self._groups = groupby(entries, itemgetter("row"))
        self._dropped, self._number = 0, 0
        self._lines: dict[str, dict[str, Any]] | None = {}
        self._first: dict[str, Any] = {}
        self._advance()
        self.kind: Kind = self._first["kind"]
        self.delimiter = str(self._first.get("delimiter", ""))

    def _advance(self) -> None:
        """Go to the next row that was not left out."""
        for number, group in self._groups:
            lines = list(group)
            self._first = self._first or lines[0]
            if any("dropped" in line for line in lines):
                self._dropped += 1
                continue
            self._number, self._lines = number, {line["field"]: line for line in lines}
            return
        self._lines = None

    def of(self, number: int | None) -> dict[str, dict[str, Any]]:
        """The lines on the row of the result that has this number, or on the next one, by field; {} for none.

        Rows that were left out are missing in the result, so later ones stand that much higher.
        """
        lines = self._lines
        if lines is None or (number is not None and self._number - self._dropped != number):
            return {}
        self._advance()
        return lines

    def left(self) -> int | None:
        """The number of a row that no row of the result was found for."""
        return self._number if self._lines is not None else None
