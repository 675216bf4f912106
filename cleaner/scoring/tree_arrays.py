"""Trees as arrays: all lines answer all questions at once. Importing this needs NumPy.

:meth:`cleaner.scoring.trees.Forest.score` is the plain form of the same; tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import numpy as np

__all__ = ["Arrays"]


class Arrays:
    """The questions of trees, and their leaves one behind the other.

    Args:
        trees: at least one tree, as :class:`cleaner.scoring.trees.Tree` has them. A line has at least two pieces of
            evidence.

    >>> Arrays([([0], [4.5], [0, -300, 700])]).sums([[9, 0], [4, 0]])
    [700, -300]
    """

    def __init__(self, trees: Sequence[tuple[Sequence[int], Sequence[float], Sequence[int]]]) -> None:
        depth = max(len(asked) for asked, _, _ in trees)
        columns = sorted({0, 1}.union(*(asked for asked, _, _ in trees)))  # at least two, so that a line is a tuple
        self._asked = itemgetter(*columns)
        leaves: Any = np.zeros((len(trees), 1 << depth), dtype=np.int64)
        evidence: Any = np.zeros((depth, len(trees)), dtype=np.intp)
        at_most = np.full((depth, len(trees), 1), np.inf)  # where a tree asks nothing more, the answer is no
        for number, (asked, limits, values) in enumerate(trees):
            count = len(asked)
            evidence[:count, number] = [columns.index(column) for column in asked]
            at_most[:count, number, 0] = limits
            leaves[number, :: 1 << (depth - count)] = values[-1 << count :]
        self._questions = list(zip(evidence, at_most, strict=True))
        self._leaves = leaves.ravel()
        self._first_leaf = (np.arange(len(trees), dtype=np.int64) << depth)[:, None]

    def sums(self, lines: Sequence[Sequence[float]]) -> list[int]:
        """The sum of the trees' values for each line."""
        values = np.ascontiguousarray(np.array(list(map(self._asked, lines)), dtype=np.float64).T)
        leaf: Any = np.zeros((len(self._first_leaf), values.shape[1]), dtype=np.uint8)
        for evidence, at_most in self._questions:
            leaf <<= 1
            leaf |= (values[evidence] > at_most).view(np.uint8)
        found: list[int] = self._leaves[leaf + self._first_leaf].sum(axis=0).tolist()
        return found
