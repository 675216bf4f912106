"""The tables: best first, a dash for what was not measured, a mark for what learned from the texts."""

from __future__ import annotations

from typing import Any

import msgspec

from benchmarks.leaderboard.results import Bodies, Clean, CorpusFacts, Entry, Pieces, Results, Score
from benchmarks.leaderboard.table import tables

BODIES = Bodies(
    documents=4,
    failed=1,
    f1_before=0.5,
    f1_best=0.9,
    f1_after=0.7,
    exact_before=1,
    exact_after=2,
    scrap_words=10,
    scrap_words_gone=5,
    body_words=1000,
    body_words_lost=2.0,
)
CLEAN = Clean(documents=10, failed=0, words=2000, words_lost=1.0, touched=1)
PIECES = Pieces(documents=1, failed=0, body=4, body_lost=1, scrap=2, scrap_gone=1)
FACTS = {
    "harm/poem": CorpusFacts(kind="clean", documents=10, rows=20, digest="1"),
    "pieces": CorpusFacts(kind="pieces", documents=1, rows=1, digest="2"),
    "river.a": CorpusFacts(kind="bodies", documents=4, rows=8, digest="3"),
}


def page(*entries: Entry) -> list[str]:
    return list(tables(Results(corpora=FACTS, machines=[], cleaners=list(entries))))


def entry(name: str, scores: dict[str, Score], **more: Any) -> Entry:
    return Entry(name=name, how="command", call="x", speed=0.25, scores=scores, **more)


ALL: dict[str, Score] = {"harm/poem": CLEAN, "pieces": PIECES, "river.a": BODIES}


def test_a_row_has_all_figures() -> None:
    found = page(entry("mine", ALL))
    assert found[2] == "| mine | 0.50 | 2,000 | 50.0% | 50.0%, 250,000 | 500, 10.0% | 0.25 | 1 |"
    assert "15 of 29 rows of 3 files. Exact was, before cleaning, 25.0%." in found
    assert "| poem | 500 |" in found
    assert "| river.a | 0.50 at 2,000 |" in found


def test_what_does_nothing_has_no_speed() -> None:
    assert page(entry("mine", ALL))[2].endswith("| 0.25 | 1 |")
    fast = msgspec.structs.replace(entry("mine", ALL), speed=20_000.0)
    assert page(fast)[2].endswith("| > 1,000 | 1 |")
    slow = msgspec.structs.replace(entry("mine", ALL), speed=0.00234)
    assert page(slow)[2].endswith("| 0.002 | 1 |")


def test_the_best_stands_first() -> None:
    better = msgspec.structs.replace(BODIES, f1_after=0.8)
    found = page(entry("mine", ALL), entry("theirs", {**ALL, "river.a": better}))
    assert [line.split(" ")[1] for line in found[2:4]] == ["theirs", "mine"]


def test_files_weigh_the_same_and_a_tiny_gap_does_not_outweigh_others() -> None:
    tiny = msgspec.structs.replace(BODIES, f1_before=0.899, f1_best=0.9, f1_after=0.88)
    found = page(entry("mine", {"river.a": BODIES, "river.b": tiny}))
    assert found[2].startswith("| mine | 0.45 |")


def test_what_was_not_measured_is_a_dash() -> None:
    found = page(entry("mine", {}))
    assert found[2] == "| mine | – | – | – | – | – | 0.25 | 0 |"
    assert "| poem | – |" in found


def test_what_learned_from_the_texts_is_marked() -> None:
    found = page(entry("mine", ALL, trained_on=["harm/*"]), entry("theirs", ALL, note="with a dictionary"))
    assert any(line.startswith("| mine † |") for line in found)
    assert "† mine: It was made with some of these texts, and their figures flatter it." in found
    assert "- theirs: with a dictionary" in found
    assert "| poem | 500 † | 500 |" in found
    assert "| river.a | 0.50 at 2,000 | 0.50 at 2,000 |" in found
