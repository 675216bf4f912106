"""The two learners: weights of hashed words, and boosted trees. Both give whole numbers, for a model file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
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
        questions: how many questions a tree of it asks at most.
        rate: how much of what is left to explain a tree takes, 0 to 1.
        regularization: the strength of the weights of words; smaller numbers keep them smaller.
        seed: what the choices of the learners begin with.
    """

    trees: int = 600
    questions: int = 6
    rate: float = 0.08
    regularization: float = 0.3
    seed: int = 7

    def of_second_look(self) -> Boosting:
        """The same for the second look: a few small trees, for it only corrects the first one.

        >>> Boosting(trees=600).of_second_look().trees
        45
        """
        return replace(self, trees=max(1, self.trees * 3 // 40), questions=min(3, self.questions), rate=0.08)

    def of_page_look(self) -> Boosting:
        """The same for the look at the page: few texts come with their pages, so its trees are fewer and smaller."""
        return replace(self, trees=max(1, self.trees // 16), questions=min(2, self.questions), rate=0.1)

    def parameters(self) -> dict[str, Any]:
        """The parameters of CatBoost: one thread, and the same trees each time."""
        return {
            "loss_function": "Logloss",
            "iterations": self.trees,
            "depth": self.questions,
            "learning_rate": self.rate,
            "l2_leaf_reg": 20,
            "rsm": 0.4,
            "bootstrap_type": "Bernoulli",
            "subsample": 0.7,
            "border_count": 63,
            "boosting_type": "Plain",
            "model_shrink_rate": 0,
            "thread_count": 1,
            "random_seed": self.seed,
            "verbose": False,
            "allow_writing_files": False,
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
    from catboost import CatBoost, Pool

    asked = list(columns) or list(range(values.shape[1]))
    rising = {i: 1 for i, at in enumerate(asked) if COLUMNS[at][0] in _RISING}
    learner = CatBoost({**boosting.parameters(), "monotone_constraints": rising})
    start = None if offset is None else offset / UNIT
    learner.fit(Pool(values[:, asked], labels, weight=weights, baseline=start))
    exported = _exported(learner)
    scale, (bias,) = exported["scale_and_bias"]
    trees = [_tree(tree, asked, scale * UNIT) for tree in exported["oblivious_trees"]]

    def predict(lines: Any) -> Any:
        return learner.predict(Pool(lines[:, asked]), prediction_type="RawFormulaVal", thread_count=1) * UNIT

    return ForestSpec(round(bias * UNIT), trees), predict


def _exported(learner: Any) -> dict[str, Any]:
    """The trees as CatBoost writes them to a file of JSON."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "model.json")
        learner.save_model(str(path), format="json")
        found: dict[str, Any] = json.loads(path.read_bytes())
        return found


def _tree(tree: Mapping[str, Any], columns: Sequence[int], unit: float) -> tuple[list[int], list[float], list[int]]:
    """A tree of CatBoost as a model file holds it; see :class:`cleaner.scoring.trees.Tree`.

    Args:
        tree: the tree. Its leaves are counted by the answers to its questions; the first one is the lowest digit.
        columns: the number of the evidence by the number that CatBoost has for it.
        unit: what a unit of its values is worth.
    """
    splits = tree.get("splits") or []
    count = len(splits)
    order = [int(f"{leaf:0{count}b}"[::-1], 2) if count else 0 for leaf in range(1 << count)]
    level = [(tree["leaf_weights"][at], tree["leaf_values"][at] * unit) for at in order]
    levels = [level]
    while len(level) > 1:
        level = [_together(*pair) for pair in zip(level[::2], level[1::2], strict=True)]
        levels.append(level)
    return (
        [columns[split["float_feature_index"]] for split in splits],
        [float(f"{split['border']:.6g}") for split in splits],
        [round(value) for level in reversed(levels) for _, value in level],
    )


def _together(no: tuple[float, float], yes: tuple[float, float]) -> tuple[float, float]:
    """The weight of two parts of a tree, and the value that is expected of a line that is in one of them."""
    weight = no[0] + yes[0]
    return weight, (no[0] * no[1] + yes[0] * yes[1]) / weight if weight else (no[1] + yes[1]) / 2
