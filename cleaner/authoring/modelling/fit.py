"""Fit a model, and tell how good it is on sites that it has not seen.

The sites are dealt out to folds. For each fold, everything is learned on the other ones: the weights of words, the
first look, the second look, the look at the page. So every line gets its scores from models that have not seen its
site. These scores make the calibration and the report; the model that is written has learned from all sites.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import Any

from cleaner.authoring.modelling.learners import (
    PAGE_COLUMNS,
    SECOND_COLUMNS,
    Boosting,
    fit_trees,
    fit_words,
    fitting_libraries,
    predict_words,
    token_matrix,
)
from cleaner.authoring.modelling.samples import Sample
from cleaner.errors import CleanerError
from cleaner.scoring.evidence import EVIDENCE
from cleaner.scoring.model import COLUMNS, FORMAT, ForestSpec, ModelSpec, WordsSpec, caution_of
from cleaner.scoring.page_look import PAGE_LOOK, page_look
from cleaner.scoring.second_look import second_look
from cleaner.scoring.spared import reason_to_spare

__all__ = ["FitOptions", "Fitted", "fit_model", "fold_of"]

_WORDS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "words")
_TEXT_WORDS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "text-words")
_CELLS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "cells")
_STEPS = ("words", "first look", "second look", "page")
_PAGE = _STEPS.index("page")
_NO_PAGE_LOOK = [-1] * len(PAGE_LOOK)
_DIGITS = next(i for i, (name, _) in enumerate(EVIDENCE) if name == "digits")
_LEAST_BARS = 3  # of a row of two cells
_LEAST_ORACLE = 0.9  # a text whose best choice of lines does not fit its body teaches nothing about lines
_MOST_WORDS = 200  # a longer line counts no more than one of these
_WEIGHT_OF_WORDS = 0.7  # losses are counted in words, but a model that heard only long lines would miss the short ones


@dataclass(frozen=True, slots=True)
class FitOptions:
    """How a model is fitted.

    Attributes:
        folds: into how many parts the sites are dealt.
        clean_share: the share of the whole weight that clean texts have, 0 to 1.
        caution: by how many thousandths of a unit of log-odds a score falls with each doubling of the words of a text.
        most_lines: lines of one corpus of clean texts that are learned from; all are reported on.
        threshold: the probability from which on lines go unless the user names another.
        version: the version that the model names.
        boosting: how the learners learn.
    """

    folds: int = 5
    clean_share: float = 0.5
    caution: int = 400
    most_lines: int = 3000
    threshold: float = 0.85
    version: str = "1"
    boosting: Boosting = field(default_factory=Boosting)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and what it reached.

    Attributes:
        spec: the model, for a file.
        samples: the texts.
        probabilities: for each text the probability of each of its lines, by models that had not seen its site.
    """

    spec: ModelSpec
    samples: Sequence[Sample]
    probabilities: Sequence[Sequence[float]]


def fold_of(site: str, folds: int) -> int:
    """The fold of a site: the same wherever and whenever it is asked.

    >>> fold_of("riverpost.example", 5) == fold_of("riverpost.example", 5)
    True
    """
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest(), "big") % folds


@dataclass(slots=True)
class _Lines:
    """The lines of all samples as arrays; ``rows`` are those that are learned from.

    ``spared`` says which lines a scorer leaves alone, ``page`` of which lines a page says something, and ``for_page``
    which lines are learned from for that alone.
    """

    values: Any
    tokens: Any
    labels: Any
    weights: Any
    folds: Any
    sites: Any
    rows: Any
    spared: Any
    page: Any
    for_page: Any
    starts: Sequence[int]


def fit_model(
    samples: Sequence[Sample], options: FitOptions = FitOptions(), tell: Callable[[str], None] = lambda _: None
) -> Fitted:
    """Fit a model.

    Args:
        samples: the texts.
        options: how.
        tell: called with a word on each step that is done.

    Raises:
        CleanerError: the libraries for fitting are missing, there are too few sites, or the texts hold no scrap or no
            body line.
    """
    with fitting_libraries():
        import catboost  # noqa: F401
        import numpy as np
        import sklearn  # noqa: F401
    lines = _lines_of(samples, options)
    _check(lines, samples, options)
    out_of_fold = np.zeros((len(lines.labels), len(_STEPS)))
    values: Any = None
    for step in _steps(lines, options):
        values = _values(lines, out_of_fold, samples, step)
        for fold in range(options.folds):
            asked = _asked(lines, step) & (lines.folds == fold)
            learned = _taught(lines, step) & (lines.folds != fold)
            predict = _learn(lines, values, learned, out_of_fold[:, :step], options.boosting)[1]
            out_of_fold[asked, step] = predict(asked)
            tell(f"{_STEPS[step]}: fold {fold + 1} of {options.folds}")
    scores = out_of_fold[:, 1:].sum(1) + _cautions(lines, options)
    calibration = _calibration(lines, scores)
    probabilities = np.interp(scores, [score for score, _ in calibration], [chance for _, chance in calibration])
    probabilities[lines.spared] = 0
    spec = _final(lines, out_of_fold, samples, options, calibration)
    tell("the model of all sites")
    pieces = [probabilities[a:b].tolist() for a, b in pairwise(lines.starts)]
    return Fitted(spec, samples, pieces)


def _steps(lines: _Lines, options: FitOptions) -> Sequence[int]:
    """The steps that there is something to learn for. Pages are few, and often there is none."""
    taught = _taught(lines, _PAGE)
    others = [set(lines.labels[taught & (lines.folds != fold)].tolist()) for fold in range(options.folds)]
    return range(len(_STEPS) if all(labels == {0, 1} for labels in others) else _PAGE)


def _taught(lines: _Lines, step: int) -> Any:
    """The lines that a step learns from."""
    return lines.rows & (lines.page if step == _PAGE else ~lines.for_page)


def _asked(lines: _Lines, step: int) -> Any:
    """The lines that a step scores."""
    return lines.page if step == _PAGE else lines.folds >= 0


def _lines_of(samples: Sequence[Sample], options: FitOptions) -> _Lines:
    import numpy as np

    counts = [len(sample.labels) for sample in samples]
    starts = [0, *np.cumsum(counts).tolist()]
    labels = np.array([-1 if label is None else int(label) for sample in samples for label in sample.labels])
    words = np.array([len(line) for sample in samples for line in sample.words])
    sites = {site: number for number, site in enumerate(sorted({sample.site for sample in samples}))}
    learned = _learned(samples, options)
    weights = _weights(
        samples, learned, np.minimum(words, _MOST_WORDS) ** _WEIGHT_OF_WORDS * (labels >= 0), starts, options
    )
    values = np.array([line for sample in samples for line in sample.values], dtype=np.float32)
    spared = np.array([bool(reason_to_spare(line)) for sample in samples for line in sample.values])
    return _Lines(
        values=values,
        tokens=token_matrix([line for sample in samples for line in sample.tokens]),
        labels=labels,
        weights=weights,
        folds=np.repeat([fold_of(sample.site, options.folds) for sample in samples], counts),
        sites=np.repeat([sites[sample.site] for sample in samples], counts),
        rows=np.repeat(learned, counts) & (labels >= 0) & ~((labels == 1) & (spared | _rows_of_figures(values))),
        spared=spared,
        page=np.array([line is not None for sample in samples for line in sample.page]),
        for_page=np.repeat([sample.for_page for sample in samples], counts),
        starts=starts,
    )


def _rows_of_figures(values: Any) -> Any:
    """Which lines are rows of a table that holds figures.

    Some corpora count the tables of an article as its body, and others leave all tables out. Who learned that they are
    scraps would take results and prices from articles. Rows without a figure are menus more often than not.
    """
    return (values[:, _CELLS] >= _LEAST_BARS) & (values[:, _DIGITS] > 0)


def _learned(samples: Sequence[Sample], options: FitOptions) -> list[bool]:
    """Which texts are learned from: of each corpus of clean texts a part, of the others those whose body fits."""
    taken: Counter[str] = Counter()
    learned = [False] * len(samples)
    for i in sorted(range(len(samples)), key=lambda i: (fold_of(f"{samples[i].site} {i}", 1 << 30), i)):
        sample = samples[i]
        if sample.is_clean:
            learned[i] = taken[sample.corpus] < options.most_lines
            taken[sample.corpus] += len(sample.labels)
        else:
            learned[i] = sample.oracle_f1 >= _LEAST_ORACLE
    return learned


def _weights(
    samples: Sequence[Sample], learned: Sequence[bool], weights: Any, starts: Sequence[int], options: FitOptions
) -> Any:
    """How much each line counts, so that no corpus rules.

    A line counts by a power of its words, a text by the root of what its lines count, a corpus by the root of its
    texts; the clean corpora together have their share.
    """
    texts: dict[str, float] = defaultdict(float)
    for sample, taken in zip(samples, learned, strict=True):
        texts[sample.corpus] += (0.25 if sample.is_variant else 1) if taken else 0
    clean = {sample.corpus for sample in samples if sample.is_clean}
    aims = {corpus: count**0.5 for corpus, count in texts.items()}
    for is_clean, share in ((True, options.clean_share), (False, 1 - options.clean_share)):
        # In the order of the texts: a sum in the order of a set differs from process to process, and so does its model.
        corpora = [corpus for corpus in aims if (corpus in clean) == is_clean]
        total = sum(aims[corpus] for corpus in corpora)
        aims.update({corpus: aims[corpus] * share / total for corpus in corpora})
    sums: dict[str, float] = defaultdict(float)
    for sample, taken, start, end in zip(samples, learned, starts, starts[1:], strict=False):
        whole = weights[start:end].sum()
        weights[start:end] *= whole**-0.5 if whole and taken else 0
        weights[start:end] *= 0.5 if sample.is_variant else 1
        sums[sample.corpus] += float(weights[start:end].sum())
    count = sum(end - start for taken, start, end in zip(learned, starts, starts[1:], strict=False) if taken)
    for sample, start, end in zip(samples, starts, starts[1:], strict=False):
        if sums[sample.corpus]:
            weights[start:end] *= aims[sample.corpus] * count / sums[sample.corpus]
    return weights


def _check(lines: _Lines, samples: Sequence[Sample], options: FitOptions) -> None:
    import numpy as np

    folds = len(np.unique(lines.folds[lines.rows]))
    if folds < options.folds:
        sites = len({sample.site for sample in samples})
        raise CleanerError(
            f"the texts are of {sites:,} {'site' if sites == 1 else 'sites'}, too few for {options.folds} folds; "
            "add texts of other sites, or name fewer --folds"
        )
    for fold in range(options.folds):
        if len(np.unique(lines.labels[lines.rows & (lines.folds != fold)])) < 2:
            raise CleanerError(
                "without one fold of the sites there are no scraps or no body lines left; add texts of other sites "
                'that hold both, with the body in the field "gold"'
            )


def _values(lines: _Lines, scores: Any, samples: Sequence[Sample], step: int) -> Any:
    """The evidence that a step sees: none for the words, then more with each look."""
    import numpy as np

    if step == 0:
        return None
    first = np.column_stack([lines.values, scores[:, 0]]).astype(np.float32)
    if step == 1:
        return first
    whole = np.round(scores[:, 1]).astype(int)
    looks = [
        look
        for sample, start, end in zip(samples, lines.starts, lines.starts[1:], strict=False)
        for look in second_look(whole[start:end].tolist(), [line[_WORDS] for line in sample.values])
    ]
    second = np.column_stack([first, np.array(looks, dtype=np.float32)])
    if step == 2:
        return second
    known = (line for sample in samples for line in sample.page)
    whole = np.round(scores[:, 1] + scores[:, 2]).astype(int)
    page = [
        page_look(score, line) if line else _NO_PAGE_LOOK for score, line in zip(whole.tolist(), known, strict=True)
    ]
    return np.column_stack([second, np.array(page, dtype=np.float32)])


def _learn(
    lines: _Lines, values: Any, rows: Any, scores: Any, boosting: Boosting
) -> tuple[WordsSpec | ForestSpec, Callable[[Any], Any]]:
    """What a step learns from some lines, and the function that scores other ones.

    Args:
        lines: all lines.
        values: the evidence that the step sees.
        rows: which lines it learns from.
        scores: the scores of the steps before, a column for each.
        boosting: how it learns.
    """
    labels, weights, step = lines.labels[rows], lines.weights[rows], scores.shape[1]
    if step == 0:
        words = fit_words(lines.tokens[rows], labels, weights, lines.sites[rows], boosting)
        return words, lambda asked: predict_words(words, lines.tokens[asked])
    offset = scores[rows, 1:].sum(1)
    if step == 1:
        trees, predict = fit_trees(values[rows], labels, weights, boosting)
    elif step == _PAGE:
        small = boosting.of_page_look()
        trees, predict = fit_trees(values[rows], labels, weights, small, columns=PAGE_COLUMNS, offset=offset)
    else:
        small = boosting.of_second_look()
        trees, predict = fit_trees(values[rows], labels, weights, small, columns=SECOND_COLUMNS, offset=offset)
    return trees, lambda asked: predict(values[asked])


def _cautions(lines: _Lines, options: FitOptions) -> Any:
    """What each line's score gains or loses by the length of its text."""
    import numpy as np

    return np.array([caution_of(options.caution, words) for words in lines.values[:, _TEXT_WORDS].tolist()])


def _calibration(lines: _Lines, scores: Any) -> list[tuple[int, float]]:
    """Pairs of a score and its probability, which rises with it."""
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    rows = lines.rows & ~lines.for_page
    fitted = IsotonicRegression(out_of_bounds="clip").fit(scores[rows], lines.labels[rows], lines.weights[rows])
    at = np.unique(np.round(np.quantile(scores[rows], np.linspace(0, 1, 200))).astype(int))
    grid = np.union1d(at, np.arange(int(at[0]), int(at[-1]) + 1, 250))
    found = np.round(fitted.predict(grid.astype(float)), 4)
    pairs = list(zip(grid.tolist(), found.tolist(), strict=True))
    return [
        pair
        for i, pair in enumerate(pairs)
        if i in (0, len(pairs) - 1) or not pairs[i - 1][1] == pair[1] == pairs[i + 1][1]
    ]


def _final(
    lines: _Lines, scores: Any, samples: Sequence[Sample], options: FitOptions, calibration: list[tuple[int, float]]
) -> ModelSpec:
    """The model of all sites. Its second look learns from scores of models that had not seen the sites."""
    parts = [
        _learn(lines, _values(lines, scores, samples, step), _taught(lines, step), scores[:, :step], options.boosting)
        for step in _steps(lines, options)
    ]
    words = next(part for part, _ in parts if isinstance(part, WordsSpec))
    first, second, *page = (part for part, _ in parts if isinstance(part, ForestSpec))
    return ModelSpec(
        format=FORMAT,
        version=options.version,
        evidence=[name for name, _ in COLUMNS],
        words=words,
        first=first,
        second=second,
        page=page[0] if page else ForestSpec(0, []),
        caution=options.caution,
        calibration=calibration,
        threshold=options.threshold,
        data=_data(samples),
        figures={},
    )


def _data(samples: Sequence[Sample]) -> dict[str, Any]:
    """What the model was fitted on: for each corpus its texts, sites and lines."""
    found: dict[str, Any] = {}
    for sample in samples:
        name = ".".join(filter(None, (sample.corpus, sample.extractor)))
        entry = found.setdefault(name, {"texts": 0, "lines": 0, "scraps": 0})
        entry["texts"] += 1
        entry["lines"] += len(sample.labels)
        entry["scraps"] += sum(label is True for label in sample.labels)
    return dict(sorted(found.items()))
