"""Trees as whole numbers."""

from __future__ import annotations

import pickle
import random
import sys

import pytest

from cleaner.scoring.trees import TreeArrays, forest_of

TREE = TreeArrays([0, 1], [5, 0.5], [1, -3], [-2, -1], [-10, 40], [100, -200, 300])


@pytest.mark.parametrize(("values", "score"), [([5, 0.5], 300), ([5, 0.6], 100), ([6, 0], -200)])
def test_a_tree_leads_to_one_leaf(values: list[float], score: int) -> None:
    assert forest_of(7, [TREE]).score(values) == score + 7


def test_the_shares_of_the_evidence_add_up_to_the_score() -> None:
    forest = forest_of(7, [TREE, TREE])
    shares = forest.shares([5, 0.5])
    assert shares == {0: 100, 1: 520}
    assert sum(shares.values()) == forest.score([5, 0.5]) - 7 - 2 * -10


def test_a_tree_of_one_leaf_is_a_number() -> None:
    assert forest_of(0, [TreeArrays([], [], [], [], [], [42])]).score([]) == 42


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (TREE._replace(left=[0, -3]), "question 0 leads to question 0"),
        (TREE._replace(right=[-2]), "differ in length"),
        (TREE._replace(leaves=[1]), "differ in length"),
    ],
)
def test_what_is_no_tree_is_refused(tree: TreeArrays, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forest_of(0, [tree])


@pytest.mark.parametrize("seed", range(5))
def test_all_lines_at_once_give_the_same_scores(seed: int) -> None:
    pytest.importorskip("numpy", reason="needs NumPy: pip install 'article-cleaner[thorough]'")
    choice = random.Random(seed)
    leaves = TreeArrays([], [], [], [], [], [5])
    forest = forest_of(3, [TREE, leaves, TREE._replace(at_most=[choice.random(), choice.random()])] * 4)
    lines = [[choice.choice([0, 0.5, 5, choice.random()]) for _ in range(2)] for _ in range(30)]
    assert forest.scores(lines) == [forest.score(line) for line in lines]
    assert pickle.loads(pickle.dumps(forest)).scores(lines) == forest.scores(lines)


def test_without_numpy_the_scores_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleaner.scoring.tree_arrays", None)
    lines = [[5, 0.5]] * 6
    assert forest_of(7, [TREE]).scores(lines) == [307] * 6
