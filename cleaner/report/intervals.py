"""How sure a share is that was counted on few cases."""

from __future__ import annotations

from math import sqrt

__all__ = ["wilson"]

_Z = 1.959964  # standard deviations around the mean that hold 95 % of a normal distribution


def wilson(right: int, count: int) -> tuple[float, float]:
    """The interval that holds the true share with a probability of 95 %, by Wilson's score.

    The page in assets/interval.js computes the same while a person works; a test compares the two.

    Args:
        right: how many of the cases were right.
        count: how many cases there were.

    >>> [round(bound, 3) for bound in wilson(9, 10)], wilson(0, 0)
    ([0.596, 0.982], (0.0, 1.0))
    """
    if not 0 <= right <= count:
        raise ValueError(f"of {count} cases {right} cannot be right")
    if not count:
        return 0.0, 1.0
    share = right / count
    middle = share + _Z * _Z / (2 * count)
    spread = _Z * sqrt(share * (1 - share) / count + _Z * _Z / (4 * count * count))
    scale = 1 + _Z * _Z / count
    low = (middle - spread) / scale if right else 0.0
    high = (middle + spread) / scale if right < count else 1.0
    return low, high
