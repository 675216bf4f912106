"""Wilson's interval."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.report.intervals import wilson


# As scipy.stats.binomtest(right, count).proportion_ci(method="wilson") gives them.
@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(81, 263, 0.255289, 0.366210), (15, 148, 0.062386, 0.160487), (0, 20, 0, 0.161125), (29, 29, 0.883030, 1)],
)
def test_known_intervals(right: int, count: int, low: float, high: float) -> None:
    assert wilson(right, count) == pytest.approx((low, high), abs=1e-6)


@given(st.integers(1, 10_000), st.data())
def test_the_share_lies_inside(count: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, count))
    low, high = wilson(right, count)
    assert 0 <= low <= right / count <= high <= 1


def test_more_verdicts_make_it_narrower() -> None:
    widths = [high - low for low, high in (wilson(9 * n, 10 * n) for n in (0, 1, 2, 10, 100))]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize(("right", "count"), [(-1, 3), (4, 3)])
def test_impossible_counts_are_refused(right: int, count: int) -> None:
    with pytest.raises(ValueError, match="cannot be right"):
        wilson(right, count)
