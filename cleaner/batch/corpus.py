"""The documents of many files, for those who only read."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.batch.documents import read_documents
from cleaner.batch.jobs import Plan
from cleaner.batch.results import SourceDocument
from cleaner.io.article import ReadOptions
from cleaner.io.problems import Problem

__all__ = ["Corpus"]


class Corpus:
    """The documents of the files of a plan, read as somebody iterates over them.

    Args:
        planned: the files.
        options: how they are read.

    Attributes:
        problems: what could not be read so far; complete after an iteration to the end.

    >>> from pathlib import Path
    >>> from cleaner.batch.jobs import plan
    >>> corpus = Corpus(plan([Path("no-such-file.txt")], None))
    >>> list(corpus), [str(problem) for problem in corpus.problems]
    ([], ['no-such-file.txt: does not exist; check the path'])
    """

    def __init__(self, planned: Plan, options: ReadOptions = ReadOptions()) -> None:
        self._planned, self._options = planned, options
        self.problems: list[Problem] = list(planned.problems)

    def __iter__(self) -> Iterator[SourceDocument]:
        self.problems = list(self._planned.problems)
        for found in read_documents(self._planned.jobs, self._options):
            if isinstance(found, Problem):
                self.problems.append(found)
            else:
                yield found
