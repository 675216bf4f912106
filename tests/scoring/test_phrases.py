"""Evidence in words."""

from __future__ import annotations

import pytest

from cleaner.scoring.model import COLUMNS
from cleaner.scoring.phrases import phrase


@pytest.mark.parametrize("value", [-1, 0, 0.5, 1, 9999])
@pytest.mark.parametrize(("name", "template"), COLUMNS, ids=[name for name, _ in COLUMNS])
def test_every_piece_of_evidence_can_be_told(name: str, template: str, value: float) -> None:
    told = phrase(template, value)
    assert "{" not in told
    assert told


def test_names_stand_for_numbers() -> None:
    assert phrase("it stands in the {zone}", 3) == "it stands in the tail"
    assert phrase("{confidence} its wording", 1) == "a rule of low confidence fits its wording"
    assert phrase("the first look gave it {score}", -1500) == "the first look gave it -1.5"


def test_a_neighbour_that_is_not_there_is_told_so() -> None:
    assert phrase("the first look gave the line 1 above {score}", 9999) == "the line 1 above is not there"
