"""The documents of a run, read back from its audit and its results: what was done to each, and its repaired text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Container, Generator, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.audit import check_line, restored_text
from cleaner.errors import CleanerError
from cleaner.io.compression import open_decoded
from cleaner.io.containment import path_below
from cleaner.io.formats.base import FieldNames, Row, RowOptions
from cleaner.io.formats.fields import value_of
from cleaner.io.formats.registry import ROW_KINDS, row_format
from cleaner.io.paths import shown
from cleaner.io.problems import Problem

__all__ = ["Audited", "AuditedRun", "Locate", "is_audit", "located_below"]

Locate = Callable[[str], Path | None]
"""Gives the file with the result of a name in the audit; None where there is none."""

_SHARD_BYTES = 250_000
_NO_FIELDS: Mapping[str, Any] = {}
_LONGEST_LINE = 1 << 26  # bytes of the first line that are read to know an audit
_KEYS = {"path", "sha", "row", "edits", "repairs", "kind"}
_NO_TEXT = "so the page shows only what was removed from it"


class Audited(NamedTuple):
    """One document of a run.

    Attributes:
        line: its line of the audit.
        text: the repaired text; None where the result is not there, or is not as the run left it.
        fields: the fields of its row in the result, where it is one.
    """

    line: Mapping[str, Any]
    text: str | None
    fields: Mapping[str, Any]


def located_below(cleaned: Path) -> Locate:
    """Finds results in the file or folder that a run wrote. A name that leads out of it has none."""

    def locate(name: str) -> Path | None:
        if not cleaned.is_dir():
            return cleaned
        try:
            return path_below(cleaned, name)
        except CleanerError:
            return None

    return locate


def is_audit(path: Path) -> bool:
    """Whether a file is an audit, by its first line."""
    if not path.is_file():
        return False
    try:
        with open_decoded(path) as source:
            line = json.loads(source.readline(_LONGEST_LINE))
    except (CleanerError, OSError, ValueError, RecursionError):
        return False
    return isinstance(line, dict) and (line.keys() >= _KEYS or line.keys() >= {"path", "void"})


class AuditedRun:
    """The documents of an audit, in its order. It can be gone through several times and is never in memory as a whole.

    Args:
        audit: the file that ``--audit`` wrote. It may come from anybody.
        locate: finds the results; by default there are none.

    Attributes:
        problems: what could not be read so far.

    Raises:
        CleanerError: the file is no audit.
    """

    def __init__(self, audit: Path, locate: Locate = lambda name: None) -> None:
        self._audit, self._locate = audit, locate
        self.problems: list[Problem] = []
        self._void = frozenset(
            str(line["path"]) for _, line in self._parsed(lambda raw: b'"void"' in raw) if "void" in line
        )

    def lines(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The number and the content of each line; those on files that were not written after all are left out.

        Raises:
            CleanerError: a line is not one that a run wrote.
        """
        for number, line in self._parsed(lambda raw: True):
            if str(line["path"]) in self._void:
                continue
            try:
                check_line(line)
            except ValueError as error:
                raise self._no_line(number, f": {error}") from None
            yield number, line

    def documents(self, wanted: Container[int]) -> Iterator[Audited]:
        """The documents with these line numbers, with their texts where the results are there.

        Raises:
            CleanerError: as :meth:`lines`.
        """
        for name, group in groupby(self.lines(), key=lambda pair: str(pair[1]["path"])):
            yield from self._documents_of(name, group, wanted)

    def _documents_of(
        self, name: str, group: Iterator[tuple[int, Mapping[str, Any]]], wanted: Container[int]
    ) -> Iterator[Audited]:
        path, results = self._locate(name), None
        try:
            for number, line in group:
                text, fields = None, _NO_FIELDS
                try:
                    if path is not None:
                        results = results or _results_in(path, line)
                        cleaned, fields = results.of(line)
                        text = _restored(cleaned, line) if number in wanted else None
                except (CleanerError, OSError, ValueError, LookupError) as error:
                    reason = (error.strerror or error) if isinstance(error, OSError) else error
                    self.problems.append(Problem(shown(path or name), f"{reason}; {_NO_TEXT}", False))
                    path = None  # whatever is wrong, the rows behind it cannot be told apart
                if number in wanted:
                    yield Audited(line, text, fields)
        finally:
            if results is not None:
                results.close()

    def _parsed(self, accept: Callable[[bytes], bool]) -> Iterator[tuple[int, dict[str, Any]]]:
        try:
            with open_decoded(self._audit) as source:
                for number, raw in enumerate(source, 1):
                    if not accept(raw):
                        continue
                    try:
                        line = json.loads(raw)
                    except (ValueError, RecursionError):
                        raise self._no_line(number) from None
                    if not isinstance(line, dict) or "path" not in line:
                        raise self._no_line(number)
                    yield number, line
        except OSError as error:
            raise CleanerError(f"{shown(self._audit)}: {error.strerror or error}; check the path") from None

    def _no_line(self, number: int, reason: str = "") -> CleanerError:
        return CleanerError(
            f"{shown(self._audit)}: line {number} is not a line of an audit; name the file that --audit wrote{reason}"
        )


class _FileResult:
    """The result of a file that is one document."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def of(self, line: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """The cleaned text; of a document that was left out the audit holds it."""
        dropped = line.get("dropped", "")
        if not isinstance(dropped, str):
            raise ValueError("the audit holds a row for it, but it is a file")
        if "dropped" in line:
            return dropped, {}
        with open_decoded(self._path) as stream:
            return stream.read().decode("utf-8", "surrogatepass"), {}

    def close(self) -> None:
        """Nothing is open."""


class _RowResults:
    """The rows of a result, found in the order of the audit."""

    def __init__(self, path: Path, line: Mapping[str, Any]) -> None:
        self._source = row_format(line["kind"])
        self._form = row_format(
            self._source.result, RowOptions(most_bytes=sys.maxsize, delimiter=line.get("delimiter", ""))
        )
        self._keys = FieldNames(text=line["field"])
        self._dropped: set[int] = set()
        self._last: tuple[int, Row] | None = None  # the row that was found last, and its number in the audit
        self._rows = self._read(path)

    def of(self, line: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
        """The text and the fields of the row that a line is about: that of the line before, or one behind it."""
        number, field = line["row"], line["field"]
        if "dropped" in line:
            self._dropped.add(number)
            fields: Mapping[str, Any] = line["dropped"] if isinstance(line["dropped"], dict) else {}
            return str(value_of(fields, field) or ""), fields
        if self._last is None or self._last[0] != number:
            self._last = number, self._next(number)
        row = self._last[1]
        if row.error:
            raise CleanerError(f"row {row.number:,} {row.error}")
        text = row.text if field == self._keys.text else value_of(row.fields, field)
        if not isinstance(text, str):
            raise CleanerError(f"row {row.number:,} has no field {field!r}, which the audit is about")
        return text, row.fields

    def _next(self, number: int) -> Row:
        for row in self._rows:
            # Rows that were left out are missing here, so later ones stand that much higher. Where bad rows are left
            # out too, only the order counts.
            if not self._source.keeps_bad_rows or row.number == number - len(self._dropped):
                return row
        raise CleanerError(f"has no row {number:,}, which the audit is about")

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def _read(self, path: Path) -> Generator[Row, None, None]:
        with open_decoded(path) as source:
            for shard in self._form.shards(source, self._keys, _SHARD_BYTES):
                yield from self._form.rows(shard, self._keys)


def _results_in(path: Path, line: Mapping[str, Any]) -> _FileResult | _RowResults:
    return _RowResults(path, line) if line["kind"] in ROW_KINDS else _FileResult(path)


def _restored(text: str, line: Mapping[str, Any]) -> str | None:
    """The repaired text. Of a row that was left out the audit holds the text as it was read, which may need repair."""
    if isinstance(line.get("dropped"), dict):
        return None if line["repairs"] else text
    return restored_text(text + "\n" if line.get("unterminated") else text, line)
