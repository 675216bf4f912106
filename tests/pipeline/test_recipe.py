"""A cleaner is sent as a recipe: small, made once in a process, and the same cleaner afterwards."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from collections import OrderedDict
from concurrent.futures import ProcessPoolExecutor
from unittest.mock import Mock

import pytest

from cleaner import Cleaner, builtin_rules, load_rules
from cleaner.pipeline import recipe
from cleaner.scoring.scorer import Scorer
from cleaner.text.repair import RepairConfig
from tests.places import ROOT

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
TEXT = f"By Jane Doe\n\n{BODY}\nFollow us on:\n\nThat's all from Hill News\n"
OWN = load_rules(ROOT / "examples" / "rules")
CLEANERS = {
    "default": Cleaner(),
    "facts": Cleaner(profile="facts"),
    "own": Cleaner(builtin_rules() | OWN),
    "only-own": Cleaner(OWN),
    "chosen": Cleaner(builtin_rules().select("strict", drop=["byline"], languages=["en"])),
    "settings": Cleaner(guard=1.0, repair=RepairConfig(blanks=False), encoding="windows-1252"),
    "bolder": Cleaner(scorer=Scorer(threshold=0.5)),
}


@pytest.mark.parametrize("name", CLEANERS)
def test_a_cleaner_pickles_to_a_few_kilobytes(name: str) -> None:
    assert len(pickle.dumps(CLEANERS[name])) < 20_000


@pytest.mark.parametrize("name", CLEANERS)
def test_a_cleaner_made_anew_cleans_alike(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = CLEANERS[name]
    data = pickle.dumps(cleaner)
    monkeypatch.setattr(recipe, "_built", OrderedDict())
    other = pickle.loads(data)
    assert other is not cleaner
    assert (other.rules, other.guard, other.repair, other.encoding) == (
        cleaner.rules,
        cleaner.guard,
        cleaner.repair,
        cleaner.encoding,
    )
    assert other.clean(TEXT) == cleaner.clean(TEXT)
    assert pickle.dumps(other) == data


def test_a_process_makes_a_cleaner_once() -> None:
    data = pickle.dumps(CLEANERS["own"])
    assert pickle.loads(data) is pickle.loads(data)
    assert copy.copy(CLEANERS["own"]).clean(TEXT) == CLEANERS["own"].clean(TEXT)


def test_a_cleaner_with_another_guard_is_another_one() -> None:
    first, second = Cleaner(guard=0.1), Cleaner(guard=0.9)
    assert [pickle.loads(pickle.dumps(one)).guard for one in (first, second, first)] == [0.1, 0.9, 0.1]


def test_only_the_last_few_cleaners_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipe, "_built", OrderedDict())
    build = Mock(side_effect=object)
    for number in (*range(6), 5, 0):
        recipe.kept_or_built((number,), build)
    assert build.call_count == 7  # 5 was kept, 0 was not


@pytest.mark.slow
@pytest.mark.parametrize("start", ["spawn"])
def test_a_method_works_in_a_pool(start: str) -> None:
    texts = [TEXT.replace("Tuesday", f"day {number}") for number in range(4)]
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context(start)) as pool:
        found = list(pool.map(CLEANERS["own"].clean, texts))
    assert found == [CLEANERS["own"].clean(text) for text in texts]
