"""The order in which lines and hits are looked at, each a few times: it keeps long rows of scraps from being slow."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush

__all__ = ["FreeLines", "Rounds"]


class FreeLines:
    """The lines that nobody has taken. A line is passed once, however many claim it.

    >>> lines = FreeLines()
    >>> list(lines.take(range(2, 5))), list(lines.take(range(0, 7)))
    ([2, 3, 4], [0, 1, 5, 6])
    """

    def __init__(self) -> None:
        self._behind: dict[int, int] = {}  # of each line that is taken one behind it, before which all are taken

    def take(self, lines: range) -> Iterator[int]:
        """The free ones of some lines, in order. They are taken from now on."""
        i = self._first(lines.start)
        while i < lines.stop:
            self._behind[i] = i + 1
            yield i
            i = self._first(i + 1)

    def _first(self, index: int) -> int:
        """The first free line at or behind one."""
        free = index
        while free in self._behind:
            free = self._behind[free]
        while index != free:
            self._behind[index], index = free, self._behind[index]
        return free


class Rounds:
    """Numbers from 0 on, in order, and then round after round those that are wanted again.

    A number that is wanted again comes in the same round when it is greater than the current one, as it would if each
    round went over all numbers; else in the next one.

    >>> rounds, seen = Rounds(4), []
    >>> for number in rounds:
    ...     seen.append(number)
    ...     if seen == [0, 1, 2]:
    ...         rounds.again(1)
    ...         rounds.again(3)
    >>> seen
    [0, 1, 2, 3, 1]
    """

    def __init__(self, count: int) -> None:
        self._now = list(range(count))
        self._later: set[int] = set()
        self._current = -1

    def __iter__(self) -> Iterator[int]:
        while self._now:
            number = heappop(self._now)
            if number != self._current:  # it may have been asked for several times
                self._current = number
                yield number
            if not self._now:
                self._now, self._later, self._current = sorted(self._later), set(), -1

    def again(self, number: int) -> None:
        """Ask for a number once more."""
        if number > self._current:
            heappush(self._now, number)
        else:
            self._later.add(number)
