"""How much time a document has left: what may take long asks now and then, and gives up when there is none.

No clock is read here but the one that is given: a test may count its calls instead of seconds.
"""

from __future__ import annotations

import math
from collections.abc import Callable

__all__ = ["DOCUMENT_SECONDS", "NO_DEADLINE", "Deadline", "OutOfTimeError"]

DOCUMENT_SECONDS = 10.0
"""How long cleaning one document may take by default, in seconds of the processor."""

_ENOUGH = 1.0  # seconds: nobody asks for more at once


class OutOfTimeError(Exception):
    """A document took longer than it may take."""


class Deadline:
    """A limit of time for one document.

    Args:
        seconds: how long the document may take from now on.
        clock: gives the time in seconds; only differences count.
        quick_clock: the same for a clock that is quicker to read and never goes slower, as the time on the wall never
            does beside that of the processor. As long as it says that there is enough time, the other one is not read.

    >>> hours = iter([0.0, 1.0, 2.0])
    >>> deadline = Deadline(1.5, lambda: next(hours))
    >>> deadline.left()
    0.5
    >>> deadline.left()
    Traceback (most recent call last):
    ...
    cleaner.text.deadline.OutOfTimeError
    """

    __slots__ = ("_clock", "_end", "_quick_clock", "_quick_end")

    def __init__(
        self,
        seconds: float = math.inf,
        clock: Callable[[], float] = lambda: 0.0,
        quick_clock: Callable[[], float] | None = None,
    ) -> None:
        self._clock, self._quick_clock = clock, quick_clock
        self._end = clock() + seconds
        self._quick_end = quick_clock() + seconds if quick_clock else 0.0

    def left(self) -> float:
        """Seconds that are left, more than 0. Where there are more than a second, it may say fewer, but not below that.

        Raises:
            OutOfTimeError: none are left.
        """
        if self._quick_clock is not None and (sure := self._quick_end - self._quick_clock()) >= _ENOUGH:
            return sure
        left = self._end - self._clock()
        if left <= 0:
            raise OutOfTimeError
        return left


NO_DEADLINE = Deadline()
"""The limit of a document that may take any time."""
