"""From files of marked texts to a model file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from cleaner.authoring.modelling.collect import collect
from cleaner.authoring.modelling.fit import FitOptions, Fitted, fit_model
from cleaner.authoring.modelling.report import figures_of
from cleaner.authoring.modelling.samples import read_marked
from cleaner.batch.jobs import Job
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.io.formats.base import FieldNames
from cleaner.io.paths import shown
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.model import MOST_BYTES

__all__ = ["THRESHOLDS", "FitRequest", "fit_and_write", "write_model"]

THRESHOLDS = (0.7, 0.8, 0.9, 0.95)
"""What the figures of a model are told for, besides its own threshold."""


class FitRequest(NamedTuple):
    """What is fitted on, and where the model goes.

    Attributes:
        jobs: the files of rows.
        keys: the names of their fields.
        rules: all rules, whose wordings are evidence.
        selected: the rules that run before the scorer.
        output: the model file.
        workers: how many processes gather the evidence.
    """

    jobs: Sequence[Job]
    keys: FieldNames
    rules: RuleSet
    selected: RuleSet
    output: Path
    workers: int = 1


def fit_and_write(
    request: FitRequest, options: FitOptions = FitOptions(), tell: Callable[[str], None] = lambda _: None
) -> Mapping[str, Any]:
    """Fit a model on files, write it, and give its figures.

    Raises:
        CleanerError: a file cannot be read, there is too little to learn from, or the model cannot be written.
    """
    texts = list(read_marked(request.jobs, request.keys))
    samples = collect(texts, request.rules, request.selected, request.workers)
    tell(f"evidence on {sum(len(sample.labels) for sample in samples):,} lines of {len(texts):,} texts")
    fitted = fit_model(samples, options, tell)
    return write_model(fitted, request.output)


def write_model(fitted: Fitted, output: Path) -> Mapping[str, Any]:
    """Write a model with its figures, and give them.

    Raises:
        CleanerError: the model is larger than what is read, or cannot be written.
    """
    thresholds = sorted({fitted.spec.threshold, *THRESHOLDS})
    figures = figures_of(fitted.samples, fitted.probabilities, thresholds)
    spec = msgspec.structs.replace(fitted.spec, figures=figures)
    data = _pretty(spec)
    if len(data) > MOST_BYTES:
        raise CleanerError(
            f"the model has {len(data):,} bytes, and at most {MOST_BYTES:,} are read; name fewer --trees or --questions"
        )
    try:
        with atomic_write(output, 0o644) as stream:
            stream.write(data)
    except OSError as error:
        raise CleanerError(f"{shown(output)}: {error.strerror or error}; check the path") from None
    return figures


def _pretty(spec: Any) -> bytes:
    """The model as JSON: one line for each key, and for each tree."""
    values = msgspec.to_builtins(spec)
    parts = []
    for key, value in values.items():
        if key in ("first", "second"):
            trees = ",\n".join(msgspec.json.encode(tree).decode() for tree in value["trees"])
            text = f'{{"bias": {value["bias"]}, "trees": [\n{trees}]}}'
        else:
            text = msgspec.json.encode(value).decode()
        parts.append(f"{msgspec.json.encode(key).decode()}: {text}")
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()
