"""What a model reached: the gap, and the words of the body."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleaner import Cleaner
from cleaner.authoring.modelling.report import figures_of, measure, report_lines
from cleaner.authoring.modelling.samples import MarkedText, Sample, sample_of
from cleaner.engine.compiler import CompiledRules
from cleaner.model import DocumentInfo
from cleaner.rules import RuleSet

BODY = ("The council met on Tuesday evening to vote.", "A long debate on the mill followed it.")
SCRAPS = ("Lottery winner buys an old castle", "Rain is expected on next Sunday")
RULES = RuleSet()


@pytest.fixture
def sample() -> Sample:
    text = MarkedText("own", "x", "en", "a.example", DocumentInfo(), "\n".join((*BODY, *SCRAPS)), "\n".join(BODY))
    found = sample_of(text, Cleaner(RULES, profile="all"), CompiledRules(RULES))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("probabilities", "closed", "lost"),
    [([0, 0, 1, 1], 1, 0), ([0, 0, 0, 0], 0, 0), ([0, 0, 0.8, 0.8], 1, 0), ([0, 0, 0.7, 0.7], 0, 0)],
)
def test_the_gap_is_closed_by_the_scraps_that_go(
    sample: Sample, probabilities: list[float], closed: float, lost: float
) -> None:
    found = measure([sample], [probabilities], 0.8)
    assert (found.closed, found.lost, found.rules) == (closed, lost, 0)


def test_body_lines_that_go_cost_their_words(sample: Sample) -> None:
    found = measure([sample], [[0, 1, 1, 1]], 0.8)
    assert found.lost == 500_000
    assert found.closed < 1


def test_figures_are_grouped_and_variants_left_out(sample: Sample) -> None:
    clean = replace(sample, is_clean=True, corpus="tales", labels=[False] * 4)
    samples = [sample, clean, replace(sample, is_variant=True)]
    figures = figures_of(samples, [[0, 0, 1, 1]] * 3, [0.5, 0.9])
    assert list(figures["texts"]) == ["own.x"]
    assert figures["texts"]["own.x"]["texts"] == 1
    assert figures["texts"]["own.x"]["0.9"] == {"closed": 1, "lost": 0}
    assert figures["languages"]["en"]["texts"] == 1
    assert figures["clean"]["tales"]["0.5"]["lost"] > 0
    shown = "\n".join(report_lines(figures))
    assert "own.x" in shown
    assert "1.00 at       0" in shown


def test_without_texts_there_is_no_table() -> None:
    assert list(report_lines(figures_of([], [], [0.5]))) == []
