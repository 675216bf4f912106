"""What a worker does: clean one file, or one shard of a file of rows. Nothing here knows of other files."""

from __future__ import annotations

import errno
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import unified_diff
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.audit import attributes_line, audit_line, removed_text
from cleaner.decoding import decode
from cleaner.errors import CleanerError
from cleaner.formats.files import TEMPORARY, Kind, Problem, atomic_write, shown
from cleaner.formats.guarded import GuardedExtractor
from cleaner.formats.paths import mode_of
from cleaner.formats.registry import ROW_KINDS, row_format
from cleaner.formats.rows import Keys, Row, Shard, document_of
from cleaner.model import Document
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.planning import Job
from cleaner.repetition import site_of

__all__ = ["Done", "Given", "Options", "Report", "Work", "clean_file", "clean_shard", "diff_lines", "is_passing"]

_LONG_LINE = 1_000_000
_MOST_PROBLEMS = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How a run treats its documents.

    Attributes:
        write: whether results are written.
        in_place: whether over the input.
        diff: whether reports hold a diff.
        keys: the fields of rows.
        audit, attributes, rejects: whether lines for these files are made.
        keep_removed: the field of a row that what was removed goes to, or "".
        drop_flagged: whether documents with a flag are left out.
        extractor: how articles are taken out of pages.
        page_seconds: how long that may take for one page.
        site_lines: whether lines that recur on a site go.
    """

    write: bool = True
    in_place: bool = False
    diff: bool = False
    keys: Keys = field(default_factory=Keys)
    audit: bool = False
    attributes: bool = False
    rejects: bool = False
    keep_removed: str = ""
    drop_flagged: bool = False
    extractor: str = "trafilatura"
    page_seconds: float = 30.0
    site_lines: bool = False


class Given(NamedTuple):
    """A document as it was found: its file, its 1-based row (0: the file is the document), what is known about it,
    its decoded text, and the site it is of, as far as repetition goes."""

    path: Path
    row: int
    document: Document
    text: str
    site: str

    @property
    def place(self) -> str:
        """File and row, for a person."""
        return f"{shown(self.path)}:{self.row}" if self.row else shown(self.path)


@dataclass(slots=True)
class Report:
    """What happened to one file. Numbers count documents, edits and repairs.

    Of a file in which every row is bad only the first problems are kept; ``unlisted`` counts the other errors.
    """

    path: str
    documents: int = 0
    changed: int = 0
    dropped: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    removed_words: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0
    written: bool = False
    diff: list[str] = field(default_factory=list)

    def add(self, result: CleanResult) -> None:
        self.documents += 1
        self.changed += result.changed
        for edit in result.edits:
            self.removed[edit.scrap_class] += 1
            if not edit.replacement:
                self.removed_words += len(result.repaired[edit.start : edit.end].split())
        for step in result.repairs:
            self.repairs.update(edit.rule.partition(".")[2] for edit in step.edits)
        self.flags.update(result.flags)
        if result.encoding not in ("", "utf-8"):
            self.encodings[result.encoding] += 1

    def merge(self, other: Report) -> None:
        self.documents += other.documents
        self.changed += other.changed
        self.dropped += other.dropped
        self.written = self.written or other.written
        self.removed_words += other.removed_words
        self.removed.update(other.removed)
        self.repairs.update(other.repairs)
        self.flags.update(other.flags)
        self.encodings.update(other.encodings)
        room = max(0, _MOST_PROBLEMS - len(self.problems))
        self.problems += other.problems[:room]
        self.unlisted += other.unlisted + sum(problem.fatal for problem in other.problems[room:])

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return self.unlisted + sum(problem.fatal for problem in self.problems)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it; its diff aside."""
        counters = ("removed", "repairs", "flags", "encodings")
        numbers = ("documents", "changed", "dropped", "removed_words", "unlisted", "written")
        return {
            "path": self.path,
            **{name: getattr(self, name) for name in numbers},
            **{name: dict(sorted(getattr(self, name).items())) for name in counters},
            "problems": [list(problem) for problem in self.problems],
        }

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Report:
        report = cls(**{**found, "problems": [Problem(*problem) for problem in found["problems"]]})
        for name in ("removed", "repairs", "flags", "encodings"):
            setattr(report, name, Counter(getattr(report, name)))
        return report


@dataclass(slots=True)
class Done:
    """What came of a file or a shard: a report, and what is to be written at the end of which file.

    ``output`` is of a shard only; a whole file is written by the worker. What failed for want of the machine, as a
    full disk, is to be tried ``again`` when the run goes on.
    """

    report: Report
    output: bytes = b""
    audit: bytes = b""
    attributes: bytes = b""
    rejects: bytes = b""
    again: bool = False


@dataclass(slots=True)
class Work:
    """What a worker knows for the whole run.

    Attributes:
        stamp: what every line of the audit says about the run.
        repeated: the lines that recur on each site, for ``--site-lines``.
    """

    cleaner: Cleaner
    options: Options
    stamp: Mapping[str, str] = field(default_factory=dict)
    repeated: Mapping[str, frozenset[int]] = field(default_factory=dict)

    def extract(self, page: bytes | str, url: str = "") -> tuple[str, Document, str]:
        """The article of a page, in a process of its own: pages can hang or crash what reads them."""
        return _guarded(self.options.extractor, self.options.page_seconds, os.getpid()).extract(page, url)

    def read(self, data: bytes, kind: Kind) -> tuple[str, Document, str]:
        """The text of a file, what is known about it, and its encoding.

        Raises:
            CleanerError: the bytes are not text, or no article was found.
        """
        if kind == "html":
            return self.extract(data)
        decoded = decode(data)
        return decoded.text, Document(), decoded.encoding

    def site(self, document: Document, job: Job) -> str:
        """What site a document is of, as far as repetition goes: its host, its site, its folder, or all are one."""
        folder = job.name.rpartition("/")[0] if job.kind not in ROW_KINDS else job.name
        return site_of(document.url) or document.site or folder or "."

    def placed(self, document: Document, job: Job) -> Document:
        """The document with the lines that recur on its site."""
        repeated = self.repeated.get(self.site(document, job)) if self.repeated else None
        return replace(document, repeated=repeated) if repeated else document

    def documents(self, job: Job, shards: Iterable[Shard]) -> Iterator[Given | Problem]:
        """The documents of a file as they are, and what is wrong with those that cannot be read."""
        if job.kind not in ROW_KINDS:
            try:
                text, known, _ = self.read(job.source.read_bytes(), job.kind)
            except CleanerError as error:
                yield Problem(shown(job.source), str(error))
            except OSError as error:
                yield Problem(shown(job.source), f"{error.strerror or error}; check the path and its permissions")
            else:
                yield Given(job.source, 0, known, text, self.site(known, job))
            return
        chosen = row_format(job.kind, extract=self.extract)
        for shard in shards:
            for row in chosen.rows(shard, self.options.keys):
                if row.error:
                    yield Problem(f"{shown(job.source)}:{row.number}", row.error)
                elif row.text:
                    known = document_of(row.fields, self.options.keys)
                    yield Given(job.source, row.number, known, row.text, self.site(known, job))


@cache
def _guarded(extractor: str, seconds: float, process: int) -> GuardedExtractor:
    """The extractor of this process: one is enough, starting it takes a while, and no fork may share it."""
    return GuardedExtractor(seconds, extractor)


def is_passing(error: OSError) -> bool:
    """Whether an error tells of the machine at this moment, not of the file."""
    return error.errno in _PASSING


_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ETIMEDOUT}


def clean_file(work: Work, job: Job) -> Done:
    """Clean a text file or a page and write the result. What goes wrong stands in the report."""
    done = Done(Report(shown(job.source)))
    try:
        _clean_text(work, job, done)
    except CleanerError as error:
        _reject(done, job.name, 0, None, str(error), work.options)
    except OSError as error:
        done.again = is_passing(error)
        temporary = error.filename is None or TEMPORARY in str(error.filename)
        place = done.report.path if temporary else shown(error.filename)
        advice = "check its permissions" if isinstance(error, PermissionError) else "nothing was written for this file"
        _reject(done, job.name, 0, None, f"{error.strerror or error}; {advice}", work.options, place)
    except Exception as error:  # one bad document must not end the run of all others
        message = f"failed: {type(error).__name__}: {error}; please report it with the file; it was left as it is"
        _reject(done, job.name, 0, None, message, work.options)
    return done


def _reject(done: Done, path: str, row: int, row_id: object, reason: str, options: Options, place: str = "") -> None:
    done.report.problems.append(Problem(place or done.report.path, reason))
    if options.rejects:
        line = {"path": path, "row": row, "id": row_id, "reason": reason}
        done.rejects += json.dumps(line, default=str).encode() + b"\n"


def _clean_text(work: Work, job: Job, done: Done) -> None:
    report, options = done.report, work.options
    data = job.source.read_bytes()
    if not data and job.kind != "html":
        report.problems.append(Problem(report.path, "is empty; written as it is", False))
    text, known, encoding = work.read(data, job.kind)
    result = work.cleaner.clean_document(text, work.placed(known, job), encoding)
    report.add(result)
    cleaned = result.text.encode("utf-8", "surrogatepass")
    if job.kind == "text":
        report.changed = int(cleaned != data)
    longest = max(map(len, result.repaired.split("\n")), default=0)
    if longest > _LONG_LINE:
        message = f"has a line of {longest:,} characters; it was repaired, but rules only look at shorter lines"
        report.problems.append(Problem(report.path, message, False))
    if options.diff and result.changed:
        before = result.original() if job.kind == "text" else result.repaired
        report.diff += diff_lines(before, result.text, report.path)
    dropped = options.drop_flagged and bool(result.flags)
    report.dropped += dropped
    if options.write and job.target is not None and not dropped and not (options.in_place and cleaned == data):
        with atomic_write(job.target, mode_of(job.source)) as stream:
            stream.write(cleaned)
        report.written = True
    _tell(done, job.name, 0, None, result, work, job.kind, **({"dropped": result.text} if dropped else {}))


def _tell(
    done: Done,
    path: str,
    row: int,
    row_id: object,
    result: CleanResult,
    work: Work,
    kind: Kind,
    **more: Any,
) -> None:
    if work.options.audit:
        done.audit += audit_line(path, row, row_id, result, work.stamp, kind=kind, field=work.options.keys.text, **more)
    if work.options.attributes:
        done.attributes += attributes_line(path if row_id is None else row_id, result)


def clean_shard(work: Work, job: Job, shard: Shard) -> Done:
    """Clean some rows. A row that cannot be cleaned passes through as it is and stands in the report."""
    options = work.options
    done = Done(Report(shown(job.source)))
    chosen = row_format(job.kind, options.keep_removed, work.extract)
    changes: dict[int, dict[str, Any]] = {}
    dropped: set[int] = set()
    audits, attributes = [], []
    for row in chosen.rows(shard, options.keys):
        part = Done(Report(done.report.path))
        try:
            change = _clean_row(work, job, row, part)
        except Exception as error:  # as above: the other rows go on
            row = row._replace(error=f"failed: {type(error).__name__}: {error}")
            change = None
        if row.error:
            fate = "the page is left out" if job.kind == "warc" else "the row was passed through as it is"
            place = f"{done.report.path}:{row.number}"
            _reject(done, job.name, row.number, row.fields.get(options.keys.id), f"{row.error}; {fate}", options, place)
            continue
        done.report.merge(part.report)
        done.report.diff += part.report.diff
        audits.append(part.audit)
        attributes.append(part.attributes)
        if change is None:
            dropped.add(row.number)
        elif change:
            changes[row.number] = change
    done.audit, done.attributes = b"".join(audits), b"".join(attributes)
    if options.write:
        done.output = chosen.encode(shard, changes, dropped)
    return done


def _clean_row(work: Work, job: Job, row: Row, done: Done) -> dict[str, Any] | None:
    """The new values of a row's fields; None for a row to leave out."""
    if row.error or not row.text:
        return {}
    report, options = done.report, work.options
    document = work.placed(document_of(row.fields, options.keys), job)
    result = work.cleaner.clean_document(row.text, document)
    # A row's text keeps its own ending: most have no final newline, and adding one would change every row.
    text = result.text if row.text.endswith("\n") else result.text.removesuffix("\n")
    report.add(result)
    report.changed = int(text != row.text)
    row_id = row.fields.get(options.keys.id)
    if options.diff and report.changed:
        report.diff += diff_lines(row.text, text, f"{report.path}:{row_id or row.number}")
    more = {"unterminated": True} if text != result.text else {}
    if options.drop_flagged and result.flags:
        report.dropped += 1
        _tell(done, job.name, row.number, row_id, result, work, job.kind, **more, dropped=dict(row.fields))
        return None
    _tell(done, job.name, row.number, row_id, result, work, job.kind, **more)
    change = {options.keys.text: text} if report.changed else {}
    if options.keep_removed:
        change[options.keep_removed] = removed_text(result)
    return change


def diff_lines(before: str, after: str, name: str) -> list[str]:
    """A unified diff of two texts."""
    return list(unified_diff(before.split("\n"), after.split("\n"), name, f"{name} (cleaned)", lineterm="", n=1))
