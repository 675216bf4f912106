"""Clean many files: plan what goes where, run it over worker processes, add up what happened.

The order of the files and the number of workers change nothing: every document is cleaned on its own, and reports
come back in the order of the plan.
"""

from __future__ import annotations

import os
import stat
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import chain, groupby, islice
from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.formats.files import TEMPORARY, Found, Kind, Problem, atomic_write, kind_of, shown, walk
from cleaner.formats.html import extract
from cleaner.formats.jsonl import Row, read_rows, replace_text
from cleaner.pipeline import Cleaner, CleanResult

__all__ = [
    "Job",
    "Options",
    "Plan",
    "Report",
    "clean_bytes",
    "clean_stream",
    "diff_lines",
    "plan",
    "run_jobs",
]

_BATCH = 8
_BATCH_BYTES = 250_000  # of a file of JSON Lines: large beside the cost of sending them, small beside the memory
_BATCHES_AHEAD = 8
_MOST_WORKERS = 61  # what Windows allows
_LONG_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """How a run treats its files."""

    write: bool = True
    in_place: bool = False
    diff: bool = False
    text_key: str = "text"


@dataclass(frozen=True, slots=True)
class Job:
    """A file to clean and where the result goes (None: nowhere)."""

    source: Path
    kind: Kind
    target: Path | None


@dataclass(slots=True)
class Report:
    """What happened to one file. Numbers count documents, edits and repairs."""

    path: str
    documents: int = 0
    changed: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    removed_words: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
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
        self.removed_words += other.removed_words
        self.removed.update(other.removed)
        self.repairs.update(other.repairs)
        self.flags.update(other.flags)
        self.encodings.update(other.encodings)
        self.problems += other.problems


@dataclass(frozen=True, slots=True)
class Plan:
    jobs: list[Job]
    problems: list[Problem]


def plan(
    paths: Sequence[Path],
    output: Path | None,
    *,
    in_place: bool = False,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
) -> Plan:
    """Which files are cleaned to where.

    A folder is mirrored into the output: one folder's files directly, several folders' below their names. A page
    becomes a text file: ``a.html`` goes to ``a.txt``, or to ``a.html.txt`` where there is an ``a.txt``.

    Raises:
        CleanerError: the output lies in an input folder, or would overwrite an input.
    """
    jobs: list[Job] = []
    problems: list[Problem] = []
    folders = [path for path in paths if path.is_dir()]
    if output is not None:
        _check_output(output, folders)
    taken: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            base = output / path.resolve().name if output and len(folders) > 1 else output
            found: Iterable[Found | Problem] = walk(path, include, exclude)
            to_folder = True
        elif path.exists() or path.is_symlink():
            base, found = output, [Found(path, Path(path.name))]
            to_folder = len(paths) > 1 or output is None or output.is_dir() or str(output).endswith(os.sep)
        else:
            problems.append(Problem(shown(path), "does not exist; check the path"))
            continue
        listed = list(found)
        names = {item.relative for item in listed if isinstance(item, Found)}
        for item in listed:
            if isinstance(item, Problem):
                problems.append(item)
                continue
            _add_job(item, base, to_folder, names, in_place, taken, jobs, problems)
    if not in_place:
        _refuse_overwriting(jobs)
    return Plan(jobs, problems)


def _refuse_overwriting(jobs: Iterable[Job]) -> None:
    sources = {job.source.resolve() for job in jobs}
    for job in jobs:
        if job.target is not None and job.target.resolve() in sources:
            raise CleanerError(
                f"{shown(job.target)}: the output would be written over an input file; give another folder with -o, "
                "or use --in-place"
            )


def _add_job(
    item: Found,
    base: Path | None,
    to_folder: bool,
    names: set[Path],
    in_place: bool,
    taken: dict[Path, Path],
    jobs: list[Job],
    problems: list[Problem],
) -> None:
    kind = kind_of(item.path) or "text"
    name = shown(item.path)
    target: Path | None = None
    if in_place:
        if kind == "html":
            problems.append(Problem(name, "a page cannot be cleaned in place; give a folder with -o"))
            return
        if item.path.is_symlink():
            problems.append(Problem(name, "is a link and not cleaned in place; clean the file it leads to"))
            return
        target = item.path
    elif base is not None:
        target = base / _as_text(item.relative, kind, names) if to_folder else base
        if target in taken:
            first = shown(taken[target])
            problems.append(Problem(name, f"would be written over the result of {first}; clean it to another folder"))
            return
        taken[target] = item.path
    try:
        item.path.name.encode()
    except UnicodeEncodeError:
        problems.append(
            Problem(name, "the name is not UTF-8; cleaned under the same name, consider renaming it", False)
        )
    jobs.append(Job(item.path, kind, target))


def _as_text(relative: Path, kind: Kind, names: set[Path]) -> Path:
    if kind != "html":
        return relative
    short = relative.with_suffix(".txt")
    return relative.with_name(relative.name + ".txt") if short in names else short


def _check_output(output: Path, folders: Sequence[Path]) -> None:
    resolved = output.resolve()
    for folder in folders:
        inside = folder.resolve()
        if resolved == inside:
            raise CleanerError(
                f"{shown(output)}: the output is the input folder; give another folder with -o, or use --in-place"
            )
        if inside in resolved.parents:
            raise CleanerError(
                f"{shown(output)}: the output lies inside the input {shown(folder)} and would be cleaned next time; "
                "choose a folder outside it"
            )
    if folders and output.exists() and not output.is_dir():
        raise CleanerError(f"{shown(output)}: is a file, but a folder of results is needed; choose another name")


# Cleaning one file


def clean_bytes(cleaner: Cleaner, data: bytes, kind: Kind, url: str = "") -> CleanResult:
    """Clean the bytes of a text file or a page.

    Raises:
        CleanerError: the bytes are not text, or no article was found.
    """
    if kind != "html":
        return cleaner.clean(data)
    text, known, encoding = extract(data, url)
    return cleaner.clean_document(text, known, encoding)


def _clean_file(cleaner: Cleaner, job: Job, options: Options, pool: Executor | None = None) -> Report:
    report = Report(shown(job.source))
    try:
        if job.kind == "jsonl":
            _clean_jsonl(cleaner, job, options, report, pool)
        else:
            _clean_text(cleaner, job, options, report)
    except CleanerError as error:
        report.problems.append(Problem(report.path, str(error)))
    except OSError as error:
        temporary = error.filename is None or TEMPORARY in str(error.filename)
        place = report.path if temporary else shown(error.filename)
        advice = "check its permissions" if isinstance(error, PermissionError) else "nothing was written for this file"
        report.problems.append(Problem(place, f"{error.strerror or error}; {advice}"))
    except Exception as error:  # one bad document must not end the run of all others
        message = f"failed: {type(error).__name__}: {error}; please report it with the file; it was left as it is"
        report.problems.append(Problem(report.path, message))
    return report


def _clean_text(cleaner: Cleaner, job: Job, options: Options, report: Report) -> None:
    data = job.source.read_bytes()
    if not data and job.kind != "html":
        report.problems.append(Problem(report.path, "is empty; written as it is", False))
    result = clean_bytes(cleaner, data, job.kind)
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
    if options.write and job.target is not None:
        if options.in_place and cleaned == data:
            return
        with atomic_write(job.target, stat.S_IMODE(job.source.stat().st_mode)) as stream:
            stream.write(cleaned)


def _clean_jsonl(cleaner: Cleaner, job: Job, options: Options, report: Report, pool: Executor | None) -> None:
    with job.source.open("rb") as source:
        if pool is None:
            lines = _clean_rows(cleaner, read_rows(source, options.text_key), options, report)
        else:
            lines = _clean_rows_in(pool, source, report)
        if not options.write or job.target is None:
            for _ in lines:
                pass
            return
        mode = stat.S_IMODE(job.source.stat().st_mode)
        unchanged = options.in_place and (lambda: report.changed == 0)
        with atomic_write(job.target, mode, unchanged or None) as target:
            target.writelines(lines)


def clean_stream(cleaner: Cleaner, rows: Iterable[Row], options: Options, name: str) -> tuple[Iterator[bytes], Report]:
    """Cleaned lines of JSON for rows, as they come, and the report that fills while they are read."""
    report = Report(name)
    return _clean_rows(cleaner, rows, options, report), report


def _clean_rows(cleaner: Cleaner, rows: Iterable[Row], options: Options, report: Report) -> Iterator[bytes]:
    for row in rows:
        if row.error:
            message = f"{row.error}; the row was passed through as it is"
            report.problems.append(Problem(f"{report.path}:{row.number}", message))
        if row.error or not row.text:
            yield row.raw
            continue
        try:
            yield _clean_row(cleaner, row, options, report)
        except Exception as error:  # as above: the other rows go on
            message = f"failed: {type(error).__name__}: {error}; the row was passed through as it is"
            report.problems.append(Problem(f"{report.path}:{row.number}", message))
            yield row.raw


def _clean_row(cleaner: Cleaner, row: Row, options: Options, report: Report) -> bytes:
    result = cleaner.clean_document(row.text, row.document)
    # A row's text keeps its own ending: most have no final newline, and adding one would change every row.
    text = result.text if row.text.endswith("\n") else result.text.removesuffix("\n")
    report.add(result)
    if text == row.text:
        report.changed -= result.changed
        return row.raw
    if options.diff:
        report.diff += diff_lines(row.text, text, f"{report.path}:{row.name}")
    report.changed += not result.changed
    return replace_text(row.raw, options.text_key, text)


def diff_lines(before: str, after: str, name: str) -> list[str]:
    return list(unified_diff(before.split("\n"), after.split("\n"), name, f"{name} (cleaned)", lineterm="", n=1))


# Many files


def _is_big(job: Job) -> bool:
    """Whether the rows of a file are worth sharing among workers."""
    try:
        return job.kind == "jsonl" and job.source.stat().st_size > _BATCH_BYTES * 2
    except OSError:
        return False  # whoever opens the file reports it


def _clean_rows_in(pool: Executor, source: Iterable[bytes], report: Report) -> Iterator[bytes]:
    """Cleaned lines of a big file, by workers, in order. Only a few batches are in memory, whatever the file's size."""
    pending: deque[Future[tuple[list[bytes], Report]]] = deque()

    def finish() -> list[bytes]:
        lines, part = pending.popleft().result()
        report.merge(part)
        return lines

    first = 1
    for batch in _line_batches(source):
        pending.append(pool.submit(_work_on_rows, report.path, first, batch))
        first += len(batch)
        if len(pending) > _BATCHES_AHEAD:
            yield from finish()
    while pending:
        yield from finish()


def _line_batches(source: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in source:
        batch.append(line)
        size += len(line)
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _batches(jobs: Iterator[Job], size: int) -> Iterator[list[Job]]:
    while batch := list(islice(jobs, size)):
        yield batch


_cleaner: Cleaner
_options: Options


def _start_worker(cleaner: Cleaner, options: Options) -> None:
    global _cleaner, _options
    _cleaner, _options = cleaner, options


def _work(jobs: list[Job]) -> list[Report]:
    return [_clean_file(_cleaner, job, _options) for job in jobs]


def _work_on_rows(path: str, first: int, lines: list[bytes]) -> tuple[list[bytes], Report]:
    report = Report(path)
    rows = read_rows(lines, _options.text_key, first)
    return list(_clean_rows(_cleaner, rows, _options, report)), report


def run_jobs(
    cleaner: Cleaner,
    jobs: Sequence[Job],
    options: Options,
    workers: int = 1,
    advance: Callable[[], None] = lambda: None,
) -> Iterator[Report]:
    """Clean the files of a plan; reports come in its order. ``advance`` is called after each file.

    Workers share the files among them, and the rows of a big file of JSON Lines.
    """
    if workers <= 1 or (len(jobs) <= 1 and not any(map(_is_big, jobs))):
        for job in jobs:
            report = _clean_file(cleaner, job, options)
            advance()
            yield report
        return
    workers = min(workers, _MOST_WORKERS)
    size = max(1, min(_BATCH, len(jobs) // (workers * 4)))
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(cleaner, options)) as pool:
        for big, group in groupby(jobs, _is_big):
            if big:
                reports: Iterable[Report] = (_clean_file(cleaner, job, options, pool) for job in group)
            else:
                batches = _batches(group, size)
                reports = chain.from_iterable(pool.map(_work, batches))
            for report in reports:
                advance()
                yield report
