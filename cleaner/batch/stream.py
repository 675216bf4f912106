"""Clean what comes through a pipe: one text, or rows that are answered as they come."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import IO, NamedTuple, cast

from cleaner.batch.jobs import Job
from cleaner.batch.options import Options
from cleaner.batch.remembering import Remembering
from cleaner.batch.results import Report, diff_lines
from cleaner.batch.worker import Work, clean_shard
from cleaner.errors import CleanerError
from cleaner.io.article import read_article, read_limited
from cleaner.io.formats.fields import FieldNames, settled, value_of
from cleaner.io.formats.json_scan import holds_list
from cleaner.io.formats.registry import ROW_KINDS, format_named, row_format
from cleaner.io.problems import Problem
from cleaner.io.streams import Joined
from cleaner.text.decoding import decode
from cleaner.text.recognition import looks_like

__all__ = ["clean_stream"]

_FEW_BYTES = 1000  # in which UTF-16 has a zero
_LOOKED_AT = 5  # lines below one that is no row
_SHARD_BYTES = 16_000  # small, so that rows come out soon after they went in
_BINARY = {b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive, as .docx is", b"PAR1": "Parquet", b"\x1f\x8b": "gzip"}


class _Recognised(NamedTuple):
    """A format, and what the user should know about it."""

    kind: str
    note: str = ""


def clean_stream(
    work: Work,
    source: IO[bytes],
    target: IO[bytes],
    kind: str | None = None,
    unbuffered: bool = False,
    asked: Sequence[str] = (),
    memory: Remembering | None = None,
) -> Report:
    """Clean a text or rows from one stream to another.

    Args:
        work: the cleaner and its options. With ``diff`` the report gets a diff and nothing is written.
        source, target: streams of bytes; the target is flushed at the end.
        kind: the format of the source; by default its beginning tells, and the report has a note when it is neither a
            text nor JSON Lines.
        unbuffered: whether each row is written as soon as it was read.
        asked: the options about rows that the user gave. With some, a source without rows is an error.
        memory: what was seen of sites; each document profits from all before it.

    Raises:
        CleanerError: the format cannot be read from a pipe, the bytes are not text, or no rows were recognised and the
            user asked for some.

    >>> from io import BytesIO
    >>> from cleaner import Cleaner
    >>> from cleaner.batch.options import Options
    >>> target = BytesIO()
    >>> text = b"The council met to vote on the bridge.\\n\\nFollow us on:\\n"
    >>> report = clean_stream(Work(Cleaner(), Options()), BytesIO(text), target)
    >>> target.getvalue(), report.changed
    (b'The council met to vote on the bridge.\\n', 1)
    """
    note = ""
    if kind is None:
        (kind, note), source = _recognised(source, work.options, asked)
    if not format_named(kind).pipeable:
        raise CleanerError(f"{kind} cannot be read from a pipe; give the file")
    if kind in ROW_KINDS:
        report = _clean_rows(work, kind, source, target, unbuffered, memory)
    else:
        with memory.following() if memory else nullcontext() as recall:
            report = _clean_text(work.recalling(recall) if recall else work, kind, source, target)
    if note:
        report.problems.insert(0, Problem("-", note, False))
    target.flush()
    return report


def _recognised(source: IO[bytes], options: Options, asked: Sequence[str]) -> tuple[_Recognised, IO[bytes]]:
    """The format of a stream, and the stream with all its bytes.

    Of what begins as JSON the first line tells; of other streams what is there at once, or the whole document, which is
    read as a whole in any case.
    """
    most = options.max_document_bytes
    first = source.readline(min(most, 1 << 24) + 1)
    for mark, name in _BINARY.items():
        if first.startswith(mark):
            raise CleanerError(f"is {name}; give the file, or turn it into a text first")
    begin = first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if begin == b"{" and (len(first) > most or (_is_object(first) and not holds_list(first, options.keys))):
        return _Recognised("jsonl"), _joined(first, source)
    data = first + source.read(most + 1 - len(first)) if len(first) <= most else first
    found = _of_text(data, options)
    if asked and found.kind not in ROW_KINDS and data.strip():
        raise CleanerError(
            f"no rows are recognised on standard input, and {', '.join(asked)} is about rows; "
            "say what they are with --format jsonl, json, csv or tsv, or leave the option out to clean one text"
        )
    return found, _joined(data, source)


def _of_text(data: bytes, options: Options) -> _Recognised:
    text, keys = _decoded(data, options.encoding), options.keys
    # The usual names are known there; others are those that the user gave.
    columns = () if keys.texts == FieldNames().texts and not options.delimiter else (*keys.texts, *keys.guesses)
    found = looks_like(text, columns, options.delimiter)
    if not found and data.lstrip()[:1] in (b"{", b"["):
        found = "jsonl" if data.lstrip()[:2] == b'{"' else _kind_of_array(text, keys)
    elif not found and _are_rows_below(text, keys):
        found = "jsonl"
    notes = {
        "html": "is a page, so its article is taken out; --format text cleans it as it is",
        "csv": "is CSV, so its rows are cleaned; --format text cleans it as one text",
        "json": "is JSON, so its rows are cleaned; --format text cleans it as one text",
    }
    return _Recognised(found or "text", notes.get(found, ""))


def _decoded(data: bytes, encoding: str) -> str:
    """The text of a stream, or of its beginning, as texts and CSV are decoded."""
    try:
        return decode(data[: len(data) // 2 * 2] if b"\0" in data[:_FEW_BYTES] else data, encoding=encoding).text
    except CleanerError:
        return data.decode("utf-8", "replace")  # whoever reads it says what is wrong


def _kind_of_array(text: str, keys: FieldNames) -> str:
    """ "json" for an array that holds rows behind other values, else ""."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return "json" if isinstance(found, list) and any(_has_text(item, keys) for item in found) else ""


def _are_rows_below(text: str, keys: FieldNames) -> bool:
    """Whether all lines below the first are rows of JSON Lines: the first one is damaged."""
    if not text.rstrip().endswith("}"):
        return False
    lines = [line for line in text.split("\n", _LOOKED_AT + 2)[: _LOOKED_AT + 1] if line.strip()]
    return len(lines) > 1 and all(_is_row(line, keys) for line in lines[1:])


def _is_row(line: str, keys: FieldNames) -> bool:
    try:
        return _has_text(json.loads(line), keys)
    except (ValueError, RecursionError):
        return False


def _has_text(item: object, keys: FieldNames) -> bool:
    return isinstance(item, dict) and bool(settled(keys, lambda name: isinstance(value_of(item, name), str)))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _joined(begin: bytes, rest: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], io.BufferedReader(Joined(begin, rest)))


def _clean_text(work: Work, kind: str, source: IO[bytes], target: IO[bytes]) -> Report:
    report, options = Report("-"), work.options
    article = read_article(read_limited(source, options.max_document_bytes), kind, options=work.reading)
    result = work.clean(Job(Path("-"), kind, None, "-"), article.text, article.info, article.encoding, ())
    report.add(result)
    if options.diff:
        report.diff += diff_lines(result.original(), result.text, "-")
    elif options.write and not options.drops(result):
        target.write(result.text.encode("utf-8", "surrogatepass"))
    return report


def _clean_rows(
    work: Work, kind: str, source: IO[bytes], target: IO[bytes], unbuffered: bool, memory: Remembering | None
) -> Report:
    report, options = Report("-"), work.options
    job = Job(Path("-"), kind, None, "-")
    chosen = row_format(kind, replace(options.rows, extract=None))
    for shard in chosen.shards(source, options.keys, 1 if unbuffered else _SHARD_BYTES):
        with memory.following() if memory else nullcontext() as recall:
            done = clean_shard(work.recalling(recall) if recall else work, job, shard)
        report.merge(done.report)
        report.diff += done.report.diff
        if not options.diff:
            target.write(done.output)
            if unbuffered:
                target.flush()
    return report
