"""What the learners give is what a model file holds."""

from __future__ import annotations

import random

import pytest

from cleaner.authoring.modelling.learners import Boosting, fit_trees
from cleaner.scoring.trees import Forest, Tree


def test_the_exported_trees_score_as_the_learner_does() -> None:
    reason = "needs catboost: pip install 'article-cleaner[fit]'"
    numpy = pytest.importorskip("numpy", reason=reason)
    pytest.importorskip("catboost", reason=reason)
    choice = random.Random(1)
    values = numpy.array([[choice.random() for _ in range(6)] for _ in range(800)], dtype=numpy.float32)
    labels = (values[:, 0] + values[:, 1] > 1).astype(int)
    spec, predict = fit_trees(values, labels, numpy.ones(len(labels)), Boosting(trees=20, questions=3))
    assert len(spec.trees) == 20
    forest = Forest(spec.bias, [Tree(*tree) for tree in spec.trees])
    exported = [forest.score(line) for line in values.tolist()]
    assert numpy.abs(numpy.array(exported) - predict(values)).max() < len(spec.trees)
    assert numpy.mean((numpy.array(exported) > 0) == labels) > 0.9


def test_the_parameters_leave_no_room_for_chance() -> None:
    parameters = Boosting(seed=3).parameters()
    assert (parameters["thread_count"], parameters["random_seed"]) == (1, 3)


def test_trees_of_the_second_look_add_to_an_offset_and_ask_what_they_may() -> None:
    reason = "needs catboost: pip install 'article-cleaner[fit]'"
    numpy = pytest.importorskip("numpy", reason=reason)
    pytest.importorskip("catboost", reason=reason)
    choice = random.Random(2)
    values = numpy.array([[choice.random() for _ in range(6)] for _ in range(800)], dtype=numpy.float32)
    labels = (values[:, 3] > 0.5).astype(int)
    right = numpy.where(labels, 9000.0, -9000.0)
    boosting = Boosting(trees=5, questions=2)
    known, _ = fit_trees(values, labels, numpy.ones(800), boosting, columns=[1, 3], offset=right)
    unknown, predict = fit_trees(values, labels, numpy.ones(800), boosting, columns=[1, 3], offset=0 * right)
    assert max(abs(value) for tree in known.trees for value in tree[2]) < 50
    assert max(abs(value) for tree in unknown.trees for value in tree[2]) > 50
    assert {at for tree in unknown.trees for at in tree[0]} <= {1, 3}
    assert ((predict(values) > 0) == labels).mean() > 0.9


def test_the_second_look_is_smaller_than_the_first() -> None:
    small = Boosting(trees=600, questions=6).of_second_look()
    assert (small.trees, small.questions) == (45, 3)
    assert Boosting(trees=1).of_second_look().trees == 1
