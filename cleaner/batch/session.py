"""One run on files from its start to its end: the journal, the totals, the figures, and when to stop."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import TracebackType

from cleaner.batch.audit import stamp_of
from cleaner.batch.checkpoint import Journal, can_resume, fingerprint, journal_path, lock_path
from cleaner.batch.jobs import Plan
from cleaner.batch.options import Options
from cleaner.batch.own_results import OwnResults
from cleaner.batch.remembering import Remembering
from cleaner.batch.results import Report
from cleaner.batch.runner import run_jobs
from cleaner.batch.tasks import size_of
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write, remove_unfinished
from cleaner.io.owned import OutputLock
from cleaner.io.problems import Problem
from cleaner.pipeline import Cleaner

__all__ = ["RunRequest", "Session", "Start", "write_figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What a run does.

    Attributes:
        planned: the files, and what is wrong with the paths.
        options: how documents are treated.
        output: the folder (or file) of the results; None when nothing is written, or only over the input.
        workers: how many processes clean.
        max_errors: the run stops after more errors than this; None for never.
        overwrite: whether results may be written over files that no earlier run wrote.
    """

    planned: Plan
    options: Options
    output: Path | None = None
    workers: int = 1
    max_errors: int | None = None
    overwrite: bool = False


class Start(Enum):
    """How a run began: for the first time, after one that was stopped, or again since that one no longer fits."""

    FRESH = "fresh"
    RESUMED = "resumed"
    RESTARTED = "restarted"


class Session:
    """A run that can be stopped and go on later; a context manager.

    A run that writes new files keeps a journal. It is removed when the session ends without an error. No other run can
    write to the same output in the meantime.

    Attributes:
        total: what happened to all files so far.

    >>> from cleaner import Cleaner
    >>> from cleaner.batch.jobs import plan
    >>> request = RunRequest(planned=plan([Path("no-such-file.txt")], None), options=Options())
    >>> with Session(Cleaner(), request) as session:
    ...     session.run()
    >>> session.start, session.total.errors
    (<Start.FRESH: 'fresh'>, 1)
    """

    def __init__(self, cleaner: Cleaner, request: RunRequest) -> None:
        self._cleaner, self._request = cleaner, request
        self.total = Report("")
        self.total.problems += request.planned.problems
        self._digests: dict[str, str] = {}
        self._journal: Journal | None = None
        self._lock: OutputLock | None = None
        self._memory = Remembering(request.options) if request.options.site_memory is not None else None
        try:
            if self._writes_new_files:
                self._begin()
            elif self._memory is not None:
                self._memory.begin()
        except BaseException as error:
            if self._memory is not None:
                self._memory.__exit__(type(error), error, error.__traceback__)
            raise

    @property
    def _writes_new_files(self) -> bool:
        """A run over its own input has no journal: it cannot know what it has done already."""
        request = self._request
        return request.output is not None and request.options.write and bool(request.planned.jobs)

    def _begin(self) -> None:
        """Lock the output, see that nothing of somebody's own is lost, and open the journal."""
        output, jobs = self._request.output, self._request.planned.jobs
        assert output is not None
        path = lock_path(output, jobs)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = OutputLock(path, output)
        try:
            self._own = OwnResults(jobs)
            if not self._request.overwrite:
                self._own.refuse_foreign()
            self._journal = self._open_journal(output)
            self._own.begin()
        except BaseException:
            if self._journal is not None:
                self._journal.close(False)
            self._lock.release()
            raise

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        try:
            if self._memory is not None:
                self._memory.__exit__(kind, error, at)
        finally:
            self._end(kind)

    def _end(self, kind: type[BaseException] | None) -> None:
        """End the journal, and let other runs write to the output."""
        if self._journal is None or self._lock is None:
            return
        try:
            if kind is None and self._journal.found:
                remove_unfinished(job.target.parent for job in self._request.planned.jobs if job.target is not None)
            self._own.end(self._digests, kind is None)
        finally:
            self._journal.close(kind is None)
            self._lock.release()

    @property
    def size(self) -> int:
        """Bytes of all input files."""
        return sum(map(size_of, self._request.planned.jobs))

    @property
    def start(self) -> Start:
        """How the run began."""
        if self._journal is None:
            return Start.FRESH
        if self._journal.restarted:
            return Start.RESTARTED
        return Start.RESUMED if self._journal.resumed else Start.FRESH

    @property
    def resumed_files(self) -> int:
        """How many files an earlier run of the same kind finished."""
        return len(self._journal.finished) if self._journal is not None else 0

    def run(
        self, on_report: Callable[[Report], None] = lambda report: None, advance: Callable[[int], None] = lambda n: None
    ) -> None:
        """Clean all files.

        Args:
            on_report: called with the report on each file, in the order of the plan.
            advance: called with the bytes of input that were done since the last call.

        Raises:
            CleanerError: there were too many errors, or an output of the whole run cannot be written.
        """
        request = self._request
        reports = run_jobs(
            self._cleaner,
            request.planned.jobs,
            request.options,
            request.workers,
            advance,
            self._journal,
            self._memory,
        )
        with closing(reports):
            for job, report in zip(request.planned.jobs, reports, strict=True):
                if report.written:
                    self._digests[job.name] = report.digest
                self.total.merge(report)
                on_report(report)
                self._check_errors()

    def write_figures(self, path: Path) -> None:
        """Write the totals, the rule set and the version as JSON."""
        write_figures(path, self._request.planned, self.total, self._cleaner)

    def _check_errors(self) -> None:
        most = self._request.max_errors
        if most is not None and self.total.errors > most:
            last = self._last_error()
            raise CleanerError(
                f"stopped after {self.total.errors:,} errors, as {last}; correct the input or raise --max-errors, "
                "and run the same command again"
            )

    def _last_error(self) -> Problem:
        return [problem for problem in self.total.problems if problem.fatal][-1]

    def _open_journal(self, output: Path) -> Journal:
        request, jobs = self._request, self._request.planned.jobs
        name = fingerprint(self._cleaner, jobs, request.options)
        journal = Journal(journal_path(output, jobs), name)
        if journal.resumed and not can_resume(journal, jobs, request.options.outputs):
            journal.forget()
        if self._memory is not None:
            if journal.resumed and not self._memory.knows(name):
                journal.forget()  # another run changed the memory, so this one would not go on as it began
            self._memory.begin(name)
        return journal


def write_figures(path: Path, planned: Plan, total: Report, cleaner: Cleaner) -> None:
    """Write the totals of a run, the rule set and the version as JSON."""
    figures = {"files": len(planned.jobs), "errors": total.errors, **total.as_dict()}
    figures["unread"] = dict(sorted(planned.unread.items()))
    del figures["path"], figures["digest"]
    with atomic_write(path, 0o644) as stream:
        stream.write(json.dumps({**figures, **stamp_of(cleaner)}, indent=2).encode() + b"\n")
