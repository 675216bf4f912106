"""What can be wrong with a file: a line for the user, and the error of a file that cannot be read on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from cleaner.errors import CleanerError

__all__ = ["Problem", "RowsError", "grouped"]


class Problem(NamedTuple):
    """Something the user should know about a path. ``fatal`` problems make the run end with an error code.

    >>> str(Problem("a.txt", "is empty; written as it is", fatal=False))
    'a.txt: is empty; written as it is'
    """

    path: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with notes that say the same of several paths made one. Errors stay as they are.

    >>> same = [Problem(f"{name}.csv", "is in cp1252", fatal=False) for name in "abc"]
    >>> [str(problem) for problem in grouped(same)]
    ['a.csv and 2 more: is in cp1252']
    """
    listed = list(problems)
    counted = Counter(problem.message for problem in listed if not problem.fatal)
    found = []
    for problem in listed:
        more = 0 if problem.fatal else counted.pop(problem.message, 0) - 1
        if more >= 0:
            found.append(problem._replace(path=f"{problem.path} and {more:,} more") if more else problem)
    return found


class RowsError(CleanerError):
    """A file of rows cannot be read any further: it is damaged, cut off, or in another format than its name tells."""
