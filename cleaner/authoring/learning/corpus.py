"""Look at all documents of a corpus, over several processes; what comes is in order however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import islice

from cleaner.authoring.learning.observe import Observed, Observer
from cleaner.batch.documents import read_documents
from cleaner.batch.jobs import Job
from cleaner.batch.results import SourceDocument
from cleaner.io.article import ReadOptions
from cleaner.io.pool import map_in_order
from cleaner.io.problems import Problem
from cleaner.text.hosts import site_of

__all__ = ["observe"]

_BATCH = 50


def observe(
    jobs: Sequence[Job],
    observer: Observer,
    problems: list[Problem],
    workers: int = 1,
    options: ReadOptions = ReadOptions(),
) -> Iterator[Observed]:
    """What there is to see in the documents of a plan. What cannot be read is added to ``problems``."""
    batches = _batches(_good(read_documents(jobs, options), problems))
    with closing(map_in_order(_look, batches, observer, workers)) as looked:
        for _, seen in looked:
            yield from seen


def _look(observer: Observer, batch: Sequence[SourceDocument]) -> list[Observed]:
    return [_observe(observer, document) for document in batch]


def _observe(observer: Observer, document: SourceDocument) -> Observed:
    # A folder or a file stands in for a site that no url tells, but a rule cannot name it.
    site = site_of(document.info.url) or f"({document.site})"
    return observer.observe(document.text, document.info, site, document.place)


def _batches(documents: Iterator[SourceDocument]) -> Iterator[list[SourceDocument]]:
    while batch := list(islice(documents, _BATCH)):
        yield batch


def _good(found: Iterable[SourceDocument | Problem], problems: list[Problem]) -> Iterator[SourceDocument]:
    for one in found:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            yield one
