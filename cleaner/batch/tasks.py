"""The pieces of work of a run: a batch of small files, or a shard of a file of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from cleaner.batch.jobs import Job
from cleaner.batch.options import Options
from cleaner.errors import CleanerError
from cleaner.io.compression import open_file
from cleaner.io.formats.base import FieldNames, RowFormat, Shard
from cleaner.io.formats.registry import ROW_KINDS, row_format
from cleaner.io.paths import signature

__all__ = ["CHANGED", "NOTHING_WRITTEN", "SHARD_BYTES", "Task", "failure", "row_tasks", "size_of", "tasks_of"]

NOTHING_WRITTEN = "nothing was written for this file"
CHANGED = f"was changed by another program while it was cleaned; {NOTHING_WRITTEN}; run the same command again"
SHARD_BYTES = 250_000  # large beside the cost of sending them, small beside the memory
_LONGEST_REASON = 300
_BATCH = 8
_BATCH_BYTES = 250_000


class Task(NamedTuple):
    """A piece of work: small files, or a shard of a file of rows, or the end of such a file.

    Attributes:
        jobs: the jobs with their numbers; of a file of rows only one.
        size: how many bytes of input the task is about.
        shard: the rows, for a shard.
        end: whether the file of rows ends here.
        error: why it ends before its last row, or "".
        seen: what the file was when reading it began, for its end; see :func:`cleaner.io.paths.signature`.
        until: the tick of the site memory up to which the task knows it.
        done: the small files of the task that an earlier attempt finished.
    """

    jobs: Sequence[tuple[int, Job]]
    size: int
    shard: Shard | None = None
    end: bool = False
    error: str = ""
    seen: tuple[int, ...] = ()
    until: int = 0
    done: Sequence[Job] = ()

    @property
    def name(self) -> tuple[int, int]:
        """What tells it from the other tasks of its run, also when some of its small files are done already."""
        number, _ = self.jobs[-1]
        return number, self.shard.first if self.shard is not None else -1 if self.end else 0


def tasks_of(
    jobs: Sequence[Job], options: Options, finished: Collection[int] = (), shards_done: int = 0
) -> Iterator[Task]:
    """The tasks of a run, in the order of its jobs.

    Args:
        jobs: the files of the run.
        options: how they are treated.
        finished: the numbers of the jobs that were done before.
        shards_done: how many shards of the first other file of rows were done before.
    """
    batch: list[tuple[int, Job]] = []
    size = 0
    for number, job in enumerate(jobs):
        if job.kind not in ROW_KINDS:
            batch.append((number, job))
            size += size_of(job)
        if batch and (job.kind in ROW_KINDS or len(batch) == _BATCH or size >= _BATCH_BYTES):
            yield from _left_of(batch, finished)
            batch, size = [], 0
        if job.kind in ROW_KINDS and number not in finished:
            form = row_format(job.kind, options.rows)
            yield from row_tasks(job, options.keys, form, number, shards_done, f"; {NOTHING_WRITTEN}")
            shards_done = 0
    yield from _left_of(batch, finished)


def _left_of(batch: Sequence[tuple[int, Job]], finished: Collection[int]) -> Iterator[Task]:
    """The task of some small files without those that are done: which files share a task is always the same."""
    left = [(number, job) for number, job in batch if number not in finished]
    if left:
        done = [job for number, job in batch if number in finished]
        yield Task(left, sum(size_of(job) for _, job in left), done=done)


def row_tasks(
    job: Job,
    keys: FieldNames,
    form: RowFormat | None = None,
    number: int = 0,
    skipped: int = 0,
    consequence: str = "",
) -> Iterator[Task]:
    """The shards of a file of rows, and its end.

    Args:
        job: the file.
        keys: the names of the fields that are read.
        form: the format of the file as the run wants it; by default as it reads any file.
        number: the number of the job.
        skipped: how many shards to leave out at the beginning.
        consequence: what damaged data mean for the result, as the end of an error message.
    """
    error, done, count, seen = "", 0, 0, tuple[int, ...]()
    form = form or row_format(job.kind)
    try:
        seen = signature(job.source)
        with open_file(job.source, decode=not form.unpacks) as opened:
            for count, shard in enumerate(form.shards(opened.stream, keys, SHARD_BYTES), 1):
                if count > skipped:
                    # Of a file that is not read from front to back all counts at the end.
                    position = max(done, opened.raw.tell()) if form.sequential else done
                    yield Task([(number, job)], position - done, shard)
                    done = position
        if count < skipped:
            error = CHANGED  # the journal knows of more
    except CleanerError as problem:
        error = f"{problem}{consequence}"
    except OSError as problem:
        advice = "check its permissions" if isinstance(problem, PermissionError) else "check the path"
        error = f"{problem.strerror or problem}; {advice}"
    except Exception as problem:  # a library gave up on a file; the others go on
        error = f"cannot be read: {failure(problem)}{consequence}"
    yield Task([(number, job)], max(0, size_of(job) - done), end=True, error=error, seen=seen)


def failure(error: Exception) -> str:
    """An error that nobody expected, for a person.

    >>> failure(MemoryError()), failure(KeyError("text"))
    ('MemoryError', "KeyError: 'text'")
    """
    text = " ".join(str(error).split())[:_LONGEST_REASON]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def size_of(job: Job) -> int:
    """The size of a job's file in bytes; 0 when it is not known."""
    try:
        return job.source.stat().st_size
    except OSError:
        return 0  # whoever opens the file reports it
