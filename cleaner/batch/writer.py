"""Write what the workers made: append it to the growing files, and keep the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from cleaner.batch.audit import void_line
from cleaner.batch.checkpoint import Journal
from cleaner.batch.failures import is_passing, not_replaced
from cleaner.batch.growing import GrowingFile, growing
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options
from cleaner.batch.results import Report, ShardResult
from cleaner.batch.tasks import CHANGED, NOTHING_WRITTEN, Task
from cleaner.batch.worker import check_target
from cleaner.errors import CleanerError
from cleaner.io.compression import codec_of
from cleaner.io.paths import is_remote, mode_of, shown, signature
from cleaner.io.problems import Problem

__all__ = ["ResultWriter"]

_RUN_AGAIN = "make room, then run the same command again"


@dataclass(slots=True)
class _RowsFile:
    """The file of rows that is being written.

    Attributes:
        number: the number of its job.
        report: the report so far.
        shards: how many shards are written.
        target: the growing result; None when none is written.
        error: why no result can be written, or "".
    """

    number: int
    report: Report
    shards: int
    target: GrowingFile | None = None
    error: str = ""


class ResultWriter:
    """Writes the results of the tasks of a run, in the order of the tasks. A context manager.

    When the block ends, the outputs of the run get their names. When it raises, they are kept for the next attempt if
    there is a journal, and removed otherwise. The audit of a run over its input gets its name in any case, because it
    is the only way back.

    Args:
        options: how the run treats its documents.
        journal: what an earlier attempt did; None when the run cannot be resumed.
    """

    def __init__(self, options: Options, journal: Journal | None = None) -> None:
        self._options, self._journal = options, journal
        self._lengths = dict(journal.lengths) if journal else {}
        self._resumed = journal.shards if journal else (0, None)
        self._outputs = {
            name: GrowingFile(path, codec_of(path), self._lengths.get(name, 0))
            for name, path in options.outputs.paths.items()
        }
        self._rows: _RowsFile | None = None
        self._recording = True

    def __enter__(self) -> ResultWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        target = self._rows.target if self._rows else None
        for file in (*self._outputs.values(), *([target] if target else [])):
            if kind is None:
                file.finish()
            elif self._options.in_place and file is not target:
                _finish_or_keep(file)
            elif self._journal is not None:
                file.keep()
            else:
                file.discard()

    def take(self, task: Task, results: Sequence[ShardResult]) -> Iterator[tuple[int, Report]]:
        """Write what came of a task, and give the numbers and reports of the jobs that are finished by it.

        Raises:
            CleanerError: an output of the run, or the journal, cannot be written.
        """
        if task.shard is None and not task.end:
            if self._options.in_place:
                results = self._replace_inputs(task, results)
            for (number, _), result in zip(task.jobs, results, strict=True):
                if not self._options.in_place:
                    self._append_outputs(result)
                self._stop_recording(result.retry)
                self._record(number, 0, result.report)
                yield number, result.report
            return
        number, job = task.jobs[0]
        rows = self._rows = self._rows or self._begin(number, job)
        if not task.end:
            self._append(rows, results[0])
            return
        if self._options.in_place:
            self._sync_outputs()  # the way back is on disk before the file gets its name
        self._end(rows, job, task.error or _change(job, task.seen))
        self._rows = None
        self._record(number, 0, rows.report)
        yield number, rows.report

    def take_left(self, task: Task, results: Sequence[ShardResult]) -> None:
        """Let go of what came of a task behind the place where the run is stopped: no input is written over by it."""
        for result in results:
            if result.replacement is not None:
                result.replacement.discard()

    def _replace_inputs(self, task: Task, results: Sequence[ShardResult]) -> Sequence[ShardResult]:
        """Write over the inputs of a task, once the way back of all of them is on disk.

        Whenever the process is killed, each file is as it was or has its line in the audit.
        """
        try:
            for result in results:
                self._append_outputs(result)
            if any(result.replacement is not None for result in results):
                self._sync_outputs()
            return [self._replace(job, result) for (_, job), result in zip(task.jobs, results, strict=True)]
        finally:
            self.take_left(task, results)

    def _replace(self, job: Job, result: ShardResult) -> ShardResult:
        """Write over an input; when that fails, a line voids what the audit says about it."""
        if result.replacement is None:
            return result
        try:
            result.report.written = result.replacement.carry_out()
        except (OSError, CleanerError) as error:
            result = not_replaced(self._options, job, result.report, error)
            self._append_outputs(result)
        return result

    def _begin(self, number: int, job: Job) -> _RowsFile:
        (shards, before), self._resumed = self._resumed, (0, None)
        rows = _RowsFile(number, Report.from_dict(before) if before else Report(shown(job.source)), shards)
        if self._options.write and job.target is not None:
            with self._target_errors(rows):
                check_target(job, self._options)
                rows.target = growing(job.target, job.kind, self._lengths.get("target", 0) if shards else 0)
        return rows

    def _append(self, rows: _RowsFile, result: ShardResult) -> None:
        rows.report.merge(result.report)
        rows.report.diff += result.report.diff
        rows.error = rows.error or result.error
        if rows.error and rows.target is not None:
            rows.target.discard()
            rows.target = None
        if rows.target is not None:
            with self._target_errors(rows):
                rows.target.append(result.output)
        self._append_outputs(result)
        rows.shards += 1
        if not rows.error:
            self._record(rows.number, rows.shards, rows.report)

    def _end(self, rows: _RowsFile, job: Job, error: str) -> None:
        """Give the result its name, or remove it when it is not wanted or something went wrong."""
        target, rows.target = rows.target, None
        error = error or rows.error
        made = rows.report.changed + rows.report.dropped
        unchanged = self._options.in_place and made == 0 and not self._options.added
        if target is not None and not error and not unchanged:
            try:
                target.finish(mode_of(job.source))
                rows.report.written, rows.report.digest = True, target.digest
            except OSError as problem:
                where = f"{shown(target.path)}: " if is_remote(target.path) else ""
                error = f"{where}{problem.strerror or problem}; {NOTHING_WRITTEN}"
                self._stop_recording(is_passing(problem))
                target.discard()
        elif target is not None:
            target.discard()
        if error:
            rows.report.problems.append(Problem(rows.report.path, error))
            if "audit" in self._outputs:
                self._append_outputs(ShardResult(rows.report, audit=void_line(job.name, error, self._options.in_place)))

    @contextmanager
    def _target_errors(self, rows: _RowsFile) -> Iterator[None]:
        """A result that cannot be written is the problem of its file; the run goes on with the others."""
        try:
            yield
        except (OSError, CleanerError) as error:
            reason = (error.strerror or error) if isinstance(error, OSError) else error
            rows.error = f"{reason}; {NOTHING_WRITTEN}"
            self._stop_recording(isinstance(error, OSError) and is_passing(error))
            if rows.target is not None:
                rows.target.discard()
                rows.target = None

    def _append_outputs(self, result: ShardResult) -> None:
        for name, file in self._outputs.items():
            with self._output_errors(file):
                file.append(getattr(result, name))

    def _sync_outputs(self) -> None:
        for file in self._outputs.values():
            with self._output_errors(file):
                file.sync()

    @contextmanager
    def _output_errors(self, file: GrowingFile) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            advice = _RUN_AGAIN if self._journal else "make room and run again"
            raise CleanerError(f"{shown(file.path)}: {error.strerror or error}; {advice}") from None

    def _stop_recording(self, retry: bool) -> None:
        """From a file on that the next attempt tries again, nothing counts as done."""
        self._recording = self._recording and not retry

    def _record(self, number: int, shards: int, report: Report) -> None:
        if self._journal is None or not self._recording:
            return
        try:
            growing = dict(self._outputs)
            lengths = {name: file.flush() for name, file in growing.items()}
            rows = self._rows
            if rows is not None and rows.target is not None:
                with self._target_errors(rows):
                    lengths["target"] = rows.target.flush()
                    growing["target"] = rows.target
            digests = {name: growing[name].digest for name in lengths}
            self._journal.record(number, shards, report.as_dict(), lengths, digests)
        except OSError as error:
            where = shown(self._journal.path)
            raise CleanerError(f"{where}: {error.strerror or error}; {_RUN_AGAIN}") from None


def _finish_or_keep(file: GrowingFile) -> None:
    """Give the audit of a run that is stopped its name; where the disk is full, it keeps the temporary one."""
    try:
        file.finish()
    except OSError:
        file.keep()


def _change(job: Job, seen: tuple[int, ...]) -> str:
    """Why the rows that were read may not be all rows of the file, or ""."""
    try:
        return CHANGED if seen and signature(job.source) != seen else ""
    except OSError:
        return CHANGED
