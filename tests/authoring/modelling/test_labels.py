"""Which lines are body: the measure of the benchmarks."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from cleaner.authoring.modelling.labels import agreement, line_labels, shingles, words_in

BODY = "The council met on Tuesday.\nNo comment\nThe mill pays a third of the whole sum."


@pytest.mark.parametrize(
    ("line", "is_scrap"),
    [
        ("The council met on Tuesday.", False),
        ("THE COUNCIL MET ON TUESDAY", False),
        ("No comment", False),
        ("comment", True),
        ("council met on", False),
        ("council met", True),
        ("Lottery winner buys a castle", True),
        ("The council met on Friday and laughed a lot about nothing", True),
        ("* * *", None),
    ],
)
def test_a_line_is_body_by_its_runs_of_words(line: str, is_scrap: bool | None) -> None:
    assert line_labels([line], BODY) == [is_scrap]


def test_a_second_copy_is_a_scrap() -> None:
    assert line_labels(["The council met on Tuesday."] * 2, BODY) == [False, True]


def test_characters_that_nobody_sees_make_no_difference() -> None:
    assert words_in("caf\u0065\u0301 &amp; mi\u00adll\u200b") == ["café", "mill"]


def test_texts_without_words_agree_in_nothing() -> None:
    assert agreement(shingles([]), shingles([])) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", ["l3s.resiliparse", "czech.trafilatura"])
def test_the_labels_are_those_of_the_shared_measure(shared: Path, name: str) -> None:
    spec = importlib.util.spec_from_file_location("score", shared / "bench" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with gzip.open(shared / "corpus" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as source:
        rows = [json.loads(line) for line, _ in zip(source, range(10), strict=False)]
    for row in rows:
        found = [label for label in line_labels(row["text"].split("\n"), row["gold"]) if label is not None]
        measured = score.label(score.plain(row["text"]), score.plain(row["gold"]))
        assert found == [not is_body for _, _, is_body in measured]
