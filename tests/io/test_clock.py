"""The clock that limits of time are measured by."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.io.clock import passing_seconds, working_seconds


@pytest.mark.parametrize("clock", [working_seconds, passing_seconds])
def test_a_clock_never_goes_back(clock: Callable[[], float]) -> None:
    times = [clock() for _ in range(1000)]
    assert times == sorted(times)


def test_nobody_works_longer_than_the_time_that_passes() -> None:
    passed, worked = passing_seconds(), working_seconds()
    sum(range(100_000))
    worked = working_seconds() - worked
    assert worked <= passing_seconds() - passed + 1e-3
