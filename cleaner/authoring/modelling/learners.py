"""The two learners: weights of hashed words, and boosted trees. Both give whole numbers, for a model file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from cleaner.errors import CleanerError, extra_advice
from cleaner.scoring.model import COLUMNS, ForestSpec, WordsSpec
from cleaner.scoring.page_look import PAGE_LOOK
from cleaner.scoring.second_look import SECOND_LOOK
from cleaner.scoring.tokens import BUCKETS

__all__ = ["PAGE_COLUMNS", "SECOND_COLUMNS", "Boosting", "fit_trees", "fit_words", "fitting_libraries", "predict_words"]

UNIT = 1000
"""Scores are counted in thousandths of a unit of log-odds."""

_WORDS_UNIT = 25  # a step of a weight: a byte then reaches from -3.2 to 3.2
# With these a scrap only grows likelier: the first look is never turned into its contrary.
_RISING = {
    "words-score",
    *(name for name, _ in SECOND_LOOK if name.startswith("score")),
    "first-score",
    "page-score",
    "link-share",
}
_LEAST_SITES = 4  # of a word: one that fewer sites have is a habit of theirs


@dataclass(frozen=True, slots=True)
class Boosting:
    """How trees are grown.

    Attributes:
        trees: how many trees the first look has.
        leaves: how many leaves a tree of it has at most.
        rate: how much of what is left to explain a tree takes, 0 to 1.
        regularization: the strength of the weights of words; smaller numbers keep them smaller.
        seed: what the choices of the learners begin with.
    """

    trees: int = 300
    leaves: int = 24
    rate: float = 0.08
    regularization: float = 0.3
    seed: int = 7

    def of_second_look(self) -> Boosting:
        """The same for the second look: a few small trees, for it only corrects the first one.

        >>> Boosting(trees=200).of_second_look().trees
        30
        """
        return replace(self, trees=max(1, self.trees * 3 // 20), leaves=min(8, self.leaves), rate=0.08)

    def of_page_look(self) -> Boosting:
        """The same for the look at the page: few texts come with their pages, so its trees are fewer and smaller."""
        return replace(self, trees=max(1, self.trees // 8), leaves=min(4, self.leaves), rate=0.1)

    def parameters(self) -> dict[str, Any]:
        """The parameters of LightGBM: one thread, and the same trees each time."""
        return {
            "objective": "binary",
            "learning_rate": self.rate,
            "num_leaves": self.leaves,
            "min_data_in_leaf": 60,
            "min_sum_hessian_in_leaf": 5,
            "feature_fraction": 0.5,
            "bagging_fraction": 0.7,
            "bagging_freq": 1,
            "lambda_l2": 5,
            "path_smooth": 2,
            "max_bin": 63,
            "num_threads": 1,
            "seed": self.seed,
            "deterministic": True,
            "force_row_wise": True,
            "verbose": -1,
        }


@contextmanager
def fitting_libraries() -> Iterator[None]:
    """Imports inside may fail: the error then names the extra to install."""
    try:
        yield
    except ImportError as error:
        raise CleanerError(f"{error}; fitting needs more: {extra_advice('fit')}") from None


def fit_words(tokens: Any, labels: Any, weights: Any, sites: Any, boosting: Boosting) -> WordsSpec:
    """Weights of hashed words, by a logistic regression.

    Args:
        tokens: a sparse matrix: for each line the numbers of its words.
        labels: for each line 1 for a scrap, 0 for body.
        weights: how much each line counts.
        sites: for each line the number of its site.
        boosting: for the regularization.
    """
    import numpy as np
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    rows = np.arange(len(labels))
    by_site = sparse.csr_matrix((np.ones(len(rows), dtype=np.float32), (sites, rows))) @ tokens
    by_site.data[:] = 1
    kept = np.asarray(by_site.sum(0)).ravel() >= _LEAST_SITES
    seen = (tokens @ sparse.diags(kept.astype(np.float32))).tocsr()
    seen.eliminate_zeros()
    learner = LogisticRegression(
        C=boosting.regularization, solver="liblinear", tol=1e-2, max_iter=60, random_state=boosting.seed
    )
    learner.fit(seen, labels, sample_weight=weights)
    steps = np.clip(np.round(learner.coef_[0] * kept * UNIT / _WORDS_UNIT), -127, 127).astype(np.int8)
    return WordsSpec(round(float(learner.intercept_[0]) * UNIT), _WORDS_UNIT, steps.tobytes())


def predict_words(spec: WordsSpec, tokens: Any) -> Any:
    """The score of each line by its words, as :meth:`cleaner.scoring.model.Model.words_score` gives it."""
    import numpy as np

    weights = np.frombuffer(spec.weights, dtype=np.int8).astype(np.float64)
    return spec.bias + spec.unit * (tokens @ weights)


def token_matrix(tokens: Sequence[Sequence[int]]) -> Any:
    """The numbers of the words of lines as a sparse matrix."""
    import numpy as np
    from scipy import sparse

    ends = np.cumsum([0, *(len(line) for line in tokens)])
    indices = np.fromiter((token for line in tokens for token in line), dtype=np.int32, count=int(ends[-1]))
    return sparse.csr_matrix((np.ones(len(indices), dtype=np.float32), indices, ends), shape=(len(tokens), BUCKETS))


_PAGE_FROM = len(COLUMNS) - len(PAGE_LOOK)
_SECOND_FROM = _PAGE_FROM - len(SECOND_LOOK)
SECOND_COLUMNS = tuple(
    i
    for i, (name, _) in enumerate(COLUMNS)
    if _SECOND_FROM <= i < _PAGE_FROM
    or name
    in (
        *("words", "characters", "prose", "zone", "last", "first", "line-number", "lines-below", "relative"),
        *("capitalised", "known-words", "alike-near", "run", "run-opening", "run-ends", "text-lines"),
        *("since-prose", "until-prose", "title-known", "title-words"),
    )
)
"""What the second look asks: the scores around a line, and as much about the line as they need to be understood."""

PAGE_COLUMNS = tuple(
    i for i, (name, _) in enumerate(COLUMNS) if i >= _PAGE_FROM or name in ("words", "sentence", "prose", "until-prose")
)
"""What the look at the page asks: what the page says, and as much about the line as that needs to be understood."""


def fit_trees(
    values: Any, labels: Any, weights: Any, boosting: Boosting, *, columns: Sequence[int] = (), offset: Any = None
) -> tuple[ForestSpec, Callable[[Any], Any]]:
    """Boosted trees, as a model file holds them, and the function that scores many lines at once.

    Args:
        values: a matrix: for each line its evidence.
        labels, weights: as for :func:`fit_words`.
        boosting: how the trees are grown.
        columns: the numbers of the columns that the trees may ask about; all when there are none.
        offset: for each line the score that the trees add to.
    """
    import lightgbm

    asked = list(columns) or list(range(values.shape[1]))
    rising = [int(COLUMNS[at][0] in _RISING) for at in asked]
    parameters = {**boosting.parameters(), "monotone_constraints": rising}
    start = None if offset is None else offset / UNIT
    data = lightgbm.Dataset(values[:, asked], labels, weight=weights, init_score=start)
    booster = lightgbm.train(parameters, data, boosting.trees)
    trees = [_lists(tree["tree_structure"], asked) for tree in booster.dump_model()["tree_info"]]

    def predict(lines: Any) -> Any:
        return booster.predict(lines[:, asked], raw_score=True, num_threads=1) * UNIT

    return ForestSpec(0, trees), predict


_Lists = tuple[list[int], list[float], list[int], list[int], list[int], list[int]]


def _lists(root: dict[str, Any], columns: Sequence[int]) -> _Lists:
    """A tree of LightGBM as six lists; see :class:`cleaner.scoring.trees.TreeArrays`.

    Args:
        root: its first question.
        columns: the number of the evidence by the number that LightGBM has for it.
    """
    lists: _Lists = ([], [], [], [], [], [])
    evidence, at_most, left, right, expected, leaves = lists

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node and "split_feature" not in node:
            leaves.append(round(node["leaf_value"] * UNIT))
            return -len(leaves)
        at = len(evidence)
        evidence.append(columns[node["split_feature"]])
        at_most.append(float(f"{node['threshold']:.6g}"))
        expected.append(round(node["internal_value"] * UNIT))
        left.append(0)
        right.append(0)
        left[at] = add(node["left_child"])
        right[at] = add(node["right_child"])
        return at

    add(root)
    return lists
