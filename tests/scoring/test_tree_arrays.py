"""Trees as arrays, which need NumPy."""

from __future__ import annotations

import pytest

from cleaner.scoring.trees import Tree
from tests.scoring.making import NAMES, model


def test_a_model_scores_its_lines_alike_in_arrays() -> None:
    pytest.importorskip("numpy", reason="needs NumPy: pip install 'article-cleaner[thorough]'")
    from cleaner.scoring.tree_arrays import Arrays

    second = model().second
    lines = [[float(i % (j + 2)) for j in range(len(NAMES))] for i in range(20)]
    assert Arrays(second.trees).sums(lines) == [second.score(line) - second.bias for line in lines]


def test_trees_that_ask_nothing_are_numbers() -> None:
    pytest.importorskip("numpy", reason="needs NumPy: pip install 'article-cleaner[thorough]'")
    from cleaner.scoring.tree_arrays import Arrays

    assert Arrays([Tree([], [], [7]), Tree([], [], [-2])]).sums([[0.0, 0.0], [1.0, 0.0]]) == [5, 5]
