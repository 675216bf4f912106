"""Back from cleaned documents and the audit to the repaired texts, or to the texts as they were read."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleaner.batch.audit import check_line, original_bytes, original_text, restored_text
from cleaner.batch.growing import GrowingFile, growing
from cleaner.batch.jobs import Job
from cleaner.batch.own_results import OwnResults
from cleaner.batch.unreplaced import is_unreplaced
from cleaner.batch.way_back import is_way_back, refuse_ways_back
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.io.compression import CutOffError, codec_of, compress, open_decoded
from cleaner.io.containment import check_no_links, path_below
from cleaner.io.discovery import DiscoveredFile, walk
from cleaner.io.formats.base import FieldNames, Kind, Row, RowOptions
from cleaner.io.formats.registry import DEFAULT_KIND, ROW_KINDS, row_format
from cleaner.io.paths import digest_of, is_remote, mode_of, printable, shown
from cleaner.io.problems import Problem

__all__ = ["restore"]

_SHARD_BYTES = 250_000
_SHOWN = 3


class _Restored(NamedTuple):
    """How many documents of a file were restored, how many of its rows have a text and no line in the audit, and the
    number of the first of these."""

    documents: int
    unknown: int = 0
    first_unknown: int = 0


class _Named(NamedTuple):
    """What the audit says about one file: where its lines begin, in bytes of the unpacked audit and as their number,
    and the fields of rows that they are about."""

    start: int
    line: int
    fields: dict[str, None]


def restore(
    cleaned: Path, audit: Path, output: Path, original: bool = False, overwrite: bool = False
) -> tuple[int, list[Problem]]:
    """Restore the documents that an audit is about.

    Args:
        cleaned: the file or folder that the run wrote.
        audit: the file it wrote with ``--audit``. It may come from anybody: no file outside ``output`` is written,
            and none outside ``cleaned`` is read.
        output: where the restored documents go: a file for a file, a folder for a folder.
        original: also undo the repairs.
        overwrite: whether files may be written over that no run wrote.

    Returns:
        how many documents were restored, and what could not be. A note tells how many files of the folder the audit
        does not name.

    Raises:
        CleanerError: the output would be written over an input or somebody's own file, or the audit is damaged, or
            about something else.
    """
    _check_output(cleaned, audit, output)
    _check_begun(audit)
    problems: list[Problem] = []
    count = 0
    with tempfile.TemporaryFile() as lines:
        found = _index(audit, lines, problems)
        jobs = list(_jobs(found, cleaned, audit, output, problems))
        refuse_ways_back(target for _, target, _ in jobs)
        own = OwnResults([job for job, _, _ in jobs])
        if not overwrite:
            own.refuse_foreign()
        own.begin()
        digests: dict[str, str] = {}
        unreplaced: list[str] = []
        for job, target, where in jobs:
            try:
                if _is_unreplaced(job.source, lines, where):
                    restored = _copy(job.source, target)
                    unreplaced.append(job.name)
                else:
                    entries = _entries(lines, where)
                    restored = _restore_file(job.source, target, entries, tuple(where.fields), original)
                count += restored.documents
                problems += _unknown_rows(job.source, restored)
                digests[job.name] = "" if is_remote(target) else digest_of(target)
            except (CleanerError, ValueError, LookupError) as error:
                problems.append(Problem(shown(job.source), f"{error}; it must be as the run with this audit left it"))
            except OSError as error:
                reason = f"{error.strerror or error}; nothing was restored for this file"
                problems.append(Problem(shown(job.source), reason))
        own.end(digests, True)
    if not count and not problems:
        raise CleanerError(f"{shown(audit)}: says nothing about {shown(cleaned)}; name what the run wrote with -o")
    return count, [*problems, *_unreplaced_files(unreplaced, cleaned), *_unnamed_files(found, cleaned, audit)]


def _unknown_rows(path: Path, restored: _Restored) -> list[Problem]:
    first = f"row {restored.first_unknown:,}"
    if restored.unknown > 1:
        reason = f"{restored.unknown:,} rows, the first of them {first}, have a text and no line in the audit"
    else:
        reason = f"{first} has a text and no line in the audit"
    advice = "what is there was not restored; look whether the audit is cut off"
    return [Problem(shown(path), f"{reason}; {advice}")] if restored.unknown else []


def _unnamed_files(found: Collection[str], cleaned: Path, audit: Path) -> list[Problem]:
    """A note on the files of the folder that the audit does not name, such as those without documents."""
    if not cleaned.is_dir():
        return []
    itself = audit.resolve()
    names = [
        file.relative.as_posix()
        for file in walk(cleaned)
        if isinstance(file, DiscoveredFile) and file.relative.as_posix() not in found and file.path.resolve() != itself
    ]
    if not names:
        return []
    counted = "1 file is" if len(names) == 1 else f"{len(names):,} files are"
    reason = f"{counted} not in the audit, as files without documents are, and not restored: {_listed(names)}"
    return [Problem(shown(cleaned), reason, False)]


def _unreplaced_files(names: Sequence[str], cleaned: Path) -> list[Problem]:
    """A note on the files that were not written over."""
    if not names:
        return []
    counted = "1 file was" if len(names) == 1 else f"{len(names):,} files were"
    reason = f"{counted} not written over, since the run was stopped before, and copied as they are: {_listed(names)}"
    return [Problem(shown(cleaned), reason.replace("they are", "it is") if len(names) == 1 else reason, False)]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(printable, names[:_SHOWN])) + (" ..." if len(names) > _SHOWN else "")


def _is_unreplaced(path: Path, lines: IO[bytes], where: _Named) -> bool:
    return is_unreplaced(path, _entries(lines, where), tuple(where.fields))


def _copy(path: Path, target: Path) -> _Restored:
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
    return _Restored(1)


def _jobs(
    found: Mapping[str, _Named], cleaned: Path, audit: Path, output: Path, problems: list[Problem]
) -> Iterator[tuple[Job, Path, _Named]]:
    """The files to restore, with their targets and the places of their lines.

    A name that leads out of the folders is added to the problems.
    """
    if not cleaned.is_dir():
        if cleaned.name in found:
            yield Job(cleaned, DEFAULT_KIND, output, output.name), output, found[cleaned.name]
        return
    inside, itself, taken = cleaned.resolve(), audit.resolve(), set[Path]()
    for name, where in found.items():
        try:
            source, target = path_below(cleaned, name), path_below(output, name)
            check_no_links(output, target)
            resolved = target.resolve()
            if resolved == itself or inside in resolved.parents:
                raise CleanerError(f"{shown(target)}: is the audit or lies inside the input; give another name with -o")
            if target in taken:
                raise CleanerError(f"{shown(target)}: stands in the audit under two names; it is restored once")
        except CleanerError as error:
            problems.append(Problem(f"{shown(audit)}:{where.line}", str(error)))
        else:
            taken.add(target)
            yield Job(source, DEFAULT_KIND, target, target.relative_to(output).as_posix()), target, where


def _check_output(cleaned: Path, audit: Path, output: Path) -> None:
    if output.resolve() == cleaned.resolve():
        raise CleanerError(f"{shown(output)}: the output is the input; give another name with -o")
    if output.resolve() == audit.resolve() or cleaned.resolve() in output.resolve().parents:
        raise CleanerError(f"{shown(output)}: is the audit or lies inside the input; give another name with -o")


def _check_begun(audit: Path) -> None:
    """Raise a CleanerError when there is no audit, but what a run that was killed had begun of it."""
    partial = GrowingFile.partial_of(audit)
    if is_remote(audit) or audit.exists() or not partial.exists():
        return
    advice = "rename it so to restore from it" if is_way_back(partial) else "give the same command again to go on"
    raise CleanerError(
        f"{shown(audit)}: does not exist, but {shown(partial)} does, which a run that was killed left; {advice}"
    )


def _index(audit: Path, copy: IO[bytes], problems: list[Problem]) -> dict[str, _Named]:
    """Where the lines on each file begin in the audit, which is unpacked into ``copy``."""
    found: dict[str, _Named] = {}
    void: set[str] = set()  # results that were not written after all
    at = 0
    may_end_anywhere = is_way_back(audit)  # the run may have been killed while it wrote
    number = 0
    try:
        with open_decoded(audit) as source:
            for number, line in enumerate(source, 1):
                if may_end_anywhere and not line.endswith(b"\n"):
                    problems.append(_cut_off(audit, number))
                    break
                try:
                    content = json.loads(line)
                    named = found.setdefault(content["path"], _Named(at, number, {}))
                    named.fields[str(content.get("field", "text"))] = None
                    if "void" in content:
                        void.add(content["path"])
                except (ValueError, KeyError, TypeError, RecursionError):
                    raise CleanerError(
                        f"line {number} is not a line of an audit; name the file that --audit wrote"
                    ) from None
                copy.write(line)
                at += len(line)
    except CutOffError as error:
        if not may_end_anywhere:
            raise CleanerError(f"{shown(audit)}: {error}") from None
        problems.append(_cut_off(audit, number + 1))
    except CleanerError as error:
        raise CleanerError(f"{shown(audit)}: {error}") from None
    return {name: where for name, where in found.items() if name not in void}


def _cut_off(audit: Path, number: int) -> Problem:
    """A note on the last line of the audit of a run that was killed while it wrote the line."""
    reason = "is cut off, as when the run was killed at it; the file that it is about was not written over then"
    return Problem(f"{shown(audit)}:{number}", reason, False)


def _entries(lines: IO[bytes], where: _Named) -> Iterator[dict[str, Any]]:
    """The lines on one file.

    Raises:
        ValueError: a line lacks what leads back.
    """
    name = None
    lines.seek(where.start)
    for at, raw in enumerate(lines, where.line):
        line: dict[str, Any] = json.loads(raw)
        if name is not None and line["path"] != name:
            return
        name = line["path"]
        try:
            check_line(line)
        except ValueError as error:
            raise ValueError(f"line {at} of the audit is not one that a run wrote: {error}") from None
        yield line


def _text(cleaned: str, line: Mapping[str, Any], original: bool) -> str:
    text = restored_text(cleaned + "\n" if line.get("unterminated") else cleaned, line)
    if original:
        return original_text(text, line)
    return text.removesuffix("\n") if line.get("unterminated") else text


def _restore_file(
    path: Path, target: Path, entries: Iterator[dict[str, Any]], fields: tuple[str, ...], original: bool
) -> _Restored:
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
    return _Restored(1)


def _read(path: Path) -> str:
    with open_decoded(path) as stream:
        return stream.read().decode("utf-8", "surrogatepass")


def _restore_rows(
    path: Path, target: Path, entries: Iterator[dict[str, Any]], keys: FieldNames, original: bool
) -> _Restored:
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
    return _Restored(count, len(unknown), unknown[0] if unknown else 0)


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
