"""The baselines do what the table says of them."""

from __future__ import annotations

import pytest

from benchmarks.leaderboard.baselines import BASELINES
from benchmarks.leaderboard.corpora import Document
from cleaner.scoring.model import builtin_model

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."
DOCUMENT = Document(
    "a", f"3 MIN READ\n\n{BODY}\n\nThis site uses cookies, and asks you.\n\nShare\n", "Old bridge to be repaired"
)


def cleaned(name: str) -> str:
    baseline = BASELINES[name]
    if baseline.missing:
        pytest.skip(f"{baseline.needs[0]} is not installed: {baseline.missing}")
    found = baseline.cleaner(name).clean([DOCUMENT])
    assert found.problem == ""
    (text,) = found.texts
    assert text is not None
    return text


@pytest.mark.parametrize("name", BASELINES)
def test_a_baseline_keeps_the_sentence_and_tells_how_to_repeat_it(name: str) -> None:
    assert BODY in cleaned(name)
    baseline = BASELINES[name].cleaner(name)
    assert (baseline.how, baseline.call) == ("baseline", f"python -m benchmarks.leaderboard FOLDER --baselines {name}")
    assert BASELINES[name].about


@pytest.mark.parametrize(
    ("name", "scraps"),
    [
        ("unchanged", []),
        ("ftfy", []),
        ("c4", ["3 MIN READ", "cookies", "Share"]),
        ("refinedweb", ["3 MIN READ", "Share"]),
        ("nemo-phrases", ["uses cookies"]),
        ("heuristics", ["3 MIN READ", "Share"]),
        ("cleaner", ["3 MIN READ", "Share"]),
    ],
)
def test_a_baseline_removes_what_it_is_known_for(name: str, scraps: list[str]) -> None:
    text = cleaned(name)
    assert [scrap for scrap in ("3 MIN READ", "uses cookies", "Share") if scrap not in text] == [
        scrap for scrap in ("3 MIN READ", "uses cookies", "Share") if any(scrap.endswith(one) for one in scraps)
    ]


def test_the_thorough_profile_says_what_it_learned_from() -> None:
    one = BASELINES["cleaner-thorough"]
    names = list(builtin_model().figures["texts"])
    assert {f"{name.partition('.')[0]}.*" for name in names} | {"harm/*"} <= set(one.trained_on)
    assert "By site-wise cross-validation, over all rows of 2 of these files" in one.note([*names[:2], "unknown"])
    assert one.note(["unknown"]) == ""
