"""What a worker does: clean one file, or one shard of a file of rows. Nothing here knows of other files."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.audit import (
    attributes_line,
    audit_line,
    content_digest,
    encoded,
    language_of,
    removed_text,
    scores_line,
)
from cleaner.batch.documents import site_name
from cleaner.batch.failures import WHOLE_FILE, failed, not_written, reject_line
from cleaner.batch.harvest import foreign_field, found, joined, merged, row_values, signal_values
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.replacing import Replacement
from cleaner.batch.results import Report, ShardResult, diff_lines
from cleaner.batch.tasks import NOTHING_WRITTEN, SHARD_BYTES, Task, failure
from cleaner.errors import CleanerError
from cleaner.io.article import ReadOptions, read_article, read_limited
from cleaner.io.atomic import atomic_write
from cleaner.io.compression import codec_of, compress
from cleaner.io.containment import check_no_links
from cleaner.io.formats.base import Row, RowFormat, RowOptions, Shard, document_of
from cleaner.io.formats.fields import value_of
from cleaner.io.formats.registry import format_named, row_format
from cleaner.io.paths import mode_of, shown, signature
from cleaner.io.prepared import PreparedFile, prepare, remove_prepared
from cleaner.io.problems import Problem
from cleaner.io.sidecars import read_sidecar, sidecar_of
from cleaner.io.site_recall import MemoryReader, Recall
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.pipeline.signals import signals_of

__all__ = [
    "Work",
    "check_target",
    "clean_file",
    "clean_shard",
    "clean_task",
    "lost_task",
]

_LONG_LINE = 1_000_000
_MODE = 0o644  # of what is written beside a result
_OUTPUTS = ("audit", "attributes", "rejects", "scores")  # what a row may add lines to


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker knows for the whole run.

    Attributes:
        cleaner: cleans the documents.
        options: how the run treats them.
        stamp: what every line of the audit, and every row with metadata, says about the run.
        repeated: the lines that recur on each site, by the name of the site.
        reader: the site memory; None without one.
        recall: what the task at hand knows of it.
    """

    cleaner: Cleaner
    options: Options
    stamp: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, frozenset[int]] = field(default_factory=dict)
    reader: MemoryReader | None = None
    recall: Recall | None = None

    def remembering(self, until: int) -> Work:
        """The same for one task, which knows the site memory up to a tick."""
        return self.recalling(Recall(self.reader, until)) if self.reader is not None else self

    def recalling(self, recall: Recall) -> Work:
        """The same with what is known of sites."""
        return replace(self, recall=recall)

    def clean(self, job: Job, text: str, info: DocumentInfo, *read: Any) -> CleanResult:
        """Clean a document with what is known about its site; ``read`` are the encoding and the flags of a file."""
        if self.recall is not None:
            encoding, flags = read or ("", ())
            return self.cleaner.clean_document(text, info, encoding, flags, self.recall.of(site_name(info, job)))
        return self.cleaner.clean_document(text, self.with_site_lines(info, job), *read)

    def taken(self, result: ShardResult) -> ShardResult:
        """A result with the documents that were seen for it."""
        return replace(result, seen=self.recall.take()) if self.recall is not None else result

    @property
    def reading(self) -> ReadOptions:
        """How documents are read. A scorer wants to know what pages say about their lines."""
        return replace(self.options.reading, page_lines=self.cleaner.scorer is not None)

    @property
    def rows(self) -> RowOptions:
        """How files of rows are read and written."""
        return replace(self.options.rows, extract=self.reading.extract)

    def with_site_lines(self, info: DocumentInfo, job: Job) -> DocumentInfo:
        """What is known about a document, with the lines that recur on its site."""
        repeated = self.repeated.get(site_name(info, job)) if self.repeated else None
        return replace(info, repeated=repeated) if repeated else info


def clean_task(work: Work, task: Task) -> list[ShardResult]:
    """The results of a task: one for each small file, one for a shard, none for the end of a file of rows."""
    if task.end:
        return []
    work = work.remembering(task.until)
    if task.shard is not None:
        return [work.taken(_clean_shard(work, task.jobs[0][1], task.shard))]
    if work.recall is not None:
        reading = replace(work, options=replace(work.options, write=False, outputs=Outputs(), diff=False))
        for job in task.done:
            clean_file(reading, job)  # for what the files behind it learn from it
    return [work.taken(clean_file(work, job)) for _, job in task.jobs]


def lost_task(work: Work, task: Task, alone: Callable[[Task], list[ShardResult]]) -> list[ShardResult]:
    """The results of a task that a process did not survive.

    Of small files only the one that is at fault fails. The rows of a shard pass through as they are.

    Args:
        work, task: as for :func:`clean_task`.
        alone: does a task in a process of its own.

    Raises:
        BrokenExecutor: never.
    """
    if task.shard is not None:
        return [_lost_shard(work, task.jobs[0][1], task.shard)]
    results: list[ShardResult] = []
    for pair in task.jobs:
        try:
            results += alone(Task([pair], 0, until=task.until))
        except BrokenExecutor:
            results.append(failed(work.options, pair[1], Report(shown(pair[1].source)), f"{_DIED}; {NOTHING_WRITTEN}"))
    return results


_DIED = "the process that cleaned it died, perhaps since memory ran out"


def _lost_shard(work: Work, job: Job, shard: Shard) -> ShardResult:
    form = _format_of(work, job)
    path = shown(job.source)
    reason = f"{_DIED}; the rows from here on, about {SHARD_BYTES // 1000} kB, "
    reason += "were passed through as they are" if form.keeps_bad_rows else "are left out"
    report = Report(path, problems=[Problem(f"{path}:{shard.first}", reason)])
    try:
        output = form.encode(shard, {}, ()) if form.keeps_bad_rows and work.options.write else b""
    except Exception as error:
        return _no_shard(work, job, shard, error)
    return ShardResult(report, output, rejects=reject_line(work.options, job, Row(shard.first, {}, ""), reason))


def _clean_shard(work: Work, job: Job, shard: Shard) -> ShardResult:
    try:
        return clean_shard(work, job, shard)
    except Exception as error:  # one bad file must not end the run of all others
        return _no_shard(work, job, shard, error)


def _no_shard(work: Work, job: Job, shard: Shard, error: Exception) -> ShardResult:
    """The result for rows that cannot be written at all."""
    reason = f"failed after row {shard.first - 1:,}: {failure(error)}; {NOTHING_WRITTEN}"
    rejects = reject_line(work.options, job, Row(shard.first, {}, ""), reason)
    return ShardResult(Report(shown(job.source)), rejects=rejects, error=reason)


# A file that is one document


def clean_file(work: Work, job: Job) -> ShardResult:
    """Clean a text file or a page, and write the result. What goes wrong stands in the report.

    A result that goes over the input is only prepared: whoever writes the audit carries the replacement out, or
    discards it.
    """
    path = shown(job.source)
    try:
        return _clean_document(work, job)
    except CleanerError as error:
        return failed(work.options, job, Report(path), str(error))
    except OSError as error:
        return not_written(work.options, job, Report(path), error)
    except Exception as error:  # one bad document must not end the run of all others
        message = f"failed: {failure(error)}; please report it with the file; it was left as it is"
        return failed(work.options, job, Report(path), message)


def _clean_document(work: Work, job: Job) -> ShardResult:
    options = work.options
    if options.in_place and options.write:
        _remove_leftovers(job)
    before = signature(job.source)
    data = read_limited(job.source, options.max_document_bytes)
    article = read_article(data, job.kind, options=work.reading)
    result = work.clean(job, article.text, article.info, article.encoding, article.flags)
    cleaned = result.text.encode("utf-8", "surrogatepass")
    same_format = not format_named(job.kind).written_as  # else the result cannot be compared with what was read
    report = Report(shown(job.source), problems=_notes(data, job, result))
    report.add(result, cleaned != data if same_format else None)
    if options.diff and result.changed:
        report.diff = diff_lines(result.original() if same_format else result.repaired, result.text, report.path)
    dropped = options.drops(result)
    report.dropped = int(dropped)
    more: dict[str, Any] = {"dropped": result.text} if dropped else {}
    if options.outputs.audit and same_format and encoded(article.text, article.encoding) != data:
        more["raw"] = b64encode(data).decode()  # so that restoring gives back the very bytes
    if options.in_place and options.write:
        more["original_sha"] = content_digest(data)  # so that restoring knows a file that was not written over
    lines = _lines_about(work, job, result, more=more)
    replacement = None
    try:
        if options.in_place and options.write and not dropped:
            replacement = _prepare(work, job, result, cleaned if cleaned != data else None, report, before)
        elif options.write and job.target is not None and not dropped:
            _write(work, job, job.target, result, cleaned, report)
    except OSError as error:
        return not_written(options, job, report, error)
    return ShardResult(report, b"", lines.audit, lines.attributes, scores=lines.scores, replacement=replacement)


def _remove_leftovers(job: Job) -> None:
    """Remove what a run over this input that was killed has left beside it."""
    for path in (job.source, sidecar_of(job.source)):
        remove_prepared(path)


def _write(work: Work, job: Job, target: Path, result: CleanResult, cleaned: bytes, report: Report) -> None:
    """Write a result, compressed as its name says, and what was found beside it.

    Raises:
        CleanerError: a link would lead the result out of its folder.
        OSError: a file cannot be written.
    """
    check_target(job, work.options)
    packed, report.digest = _packed(target, cleaned)
    with atomic_write(target, mode_of(job.source), digest=report.digest) as stream:
        stream.write(packed)
    report.written = True
    if work.options.harvest.sidecar:
        with atomic_write(sidecar_of(target), _MODE) as stream:
            stream.write(_sidecar(work, target, result))


def _prepare(
    work: Work, job: Job, result: CleanResult, cleaned: bytes | None, report: Report, seen: tuple[int, ...]
) -> Replacement:
    """Prepare what is to be written over the input, where ``cleaned`` is given, and beside it.

    Raises:
        OSError: a file cannot be written; none is left.
    """
    source, files = job.source, list[PreparedFile]()
    try:
        if work.options.harvest.sidecar:
            files.append(prepare(sidecar_of(source), _sidecar(work, source, result), _MODE))
        if cleaned is not None:
            packed, report.digest = _packed(source, cleaned)
            files.append(prepare(source, packed, mode_of(source), report.digest))
    except BaseException:
        for file in files:
            file.discard()
        raise
    return Replacement(source, seen, files)


def _packed(target: Path, cleaned: bytes) -> tuple[bytes, str]:
    """A result as it is written under a name, and the digest of that."""
    packed = compress(cleaned, codec_of(target))
    return packed, content_digest(packed)


def _sidecar(work: Work, target: Path, result: CleanResult) -> bytes:
    about = merged(found([result], work.stamp), read_sidecar(sidecar_of(target)))
    if work.options.harvest.signals:
        names = {name for name, _ in work.options.harvest.signals}
        about["signals"] = {name: value for name, value in signals_of(result).as_dict().items() if name in names}
    return json.dumps(about, ensure_ascii=False, indent=2).encode("utf-8", "surrogatepass") + b"\n"


def check_target(job: Job, options: Options) -> None:
    """Refuse a result that a link would lead out of its folder.

    Raises:
        CleanerError: a folder on the way is a link.
    """
    if job.target is not None and job.root is not None and not options.in_place:
        check_no_links(job.root, job.target)


def _notes(data: bytes, job: Job, result: CleanResult) -> list[Problem]:
    """What the user should know about a file that was cleaned."""
    path, notes = shown(job.source), []
    if not data and not format_named(job.kind).written_as:
        notes.append(Problem(path, "is empty; written as it is", False))
    longest = max(map(len, result.repaired.split("\n")), default=0)
    if longest > _LONG_LINE:
        message = f"has a line of {longest:,} characters; it was repaired, but rules only look at shorter lines"
        notes.append(Problem(path, message, False))
    return notes


# A shard of a file of rows


class _CleanedRow(NamedTuple):
    """What came of one row: its report, new values of its fields, whether it is left out, and lines for the outputs."""

    report: Report
    values: Mapping[str, Any] = {}
    dropped: bool = False
    audit: bytes = b""
    attributes: bytes = b""
    rejects: bytes = b""
    scores: bytes = b""


def clean_shard(work: Work, job: Job, shard: Shard) -> ShardResult:
    """Clean some rows. A row that cannot be cleaned passes through as it is, and stands in the report."""
    options = work.options
    form = _format_of(work, job)
    path = shown(job.source)
    report = Report(path, problems=[Problem(path, note, False) for note in shard.notes])
    changes: dict[int, Mapping[str, Any]] = {}
    dropped: set[int] = set()
    outputs: dict[str, list[bytes]] = {name: [] for name in _OUTPUTS}
    for number, texts in groupby(form.rows(shard, options.keys), attrgetter("number")):
        cleaned = _clean_or_reject(work, job, form, list(texts))
        report.merge(cleaned.report)
        report.diff += cleaned.report.diff
        for name, lines in outputs.items():
            lines.append(getattr(cleaned, name))
        if cleaned.dropped:
            dropped.add(number)
        elif cleaned.values:
            changes[number] = cleaned.values
    output = form.encode(shard, changes, dropped) if options.write else b""
    audit, attributes, rejects, scores = (b"".join(lines) for lines in outputs.values())
    return ShardResult(report, output, audit, attributes, rejects, scores=scores)


def _format_of(work: Work, job: Job) -> RowFormat:
    return row_format(job.kind, work.rows)


def _clean_or_reject(work: Work, job: Job, form: RowFormat, texts: Sequence[Row]) -> _CleanedRow:
    row = next((text for text in texts if text.error), texts[0])
    reason = row.error or _not_ours(work, texts)
    if not reason:
        try:
            return _clean_row(work, job, texts, form.is_structured)
        except Exception as error:  # one bad row must not end the run of all others
            reason = f"failed: {failure(error)}"
    fate = "the row was passed through as it is" if form.keeps_bad_rows else "the page is left out"
    path, reason = shown(job.source), f"{reason}; {fate}"
    report = Report(path, problems=[Problem(f"{path}:{row.number}", reason)])
    return _CleanedRow(report, rejects=reject_line(work.options, job, row, reason))


def _not_ours(work: Work, texts: Sequence[Row]) -> str:
    """Why the fields that the run adds must not be written into a row, or ""."""
    options = work.options
    if not options.added or not any(row.text for row in texts):
        return ""
    for row in texts:
        if row.field in options.added:
            return f"has its text in the field {row.field!r}, which is to be written; name a new one"
    field = foreign_field(
        options.harvest,
        options.keep_removed,
        texts[0].fields,
        lambda: {rule.flag for rule in work.cleaner.rules},
    )
    return f"has a field {field!r} that no run wrote; name a new one for what is found" if field else ""


class _CleanedText(NamedTuple):
    """A text of a row, what came of it, and the text as it is written."""

    row: Row
    result: CleanResult
    text: str


def _clean_row(work: Work, job: Job, texts: Sequence[Row], is_structured: bool) -> _CleanedRow:
    options, fields = work.options, texts[0].fields
    report = Report(shown(job.source))
    cleaned = [_clean_text(work, job, row) for row in texts if row.text]
    if not cleaned:
        return _CleanedRow(report)
    dropped = any(options.drops(text.result) for text in cleaned)
    report.dropped = int(dropped)
    values: dict[str, Any] = {}
    lines = []
    for row, result, text in cleaned:
        changed = text != row.text
        report.add(result, changed)
        if changed:
            values[row.field] = text
            report.diff += _diff_of(work, report, row, text)
        more: dict[str, Any] = {"unterminated": True} if text != result.text else {}
        more |= {"original_sha": content_digest(row.text)} if options.in_place and options.write else {}
        lines.append(_lines_about(work, job, result, row, {**more, "dropped": dict(fields)} if dropped else more))
    results = [text.result for text in cleaned]
    if options.keep_removed:
        gone = "\n\n".join(filter(None, map(removed_text, results)))
        values[options.keep_removed] = joined(fields.get(options.keep_removed), gone)
    if options.harvest.fields:
        values |= row_values(options.harvest, found(results, work.stamp), fields, is_structured)
        values |= signal_values(options.harvest, results)
    audit, attributes, scores = (b"".join(of_texts) for of_texts in zip(*lines, strict=True))
    return _CleanedRow(report, values, dropped, audit, attributes, scores=scores)


def _clean_text(work: Work, job: Job, row: Row) -> _CleanedText:
    known = replace(document_of(row.fields, work.options.keys, row.field), page=row.page)
    result = work.clean(job, row.text, known)
    # A row's text keeps its own ending: most have no final newline, and adding one would change every row.
    return _CleanedText(row, result, result.text if row.text.endswith("\n") else result.text.removesuffix("\n"))


def _diff_of(work: Work, report: Report, row: Row, text: str) -> list[str]:
    if not work.options.diff:
        return []
    field = f":{row.field}" if work.options.keys.more_texts else ""
    end = "" if row.text.endswith("\n") else "\n"  # a value is no file, and need not end in a newline
    return diff_lines(row.text + end, text + end, f"{report.path}:{row.number}{field}")


# Lines for the outputs of the run


class _Lines(NamedTuple):
    audit: bytes
    attributes: bytes
    scores: bytes


def _lines_about(
    work: Work, job: Job, result: CleanResult, row: Row = WHOLE_FILE, more: Mapping[str, Any] = {}
) -> _Lines:
    """The lines about a document, as far as the run writes such lines. ``more`` are further keys of the audit."""
    options = work.options
    row_id = value_of(row.fields, options.keys.id)
    audit = attributes = scores = b""
    if options.outputs.audit:
        site = site_name(document_of(row.fields, options.keys, row.field), job)
        about = {"kind": job.kind, "field": row.field or options.keys.text, **more}
        about |= {"site": site, "language": language_of(row.fields)}
        about |= {"standing": partial(work.recall.standing, site)} if work.recall is not None else {}
        about |= {"in_place": True} if options.in_place and options.write else {}
        about |= {"delimiter": options.delimiter} if options.delimiter else {}
        audit = audit_line(job.name, row.number, row_id, result, work.stamp, **about)
    if options.outputs.attributes:
        attributes = attributes_line(job.name if row_id is None else row_id, result)
    if options.outputs.scores:
        scores = scores_line(job.name, row.number, row_id, result)
    return _Lines(audit, attributes, scores)
