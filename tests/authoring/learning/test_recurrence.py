"""How often lines must recur to be chosen."""

from __future__ import annotations

import pytest

from cleaner.authoring.learning.recurrence import DEFAULT, Thresholds
from tests.authoring.learning.corpora import bodies, observe, rows

FAREWELL = [f"{text}\nFarewell from the mill\n" for text in bodies(9)]


def chosen(texts: list[str], thresholds: Thresholds = DEFAULT) -> set[tuple[str, str, int]]:
    """Kind, site and number of documents of what is chosen."""
    with observe(rows(texts)) as store:
        store.find(thresholds)
        return {(one.kind, one.site, one.documents) for group in store.recurring(100) for one in group}


def test_a_line_that_is_always_the_same_is_chosen_as_a_whole() -> None:
    assert chosen(FAREWELL) == {("exact", "riverpost.example", 9)}


def test_a_line_that_recurs_only_as_one_of_many_is_chosen_by_its_fixed_part() -> None:
    words = [f"{chr(97 + n)}{'xyz'[n % 3] * 4}" for n in range(20)]
    texts = [f"{text}\nRead this too: Mill {words[n % 16]}\n" for n, text in enumerate(bodies(20))]
    assert {kind for kind, _, _ in chosen(texts)} == {"label"}


@pytest.mark.parametrize("thresholds", [Thresholds(documents=10), Thresholds(share=0.5)])
def test_what_recurs_too_seldom_is_not_chosen(thresholds: Thresholds) -> None:
    assert chosen([*FAREWELL, *bodies(20)[9:]]) != set()
    assert chosen([*FAREWELL, *bodies(20)[9:]], thresholds) == set()
