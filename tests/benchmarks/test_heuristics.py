"""The weekend script removes what it says, and keeps sentences."""

from __future__ import annotations

import pytest

from benchmarks.leaderboard.heuristics import clean


@pytest.mark.parametrize(
    "line",
    ["Rain fell on the bridge.", "“Nobody was hurt.”", "The council of the town met on Tuesday", "橋は閉まった。"],
)
def test_sentences_stay(line: str) -> None:
    assert clean(line) == line


@pytest.mark.parametrize(
    "line", ["Read more", "Share this story with friends", "Home | News | Sport | The river", "Jane Doe"]
)
def test_short_lines_calls_and_menus_go(line: str) -> None:
    assert clean(f"Rain fell on the bridge.\n{line}\n") == "Rain fell on the bridge.\n"


def test_a_second_copy_goes() -> None:
    assert clean("Rain fell on the bridge.\nRain fell on the bridge.\n") == "Rain fell on the bridge.\n"
