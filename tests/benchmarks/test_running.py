"""A run measures every cleaner on every corpus, and tells what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.leaderboard.cleaners import FunctionCleaner
from benchmarks.leaderboard.corpora import BenchmarkError, Corpus, read_corpora
from benchmarks.leaderboard.results import Bodies
from benchmarks.leaderboard.running import Contestant, measure
from tests.benchmarks.tiny import corpus_folder


@pytest.fixture
def corpora(tmp_path: Path) -> list[Corpus]:
    return read_corpora([corpus_folder(tmp_path)])


def same(text: str) -> str:
    return text


def test_every_cleaner_has_a_score_for_every_corpus(corpora: list[Corpus]) -> None:
    told: list[str] = []
    found = measure(
        [Contestant("a", FunctionCleaner(same, "x:same"), "1.0", "mine", ("river.*",))], corpora, told.append
    )
    (entry,) = found.cleaners
    assert set(entry.scores) == set(found.corpora) == {"harm/poem", "pieces", "river.plain"}
    assert (entry.call, entry.version, entry.note, entry.trained_on) == ("x:same", "1.0", "mine", ["river.*"])
    assert entry.speed > 0
    assert found.machines[0].ftfy_characters_per_second > 0
    assert told == ["harm/poem: 2 of 2 rows", "pieces: 1 of 1 rows", "river.plain: 2 of 2 rows"]


def test_a_text_that_fails_is_told_and_counts(corpora: list[Corpus]) -> None:
    def clean(text: str) -> str | None:
        return None if "Read more stories" in text else text

    told: list[str] = []
    (entry,) = measure([Contestant("a", FunctionCleaner(clean, "x"))], corpora, told.append).cleaners
    score = entry.scores["river.plain"]
    assert isinstance(score, Bodies)
    assert score.failed == 1
    assert "a: river.plain: 1 texts failed and count as empty; the first, ferry: gave NoneType, and no text" in told


def test_a_cleaner_that_fails_at_once_stops_the_run(corpora: list[Corpus]) -> None:
    def clean(text: str) -> str:
        raise RuntimeError("not configured")

    with pytest.raises(BenchmarkError, match=r"a: fails on the first text, .*RuntimeError: not configured"):
        measure([Contestant("a", FunctionCleaner(clean, "x"))], corpora, print)


def test_two_cleaners_of_one_name_are_refused(corpora: list[Corpus]) -> None:
    twice = [Contestant("a", FunctionCleaner(same, "x"))] * 2
    with pytest.raises(BenchmarkError, match="two cleaners are called 'a'"):
        measure(twice, corpora, print)
