"""Look at all documents of a corpus, over several processes; what comes is in order however many there are."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice

from cleaner.formats.files import Problem
from cleaner.learning.observing import Observed, Observer
from cleaner.planning import Job
from cleaner.repetition import site_of
from cleaner.runner import documents
from cleaner.work import Given, Work

__all__ = ["observe"]

_BATCH = 50
_AHEAD_PER_WORKER = 4

_observer: Observer


def _start(observer: Observer) -> None:
    global _observer
    _observer = observer


def _look(batch: Sequence[Given]) -> list[Observed]:
    return [_observe(_observer, given) for given in batch]


def _observe(observer: Observer, given: Given) -> Observed:
    # A folder or a file stands in for a site that no url tells, but a rule cannot name it.
    site = site_of(given.document.url) or f"({given.site})"
    return observer.observe(given.text, given.document, site, given.place)


def observe(
    work: Work, jobs: Sequence[Job], observer: Observer, problems: list[Problem], workers: int = 1
) -> Iterator[Observed]:
    """What there is to see in the documents of a plan. What cannot be read is added to ``problems``."""
    found = _good(documents(work, jobs), problems)
    if workers <= 1:
        for given in found:
            yield _observe(observer, given)
        return
    pool = ProcessPoolExecutor(workers, initializer=_start, initargs=(observer,))
    pending: deque[Future[list[Observed]]] = deque()
    try:
        while batch := list(islice(found, _BATCH)):
            pending.append(pool.submit(_look, batch))
            if len(pending) > workers * _AHEAD_PER_WORKER:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _good(found: Iterable[Given | Problem], problems: list[Problem]) -> Iterator[Given]:
    for one in found:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one
