"""Deadlines: a clock is given, and none is read here."""

from __future__ import annotations

import pytest

from cleaner.text.deadline import NO_DEADLINE, Deadline, OutOfTimeError


def test_time_runs_out_when_the_clock_says_so() -> None:
    now = [100.0]
    deadline = Deadline(2.0, lambda: now[0])
    assert deadline.left() == 2.0
    now[0] = 101.5
    assert deadline.left() == 0.5
    now[0] = 102.0
    with pytest.raises(OutOfTimeError):
        deadline.left()


def test_the_slower_clock_is_read_when_little_time_is_left_on_the_quick_one() -> None:
    worked, passed, reads = [0.0], [50.0], []

    def clock() -> float:
        reads.append(1)
        return worked[0]

    deadline = Deadline(10.0, clock, lambda: passed[0])
    passed[0] = 58.0
    assert deadline.left() == 2.0
    assert len(reads) == 1
    passed[0] = 70.0  # the machine was busy with something else
    assert deadline.left() == 10.0
    worked[0] = 10.0
    with pytest.raises(OutOfTimeError):
        deadline.left()


def test_without_a_limit_time_never_runs_out() -> None:
    assert NO_DEADLINE.left() > 1e9
