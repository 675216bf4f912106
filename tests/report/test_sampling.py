"""Samples in which every rule is seen."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from cleaner.report.sampling import StratifiedSample

NAMES = st.lists(st.sets(st.sampled_from("abcde"), max_size=3), max_size=40)


def sample(size: int, found: list[set[str]], order: list[int] | None = None) -> set[int]:
    made = StratifiedSample(size)
    for number in order or range(len(found)):
        made.add(number, f"{number}.txt", found[number])
    return made.chosen()


@given(NAMES, st.integers(0, 50))
def test_a_sample_is_as_large_as_can_be(found: list[set[str]], size: int) -> None:
    chosen = sample(size, found)
    assert len(chosen) == min(size, len(found))
    assert chosen <= set(range(len(found)))


@given(NAMES, st.integers(5, 50))
def test_every_name_is_seen_when_there_is_room(found: list[set[str]], size: int) -> None:
    seen = {name for number in sample(size, found) for name in found[number]}
    assert seen == set().union(*found)


@given(NAMES, st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_order_of_the_documents_does_not_count(found: list[set[str]], size: int, rnd: random.Random) -> None:
    order = list(range(len(found)))
    rnd.shuffle(order)
    assert sample(size, found, order) == sample(size, found)


def test_rare_rules_are_seen_among_many_documents() -> None:
    found = [{"common"} for _ in range(5_000)]
    found[4_321] = {"rare"}
    found[17] = {"common", "other"}
    assert {17, 4_321} <= sample(4, found)
