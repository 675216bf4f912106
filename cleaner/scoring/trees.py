"""Decision trees as plain numbers, and what each answer adds to a score.

Every value is a whole number of thousandths of a unit of log-odds: a sum of whole numbers is the same on every machine,
whatever their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

__all__ = ["Forest", "Node", "TreeArrays", "forest_of"]

_ENOUGH_LINES = 4  # of fewer, one after the other is faster

Node = tuple[Any, ...]
"""A question: the number of the piece of evidence, the highest value of the left side, the left and the right side,
and the value of the node. A side is a node again, or the value of a leaf."""


class TreeArrays(NamedTuple):
    """A tree as it stands in a file, question by question; the first is the root.

    Attributes:
        evidence: for each question the number of the piece of evidence.
        at_most: for each question the highest value that goes left.
        left, right: for each question where it goes on: the number of a question, or -1 - the number of a leaf.
        expected: for each question the value that is expected when nothing more is asked.
        leaves: the values of the leaves.
    """

    evidence: Sequence[int]
    at_most: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]
    expected: Sequence[int]
    leaves: Sequence[int]


class Forest:
    """Trees whose values are summed.

    Args:
        bias: what every sum begins with.
        roots: the root of each tree.

    >>> forest = forest_of(10, [TreeArrays([1], [4.5], [-1], [-2], [0], [-300, 700])])
    >>> forest.score([0, 9]), forest.score([0, 4])
    (710, -290)
    >>> forest.shares([0, 9])
    {1: 700}
    """

    def __init__(self, bias: int, roots: Sequence[Node | int]) -> None:
        self.bias = bias
        self.roots = tuple(roots)
        self._arrays: Any = None  # False when NumPy is not there

    def score(self, values: Sequence[float]) -> int:
        """The sum for a line.

        Args:
            values: the evidence, in the order that the trees count it.
        """
        total = self.bias
        for node in self.roots:
            while node.__class__ is tuple:
                node = node[2] if values[node[0]] <= node[1] else node[3]
            total += node  # type: ignore[operator]
        return total

    def __reduce__(self) -> tuple[object, ...]:
        return Forest, (self.bias, self.roots)

    def scores(self, lines: Sequence[Sequence[float]]) -> list[int]:
        """The sums for several lines: with NumPy, if it is installed, all at once; the same numbers without it."""
        if len(lines) < _ENOUGH_LINES or not self.roots:
            return list(map(self.score, lines))
        if self._arrays is None:
            try:
                from cleaner.scoring.tree_arrays import Arrays
            except ImportError:
                self._arrays = False
            else:
                self._arrays = Arrays(self.roots)
        if not self._arrays:
            return list(map(self.score, lines))
        return [self.bias + found for found in self._arrays.sums(lines)]

    def shares(self, values: Sequence[float]) -> dict[int, int]:
        """How much each piece of evidence moved the sum: by each answer from what was expected before to what after.

        The shares and what is expected of a line of which nothing is known add up to :meth:`score`.
        """
        found: dict[int, int] = {}
        for node in self.roots:
            while isinstance(node, tuple):
                following = node[2] if values[node[0]] <= node[1] else node[3]
                value = following[4] if isinstance(following, tuple) else following
                found[node[0]] = found.get(node[0], 0) + value - node[4]
                node = following
        return found


def forest_of(bias: int, trees: Sequence[TreeArrays]) -> Forest:
    """The forest of some trees.

    Raises:
        ValueError: the arrays of a tree are no tree: the lengths differ, or a question leads to one before it.
    """
    return Forest(bias, [_root(tree) for tree in trees])


def _root(tree: TreeArrays) -> Node | int:
    questions = len(tree.evidence)
    if {len(part) for part in tree[1:5]} != {questions} or len(tree.leaves) != questions + 1:
        raise ValueError("the lists of a tree differ in length")
    built: dict[int, Node] = {}

    def side(number: int, above: int) -> Node | int:
        if number < 0:
            return tree.leaves[-1 - number]
        if number <= above:
            raise ValueError(f"question {above} leads to question {number}, which does not come after it")
        return built[number]

    for i in range(questions - 1, -1, -1):
        left, right = side(tree.left[i], i), side(tree.right[i], i)
        built[i] = (tree.evidence[i], tree.at_most[i], left, right, tree.expected[i])
    return built[0] if questions else tree.leaves[0]
