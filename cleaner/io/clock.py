"""The clock that limits of time are measured by."""

from __future__ import annotations

import time

__all__ = ["passing_seconds", "working_seconds"]


def working_seconds() -> float:
    """Seconds that the processor has worked for this thread; only differences count.

    A document is not given up because the machine is busy with something else.

    >>> start = working_seconds()
    >>> working_seconds() >= start
    True
    """
    return time.thread_time()


def passing_seconds() -> float:
    """Seconds that have passed, whatever the processor did: never fewer than it worked, and ten times as quick to ask.

    >>> start = passing_seconds()
    >>> passing_seconds() >= start
    True
    """
    return time.monotonic()
