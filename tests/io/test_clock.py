"""The clock that limits of time are measured by."""

from __future__ import annotations

from cleaner.io.clock import working_seconds


def test_the_clock_never_goes_back() -> None:
    times = [working_seconds() for _ in range(1000)]
    assert times == sorted(times)
