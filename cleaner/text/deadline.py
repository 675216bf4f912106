"""How much time a document has left: what may take long asks now and then, and gives up when there is none.

No clock is read here but the one that is given: a test may count its calls instead of seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["DOCUMENT_SECONDS", "NO_DEADLINE", "Deadline", "OutOfTimeError"]

DOCUMENT_SECONDS = 10.0
"""How long cleaning one document may take by default, in seconds of the processor."""


class OutOfTimeError(Exception):
    """A document took longer than it may take."""


class Deadline:
    """A limit of time for one document.

    Args:
        seconds: how long the document may take from now on.
        clock: gives the time in seconds; only differences count.

    >>> hours = iter([0.0, 1.0, 2.0])
    >>> deadline = Deadline(1.5, lambda: next(hours))
    >>> deadline.left()
    0.5
    >>> deadline.left()
    Traceback (most recent call last):
    ...
    cleaner.text.deadline.OutOfTimeError
    """

    __slots__ = ("_clock", "_end")

    def __init__(self, seconds: float = math.inf, clock: Callable[[], float] = lambda: 0.0) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds that are left, more than 0.

        Raises:
            OutOfTimeError: none are left.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise OutOfTimeError
        return left


NO_DEADLINE = Deadline()
"""The limit of a document that may take any time."""
