"""What regexes may cost on one document, and which of them cost too much."""

from __future__ import annotations

from cleaner.text.deadline import NO_DEADLINE, Deadline

__all__ = ["SURE_LENGTH", "TIMEOUT", "Limits"]

SURE_LENGTH = 10_000
"""Characters of the longest lines on which a regex that is known to be quick was measured. On them it runs without a
limit: to start the clock takes the regex module four times as long as to refuse a line."""

TIMEOUT = 0.25
"""Seconds one regex may take on one line."""

_LOOKS = 8  # regexes to one look at the clock


class Limits:
    """The limits of one document. A regex that took too long is not tried on its other lines.

    It serves one document, in one thread.

    Args:
        deadline: how long the document may take.

    Attributes:
        deadline: the same.
        timeouts: ids of the rules whose regex took too long.

    >>> limits = Limits()
    >>> limits.give_up("own.slow", "(a|a)+b")
    >>> limits.is_slow("(a|a)+b"), sorted(limits.timeouts)
    (True, ['own.slow'])
    """

    __slots__ = ("_asked", "_slow", "deadline", "timeouts")

    def __init__(self, deadline: Deadline = NO_DEADLINE) -> None:
        self.deadline = deadline
        self.timeouts: set[str] = set()
        self._slow: set[str] = set()
        self._asked = 0

    def seconds(self) -> float:
        """How long the next regex may take on a line, in seconds.

        The clock is looked at for some regexes only, since a look takes as long as a quick regex.

        Raises:
            OutOfTimeError: the document has no time left.
        """
        self._asked += 1
        return min(TIMEOUT, self.deadline.left()) if self._asked % _LOOKS == 1 else TIMEOUT

    def is_slow(self, text: str) -> bool:
        """Whether a regex, by its text, took too long on this document."""
        return text in self._slow

    def give_up(self, rule: str, text: str) -> None:
        """Note that a regex of a rule took too long."""
        self.timeouts.add(rule)
        self._slow.add(text)
