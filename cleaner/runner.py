"""Clean many files: run a plan over worker processes, write what grows, go on where a run was killed.

The number of workers changes nothing: every document is cleaned on its own, shards are the same each time, and what
comes back is taken in the order of the plan.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from importlib.metadata import version
from multiprocessing.connection import wait
from pathlib import Path
from typing import IO, NamedTuple

from cleaner.audit import void_line
from cleaner.errors import CleanerError
from cleaner.formats.codecs import codec_of, open_decoded
from cleaner.formats.files import TEMPORARY, Problem, shown
from cleaner.formats.paths import is_remote, mode_of, staging
from cleaner.formats.registry import ROW_KINDS, row_format
from cleaner.formats.rows import Shard
from cleaner.journal import GrowingFile, Journal, growing
from cleaner.pipeline import Cleaner
from cleaner.planning import Job, Plan, plan
from cleaner.repair import repair
from cleaner.repetition import SiteLines
from cleaner.work import Done, Given, Options, Report, Work, clean_file, clean_shard, is_passing

__all__ = [
    "SHARD_BYTES",
    "Job",
    "Options",
    "Outputs",
    "Plan",
    "Report",
    "can_go_on",
    "documents",
    "fingerprint",
    "journal_path",
    "plan",
    "repeated_lines",
    "run_jobs",
    "size_of",
    "stamp_of",
]

SHARD_BYTES = 250_000  # large beside the cost of sending them, small beside the memory
_NOTHING_WRITTEN = "; nothing was written for this file"
_BATCH = 8
_BATCH_BYTES = 250_000
_AHEAD_PER_WORKER = 4
_MOST_WORKERS = 61  # what Windows allows


@dataclass(frozen=True, slots=True)
class Outputs:
    """Files that the whole run writes to, besides the results; None for those nobody wants."""

    audit: Path | None = None
    attributes: Path | None = None
    rejects: Path | None = None

    @property
    def paths(self) -> dict[str, Path]:
        named = {"audit": self.audit, "attributes": self.attributes, "rejects": self.rejects}
        return {name: path for name, path in named.items() if path is not None}


class _Task(NamedTuple):
    """A piece of work: small files, or a shard of a file of rows; or the end of such a file, with an error or "".

    ``jobs`` are pairs of a job's number and the job, ``size`` the bytes of input it is about.
    """

    jobs: Sequence[tuple[int, Job]]
    size: int
    shard: Shard | None = None
    end: bool = False
    error: str = ""


def stamp_of(cleaner: Cleaner) -> dict[str, str]:
    """What every line of an audit says about who wrote it."""
    return {"rules": cleaner.rules.digest, "version": version("article-cleaner")}


def journal_path(output: Path, jobs: Sequence[Job]) -> Path:
    """Where the journal of a run lies: in the folder of the results, or beside the only result."""
    if is_remote(output):
        return staging(output) / f"{TEMPORARY}journal"
    if len(jobs) == 1 and jobs[0].target == output:
        return output.with_name(f"{TEMPORARY}{output.name}.journal")
    return output / f"{TEMPORARY}journal"


def fingerprint(cleaner: Cleaner, jobs: Sequence[Job], options: Options, outputs: Outputs) -> str:
    """Names all that the result of a run depends on: rules, options, and the inputs by size and time of change."""
    files = []
    for job in jobs:
        try:
            found = job.source.stat()
            files.append((str(job.source), str(job.target), job.kind, found.st_size, found.st_mtime_ns))
        except OSError:
            files.append((str(job.source), str(job.target), job.kind, -1, -1))
    parts = (stamp_of(cleaner), asdict(cleaner.repair), cleaner.guard, asdict(options), asdict(outputs), files)
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


def can_go_on(journal: Journal, jobs: Sequence[Job], outputs: Outputs) -> bool:
    """Whether all that an earlier attempt wrote is still there."""
    growing = dict(outputs.paths)
    current = len(journal.finished)
    target = jobs[current].target if current < len(jobs) else None
    if journal.shards[0] and target is not None:
        growing["target"] = target
    if not all(GrowingFile.has(path, journal.lengths.get(name, 0)) for name, path in growing.items()):
        return False
    for number, report in journal.finished.items():
        found = jobs[number].target
        if report["written"] and found is not None and not found.exists():
            return False
    return True


# In the workers


_work: Work


def _start_worker(work: Work) -> None:
    global _work
    _work = work
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _do(task: _Task) -> list[Done]:
    return _do_with(_work, task)


def _do_with(work: Work, task: _Task) -> list[Done]:
    if task.shard is not None:
        return [clean_shard(work, task.jobs[0][1], task.shard)]
    return [clean_file(work, job) for _, job in task.jobs]


# In the parent


def _tasks(jobs: Sequence[Job], options: Options, journal: Journal | None) -> Iterator[_Task]:
    batch: list[tuple[int, Job]] = []
    size = 0
    skipped = journal.shards[0] if journal else 0
    for number, job in enumerate(jobs):
        if journal and number in journal.finished:
            continue
        if job.kind not in ROW_KINDS:
            batch.append((number, job))
            size += size_of(job)
        if batch and (job.kind in ROW_KINDS or len(batch) == _BATCH or size >= _BATCH_BYTES):
            yield _Task(batch, size)
            batch, size = [], 0
        if job.kind in ROW_KINDS:
            yield from _shards(number, job, options, skipped)
            skipped = 0
    if batch:
        yield _Task(batch, size)


def size_of(job: Job) -> int:
    """Bytes of a job's file; 0 when it cannot be told."""
    try:
        return job.source.stat().st_size
    except OSError:
        return 0  # whoever opens the file reports it


def _shards(number: int, job: Job, options: Options, skipped: int) -> Iterator[_Task]:
    error, read, done = "", list[IO[bytes]](), 0
    try:
        with open_decoded(job.source, job.kind != "warc", read) as source:
            shards = row_format(job.kind, options.keep_removed).shards(source, options.keys, SHARD_BYTES)
            for index, shard in enumerate(shards):
                if index >= skipped:
                    # Parquet is not read from front to back: all of it counts at the end.
                    at = done if job.kind == "parquet" else max(done, read[0].tell())
                    yield _Task([(number, job)], at - done, shard)
                    done = at
    except CleanerError as problem:
        error = f"{problem}{_NOTHING_WRITTEN}"
    except OSError as problem:
        advice = "check its permissions" if isinstance(problem, PermissionError) else "check the path"
        error = f"{problem.strerror or problem}; {advice}"
    yield _Task([(number, job)], max(0, size_of(job) - done), end=True, error=error)


def _results(work: Work, tasks: Iterator[_Task], workers: int) -> Iterator[tuple[_Task, list[Done]]]:
    """The tasks with what came of them, in order. Only a few are in memory, however many there are."""
    if workers <= 1:
        for task in tasks:
            yield task, [] if task.end else _do_with(work, task)
        return
    workers = min(workers, _MOST_WORKERS)
    pending: deque[tuple[_Task, Future[list[Done]] | None]] = deque()
    pool = ProcessPoolExecutor(workers, initializer=_start_worker, initargs=(work,))
    try:
        for task in tasks:
            pending.append((task, None if task.end else pool.submit(_do, task)))
            while len(pending) > workers * _AHEAD_PER_WORKER:
                yield _result(*pending.popleft())
        while pending:
            yield _result(*pending.popleft())
    finally:
        pool.shutdown(cancel_futures=True)


def _result(task: _Task, future: Future[list[Done]] | None) -> tuple[_Task, list[Done]]:
    return task, [] if future is None else future.result()


def run_jobs(
    cleaner: Cleaner,
    jobs: Sequence[Job],
    options: Options,
    workers: int = 1,
    advance: Callable[[int], None] = lambda size: None,
    outputs: Outputs = Outputs(),
    journal: Journal | None = None,
) -> Generator[Report, None, None]:
    """Clean the files of a plan; reports come in its order. ``advance`` is called with the bytes of
    input that are done.

    Args:
        outputs: files of the whole run; ``options`` must ask for what goes into them.
        journal: what was done before and need not be done again; the caller closes it.

    Raises:
        CleanerError: one of the outputs cannot be written.
    """
    stamp = stamp_of(cleaner) if options.audit else {}
    repeated = repeated_lines(Work(cleaner, options), jobs) if options.site_lines else {}
    if len(jobs) <= 1 and not any(job.kind in ROW_KINDS and size_of(job) > 2 * SHARD_BYTES for job in jobs):
        workers = 1
    with _Writer(options, outputs, journal) as writer:
        work = Work(cleaner, options, stamp, repeated)
        results = _results(work, _tasks(jobs, options, journal), workers)
        yielded = 0
        for task, done in results:
            advance(task.size)
            for number, report in writer.take(task, done):
                yield from _earlier(journal, yielded, number)
                yielded = number + 1
                yield report
        yield from _earlier(journal, yielded, len(jobs))


def documents(work: Work, jobs: Sequence[Job]) -> Iterator[Given | Problem]:
    """The documents of all files, in the order of the plan, and what is wrong with those that cannot be read."""
    for number, job in enumerate(jobs):
        if job.kind not in ROW_KINDS:
            yield from work.documents(job, ())
            continue
        for task in _shards(number, job, work.options, 0):
            if task.shard is not None:
                yield from work.documents(job, [task.shard])
            elif task.error:
                yield Problem(shown(job.source), task.error.removesuffix(_NOTHING_WRITTEN))


def repeated_lines(work: Work, jobs: Sequence[Job]) -> dict[str, frozenset[int]]:
    """The lines that recur on each site of the input: the first of two passes. Files that cannot be read are left to
    the second, which reports them."""
    lines = SiteLines()
    for given in documents(work, jobs):
        if isinstance(given, Given):
            lines.add(given.site, repair(given.text, work.cleaner.repair).text)
    return {site: found for site in lines.sites if (found := lines.repeated(site))}


def _earlier(journal: Journal | None, first: int, end: int) -> Iterator[Report]:
    """Reports of the files that were done by an earlier attempt."""
    if journal is not None:
        for number in range(first, end):
            if number in journal.finished:
                yield Report.from_dict(journal.finished[number])


class _Writer:
    """Appends what workers made to the growing files, and keeps the journal."""

    def __init__(self, options: Options, outputs: Outputs, journal: Journal | None) -> None:
        self._options, self._journal = options, journal
        self._lengths = journal.lengths if journal else {}
        self._shared = {
            name: GrowingFile(path, codec_of(path), self._lengths.get(name, 0)) for name, path in outputs.paths.items()
        }
        self._target: GrowingFile | None = None
        self._current: tuple[int, Report, int] | None = None  # job, report so far, shards done
        self._broken = ""
        self._recording = True

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        growing = [*self._shared.values(), *([self._target] if self._target else [])]
        for file in growing:
            if kind is None or (self._options.in_place and file is not self._target):
                file.finish()  # of a run over its input the audit is the only way back, so also of one that was stopped
            elif self._journal is not None:
                file.keep()
            else:
                file.discard()

    def take(self, task: _Task, done: Sequence[Done]) -> Iterator[tuple[int, Report]]:
        """Write what came of a task; yields the jobs that are finished by it."""
        if task.shard is None and not task.end:
            for (number, _), one in zip(task.jobs, done, strict=True):
                self._share(one)
                self._stop_journal(one.again)
                self._record(number, 0, one.report)
                yield number, one.report
            return
        number, job = task.jobs[0]
        report, shards = self._begin(number, job)
        if not task.end:
            self._append(report, done[0], shards)
            return
        self._end(job, report, task.error)
        self._current = None
        self._record(number, 0, report)
        yield number, report

    def _begin(self, number: int, job: Job) -> tuple[Report, int]:
        if self._current is None:
            shards, before = self._journal.shards if self._journal else (0, None)
            report = Report.from_dict(before) if before else Report(shown(job.source))
            self._current, self._broken = (number, report, shards), ""
            if self._options.write and job.target is not None:
                with self._target_errors():
                    length = self._lengths.get("target", 0) if shards else 0
                    self._target = growing(job.target, job.kind, length)
            if self._journal:
                self._journal.shards = (0, None)
        return self._current[1], self._current[2]

    def _append(self, report: Report, done: Done, shards: int) -> None:
        assert self._current is not None
        number = self._current[0]
        report.merge(done.report)
        report.diff += done.report.diff
        if self._target is not None:
            with self._target_errors():
                self._target.append(done.output)
        self._share(done)
        self._current = (number, report, shards + 1)
        if not self._broken:
            self._record(number, shards + 1, report)

    def _end(self, job: Job, report: Report, error: str) -> None:
        target, self._target = self._target, None
        error = error or self._broken
        if target is not None and not error and not (self._options.in_place and report.changed == 0):
            try:
                target.finish(mode_of(job.source))
                report.written = True
            except OSError as problem:
                error = f"{problem.strerror or problem}; nothing was written for this file"
                self._stop_journal(is_passing(problem))
                target.discard()
        elif target is not None:
            target.discard()
        if error:
            report.problems.append(Problem(report.path, error))
            if "audit" in self._shared:
                self._share(Done(report, audit=void_line(job.name, error)))

    @contextmanager
    def _target_errors(self) -> Iterator[None]:
        """A result that cannot be written is the problem of its file; the others go on."""
        try:
            yield
        except OSError as error:
            self._broken = f"{error.strerror or error}; nothing was written for this file"
            self._stop_journal(is_passing(error))
            if self._target is not None:
                self._target.discard()
                self._target = None

    def _share(self, done: Done) -> None:
        for name, file in self._shared.items():
            try:
                file.append(getattr(done, name))
            except OSError as error:
                advice = "make room, then run the same command again" if self._journal else "make room and run again"
                raise CleanerError(f"{shown(file.path)}: {error.strerror or error}; {advice}") from None

    def _stop_journal(self, again: bool) -> None:
        """From a file on that is to be tried again nothing counts as done."""
        self._recording = self._recording and not again

    def _record(self, number: int, shards: int, report: Report) -> None:
        if self._journal is None or not self._recording:
            return
        try:
            lengths = {name: file.flush() for name, file in self._shared.items()}
            if self._target is not None:
                with self._target_errors():
                    lengths["target"] = self._target.flush()
            self._journal.record(number, shards, report.as_dict(), lengths)
        except OSError as error:
            raise CleanerError(
                f"{shown(self._journal.path)}: {error.strerror or error}; make room, then run the same command again"
            ) from None
