"""Read the documents of many files one by one, whatever their formats, without cleaning them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.batch.jobs import Job
from cleaner.batch.results import SourceDocument
from cleaner.batch.tasks import failure, row_tasks
from cleaner.errors import CleanerError
from cleaner.io.article import ReadOptions, read_article, read_limited
from cleaner.io.formats.base import Kind, Shard, document_of
from cleaner.io.formats.registry import ROW_KINDS, row_format
from cleaner.io.paths import shown
from cleaner.io.problems import Problem
from cleaner.model import DocumentInfo
from cleaner.text.hosts import site_of

__all__ = ["read_documents", "read_row", "site_name"]


def read_documents(jobs: Sequence[Job], options: ReadOptions = ReadOptions()) -> Iterator[SourceDocument | Problem]:
    """The documents of all files, in the order of the jobs, and a problem for each that cannot be read.

    Rows without text are left out.
    """
    for job in jobs:
        if job.kind not in ROW_KINDS:
            yield _read_file(job, options)
            continue
        for task in row_tasks(job, options.keys, row_format(job.kind, options.rows)):
            if task.shard is not None:
                yield from _read_rows(job, task.shard, options)
            elif task.error:
                yield Problem(shown(job.source), task.error)


def read_row(path: Path, kind: Kind, number: int, options: ReadOptions = ReadOptions()) -> SourceDocument:
    """One document of a file of rows.

    Args:
        path: the file.
        kind: the name of its format.
        number: the 1-based number of the row.
        options: how it is read.

    Raises:
        CleanerError: there is no such file or row, or it cannot be read, or it has no text.
    """
    if not path.is_file():
        raise CleanerError(f"{shown(path)}: no such file")
    for found in read_documents([Job(path, kind, None, path.name)], options):
        if isinstance(found, Problem):
            if found.path in (shown(path), f"{shown(path)}:{number}"):
                raise CleanerError(str(found))
        elif found.row == number:
            return found
    raise CleanerError(f"{shown(path)}:{number}: there is no such row, or it has no text")


def site_name(info: DocumentInfo, job: Job) -> str:
    """The site a document belongs to, for lines that recur: its host, the site it names, else its folder or file.

    What comes from standard input has no folder, and without a host or a site it belongs to none.

    >>> site_name(DocumentInfo(url="https://www.hill-news.example/a"), Job(Path("a.txt"), "text", None, "a.txt"))
    'hill-news.example'
    >>> site_name(DocumentInfo(), Job(Path("in/sub/a.txt"), "text", None, "sub/a.txt"))
    'sub'
    """
    place = job.name if job.kind in ROW_KINDS else job.name.rpartition("/")[0]
    return site_of(info.url) or info.site or ("" if job.name == "-" else place or ".")


def _read_file(job: Job, options: ReadOptions) -> SourceDocument | Problem:
    try:
        article = read_article(read_limited(job.source, options.max_bytes), job.kind, options=options)
    except CleanerError as error:
        return Problem(shown(job.source), str(error))
    except Exception as error:
        if not isinstance(error, OSError):
            return Problem(shown(job.source), f"cannot be read: {failure(error)}")
        return Problem(shown(job.source), f"{error.strerror or error}; check the path and its permissions")
    return SourceDocument(job.source, 0, article.info, article.text, site_name(article.info, job))


def _read_rows(job: Job, shard: Shard, options: ReadOptions) -> Iterator[SourceDocument | Problem]:
    rows = row_format(job.kind, options.rows).rows(shard, options.keys)
    while True:
        try:
            row = next(rows, None)
        except Exception as error:  # a library gave up on the rows; other files go on
            yield Problem(f"{shown(job.source)}:{shard.first}", f"cannot be read: {failure(error)}")
            return
        if row is None:
            return
        if row.error:
            yield Problem(f"{shown(job.source)}:{row.number}", row.error)
        elif row.text:
            info = replace(document_of(row.fields, options.keys, row.field), page=row.page)
            yield SourceDocument(job.source, row.number, info, row.text, site_name(info, job))
