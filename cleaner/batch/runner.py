"""Clean many files: run a plan over worker processes, and write what comes of it.

The number of workers changes nothing: every document is cleaned on its own, shards are the same each time, and what
comes back is taken in the order of the plan.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress

from cleaner.batch.audit import stamp_of
from cleaner.batch.checkpoint import Journal
from cleaner.batch.documents import read_documents
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options
from cleaner.batch.remembering import Remembering
from cleaner.batch.results import Report, SourceDocument
from cleaner.batch.tasks import SHARD_BYTES, size_of, tasks_of
from cleaner.batch.worker import Work, clean_task, lost_task
from cleaner.batch.writer import ResultWriter
from cleaner.io.formats.registry import ROW_KINDS
from cleaner.io.pool import map_in_order
from cleaner.pipeline import Cleaner
from cleaner.text.repair import repair
from cleaner.text.site_lines import SiteLines

__all__ = ["repeated_lines", "run_jobs"]


def run_jobs(
    cleaner: Cleaner,
    jobs: Sequence[Job],
    options: Options = Options(),
    workers: int = 1,
    advance: Callable[[int], None] = lambda size: None,
    journal: Journal | None = None,
    memory: Remembering | None = None,
) -> Generator[Report, None, None]:
    """Clean the files of a plan, and give a report on each in the order of the plan.

    Args:
        cleaner: cleans the documents.
        jobs: the files.
        options: how the run treats them, and which outputs it writes besides the results.
        workers: how many processes; a run on little input takes one.
        advance: called with the number of bytes of input that are done.
        journal: what an earlier attempt did and need not be done again; the caller closes it.
        memory: what was seen of sites; the caller begins and closes it.

    Raises:
        CleanerError: one of the outputs of the run cannot be written.
    """
    stamp = stamp_of(cleaner)
    repeated = repeated_lines(cleaner, jobs, options) if options.site_lines else {}
    work = Work(cleaner, options, stamp, repeated, memory.reader if memory else None)
    finished = journal.finished if journal else {}
    tasks = tasks_of(jobs, options, finished, journal.shards[0] if journal else 0)
    tasks = memory.tasks(tasks) if memory else tasks
    ahead = memory.ahead if memory else None
    with ResultWriter(options, journal) as writer:
        reported = 0
        processes = workers if _is_much(jobs) else 1
        with closing(map_in_order(clean_task, tasks, work, processes, lost_task, writer.take_left, ahead)) as done:
            for task, results in done:
                advance(task.size)
                if memory:
                    memory.take(task, results)  # before the journal says that they are done
                for number, report in writer.take(task, results):
                    yield from _earlier_reports(journal, range(reported, number))
                    reported = number + 1
                    yield report
        yield from _earlier_reports(journal, range(reported, len(jobs)))


def _is_much(jobs: Sequence[Job]) -> bool:
    """Whether several workers would have something to do."""
    return len(jobs) > 1 or any(job.kind in ROW_KINDS and size_of(job) > 2 * SHARD_BYTES for job in jobs)


def repeated_lines(cleaner: Cleaner, jobs: Sequence[Job], options: Options) -> dict[str, frozenset[int]]:
    """The lines that recur on each site of the input, by the name of the site: the first of two passes.

    Files that cannot be read are left to the second pass, which reports them.
    """
    lines = SiteLines()
    for document in read_documents(jobs, options.reading):
        if isinstance(document, SourceDocument):
            with suppress(Exception):  # whatever it is, it happens again in the second pass
                lines.add(document.site, repair(document.text, cleaner.repair).text)
    return {site: found for site in lines.sites if (found := lines.repeated(site))}


def _earlier_reports(journal: Journal | None, numbers: range) -> Iterator[Report]:
    """Reports of the files that an earlier attempt finished."""
    if journal is not None:
        for number in numbers:
            if number in journal.finished:
                yield Report.from_dict(journal.finished[number])
