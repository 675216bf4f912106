"""Trees as arrays: all lines go down all trees at once. Importing this needs NumPy.

:meth:`cleaner.scoring.trees.Forest.score` is the plain form of the same; tests hold both equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

__all__ = ["Arrays"]


class Arrays:
    """The nodes of trees, one behind the other; a leaf is a node that asks nothing.

    Args:
        roots: the root of each tree, as :class:`cleaner.scoring.trees.Forest` has it.

    >>> Arrays([(0, 4.5, -300, 700, 0)]).sums([[9], [4]])
    [700, -300]
    """

    def __init__(self, roots: Sequence[Any]) -> None:
        rows: list[tuple[int, float, int, int, int]] = []  # evidence (-1 of a leaf), highest left, left, right, value

        def add(node: Any) -> int:
            at = len(rows)
            if isinstance(node, tuple):
                rows.append((node[0], node[1], 0, 0, 0))
                left, right = add(node[2]), add(node[3])
                rows[at] = (node[0], node[1], left, right, 0)
            else:
                rows.append((-1, 0.0, at, at, node))
            return at

        self._roots = np.array([add(root) for root in roots], dtype=np.intp)
        evidence, at_most, left, right, values = zip(*rows, strict=True)
        self._evidence = np.array(evidence, dtype=np.intp)
        self._at_most = np.array(at_most, dtype=np.float64)
        self._left, self._right = np.array(left, dtype=np.intp), np.array(right, dtype=np.intp)
        self._values = np.array(values, dtype=np.int64)

    def sums(self, lines: Sequence[Sequence[float]]) -> list[int]:
        """The sum of the trees' values for each line."""
        values = np.array(lines, dtype=np.float64)
        count, columns = values.shape
        flat = values.ravel()
        at = np.tile(self._roots, count)
        start: Any = np.repeat(np.arange(count) * columns, len(self._roots))
        going = np.flatnonzero(self._evidence[at] >= 0)
        while len(going):
            nodes = at[going]
            goes_left = flat[start[going] + self._evidence[nodes]] <= self._at_most[nodes]
            following = np.where(goes_left, self._left[nodes], self._right[nodes])
            at[going] = following
            going = going[self._evidence[following] >= 0]
        found: list[int] = self._values[at].reshape(count, -1).sum(axis=1).tolist()
        return found
