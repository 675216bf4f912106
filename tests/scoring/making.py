"""What tests of scores are made of: an article of our own prose, and a model of a few hand-made trees."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from cleaner.engine.compiler import CompiledRules
from cleaner.model import DocumentInfo
from cleaner.rules.ruleset import RuleSet
from cleaner.scoring.evidence import LineEvidence, TextEvidence, fitting_rules
from cleaner.scoring.gaps import NO_GAPS, Gaps
from cleaner.scoring.model import COLUMNS, FORMAT, ForestSpec, Model, ModelSpec, WordsSpec
from cleaner.scoring.tokens import BUCKETS
from cleaner.scoring.wordings import Wordings
from cleaner.text.lines import TextView

NAMES = [name for name, _ in COLUMNS]
PROSE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.",
    "The mayor said that the bridge could not wait for another winter, and that the mill would pay a third of it.",
    "Shopkeepers on the northern bank had asked for a second crossing while the work goes on, but were refused.",
    "The council will choose a builder in March, and the bridge is to open again before the autumn fair.",
)
HEADLINES = ("Lottery winner buys castle", "Rain expected on Sunday", "Football club sells striker")
Stump = tuple[list[int], list[float], list[int]]
ARTICLE = "\n\n".join((*PROSE, *HEADLINES)) + "\n"
TITLE = "Council votes to repair the old stone bridge"


def evidence_of(text: str, title: str = "", gaps: Gaps = NO_GAPS, rules: RuleSet | None = None) -> list[LineEvidence]:
    """The evidence on the lines of a text."""
    wordings = Wordings(fitting_rules(CompiledRules(rules or RuleSet())))
    return TextEvidence(TextView(text, DocumentInfo(title)), wordings).lines(gaps)


def named(values: list[float]) -> dict[str, float]:
    """The evidence on a line by name."""
    return dict(zip(NAMES, values, strict=False))


def stump(name: str, at_most: float, left: int, right: int) -> Stump:
    """A tree that asks one question, as a model file holds it."""
    return [NAMES.index(name)], [at_most], [0, left, right]


def spec(**changes: Any) -> ModelSpec:
    """A model that takes short lines for scraps, unless they share words with the title."""
    values: dict[str, Any] = {
        "format": FORMAT,
        "version": "test",
        "evidence": NAMES,
        "words": WordsSpec(0, 10, bytes(BUCKETS)),
        "first": ForestSpec(0, [stump("words", 8, 2000, -2000)]),
        "second": ForestSpec(0, [stump("title-words", 0.4, 0, -3000)]),
        "page": ForestSpec(0, []),
        "caution": 0,
        "calibration": [(-3000, 0.0), (3000, 1.0)],
        "threshold": 0.8,
        "data": {},
        "figures": {},
    }
    return msgspec.convert(msgspec.to_builtins(ModelSpec(**{**values, **changes})), ModelSpec)


def model(**changes: Any) -> Model:
    return Model(spec(**changes), "test")


def write_model(path: Path, **changes: Any) -> Path:
    """Write the hand-made model to a file."""
    path.write_bytes(msgspec.json.encode(spec(**changes)))
    return path
