"""Trees as whole numbers."""

from __future__ import annotations

import pickle
import random
import sys

import pytest

from cleaner.scoring.trees import Forest, Tree

TREE = Tree([0, 1], [5, 0.5], [10, -60, 80, 100, -200, 300, -400])


@pytest.mark.parametrize(
    ("values", "score"), [([5, 0.5], 100), ([5, 0.6], -200), ([5.1, 0], 300), ([6, 1], -400)]
)  # fmt: skip
def test_the_answers_lead_to_one_leaf(values: list[float], score: int) -> None:
    assert Forest(7, [TREE]).score(values) == score + 7


def test_the_shares_of_the_evidence_add_up_to_the_score() -> None:
    forest = Forest(7, [TREE, TREE])
    shares = forest.shares([5, 0.5])
    assert shares == {0: -140, 1: 320}
    assert sum(shares.values()) == forest.score([5, 0.5]) - 7 - 2 * 10


def test_evidence_that_is_asked_twice_has_one_share() -> None:
    forest = Forest(0, [Tree([0, 0], [1, 2], [0, 1, 2, 3, 4, 5, 6])])
    assert forest.shares([1.5]) == {0: 5}


def test_a_tree_that_asks_nothing_is_a_number() -> None:
    assert Forest(0, [Tree([], [], [42])]).score([]) == 42


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (TREE._replace(at_most=[1]), "tree 1 has 2 pieces of evidence, and 1 values to compare"),
        (TREE._replace(values=[1]), "tree 1 has 1 values, not 7"),
        (Tree([0] * 9, [1] * 9, [0] * 1023), "tree 1 asks 9 questions, and a tree at most 8"),
    ],
)
def test_what_is_no_tree_is_refused(tree: Tree, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Forest(0, [TREE, tree])


@pytest.mark.parametrize("seed", range(5))
def test_all_lines_at_once_give_the_same_scores(seed: int) -> None:
    pytest.importorskip("numpy", reason="needs NumPy: pip install 'article-cleaner[thorough]'")
    choice = random.Random(seed)
    trees = [
        Tree(
            [choice.randrange(3) for _ in range(depth)],
            [choice.choice([0, 0.5, 5]) for _ in range(depth)],
            [choice.randrange(-999, 999) for _ in range(2 ** (depth + 1) - 1)],
        )
        for depth in [*range(9), 3, 3, 0]
    ]
    forest = Forest(3, trees)
    lines = [[choice.choice([0, 0.5, 5, choice.random()]) for _ in range(3)] for _ in range(30)]
    assert forest.scores(lines) == [forest.score(line) for line in lines]
    assert pickle.loads(pickle.dumps(forest)).scores(lines) == forest.scores(lines)


def test_without_numpy_the_scores_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleaner.scoring.tree_arrays", None)
    lines = [[5, 0.5]] * 6
    assert Forest(7, [TREE]).scores(lines) == [107] * 6
