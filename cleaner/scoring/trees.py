"""Decision trees as plain numbers, and what each answer adds to a score.

The trees are oblivious: all lines are asked the same questions, whatever they answered before. So the answers to the
questions of a tree are the digits of a number, and the number says which leaf it is. That is fast, and little to write
down. (Prokhorenkova and others, "CatBoost: unbiased boosting with categorical features", 2018, section 4.)

Every value is a whole number of thousandths of a unit of log-odds: a sum of whole numbers is the same on every machine,
whatever their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

__all__ = ["MOST_QUESTIONS", "Forest", "Tree"]

MOST_QUESTIONS = 8
"""How many questions a tree asks at most."""

_ENOUGH_LINES = 3  # of fewer, one after the other is faster


class Tree(NamedTuple):
    """A tree as it stands in a file.

    Attributes:
        evidence: for each question the number of the piece of evidence.
        at_most: for each question the highest value whose answer is no.
        values: what is expected when nothing is asked yet, then for the two answers to the first question (no, yes),
            then for the four answers to the first two, and so on. The last ones, one for each leaf, are what the tree
            says.
    """

    evidence: Sequence[int]
    at_most: Sequence[float]
    values: Sequence[int]


class Forest:
    """Trees whose values are summed. Immutable; picklable.

    Args:
        bias: what every sum begins with.
        trees: the trees.

    Raises:
        ValueError: the numbers of a tree do not fit together.

    >>> forest = Forest(10, [Tree([1], [4.5], [100, -300, 700])])
    >>> forest.score([0, 9]), forest.score([0, 4])
    (710, -290)
    >>> forest.shares([0, 9])
    {1: 600}
    """

    def __init__(self, bias: int, trees: Sequence[Tree]) -> None:
        for number, tree in enumerate(trees):
            _check(number, tree)
        self.bias = bias
        self.trees = tuple(trees)
        self._plain = [(tuple(zip(*tree[:2], strict=True)), tree.values) for tree in self.trees]
        self._arrays: Any = None  # False when NumPy is not there

    def __reduce__(self) -> tuple[object, ...]:
        return Forest, (self.bias, self.trees)

    def score(self, values: Sequence[float]) -> int:
        """The sum for a line.

        Args:
            values: the evidence, in the order that the trees count it.
        """
        total = self.bias
        for questions, found in self._plain:
            at = 1
            for evidence, at_most in questions:
                at += at + (values[evidence] > at_most)
            total += found[at - 1]
        return total

    def scores(self, lines: Sequence[Sequence[float]]) -> list[int]:
        """The sums for several lines: with NumPy, if it is installed, all at once; the same numbers without it."""
        if len(lines) < _ENOUGH_LINES or not self.trees:
            return list(map(self.score, lines))
        if self._arrays is None:
            try:
                from cleaner.scoring.tree_arrays import Arrays
            except ImportError:
                self._arrays = False
            else:
                self._arrays = Arrays(self.trees)
        if not self._arrays:
            return list(map(self.score, lines))
        return [self.bias + found for found in self._arrays.sums(lines)]

    def shares(self, values: Sequence[float]) -> dict[int, int]:
        """How much each piece of evidence moved the sum: by each answer from what was expected before to what after.

        The shares and what is expected of a line of which nothing is known add up to :meth:`score`.
        """
        shares: dict[int, int] = {}
        for questions, found in self._plain:
            at = 1
            for evidence, at_most in questions:
                following = 2 * at + (values[evidence] > at_most)
                shares[evidence] = shares.get(evidence, 0) + found[following - 1] - found[at - 1]
                at = following
        return shares


def _check(number: int, tree: Tree) -> None:
    questions = len(tree.evidence)
    if len(tree.at_most) != questions:
        raise ValueError(f"tree {number} has {questions} pieces of evidence, and {len(tree.at_most)} values to compare")
    if questions > MOST_QUESTIONS:
        raise ValueError(f"tree {number} asks {questions} questions, and a tree at most {MOST_QUESTIONS}")
    if len(tree.values) != 2 ** (questions + 1) - 1:
        raise ValueError(f"tree {number} has {len(tree.values)} values, not {2 ** (questions + 1) - 1}")
