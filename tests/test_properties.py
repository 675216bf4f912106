"""What holds for every text: cleaning twice is cleaning once, and nothing is lost."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings

from cleaner import Cleaner, RuleSet
from cleaner.text.edits import apply, check, invert
from cleaner.text.repair import repair, undo
from tests.strategies import texts

CLEANER = Cleaner()
BARE = Cleaner(RuleSet())
STRICT = Cleaner(profile="strict")
PICKLED = pickle.loads(pickle.dumps(CLEANER))


@given(texts)
@settings(max_examples=400, deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = CLEANER.clean(text).text
    assert CLEANER.clean(once).text == once


@given(texts)
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("cleaner", [CLEANER, STRICT], ids=["default", "strict"])
def test_edits_lead_from_repaired_to_cleaned_and_back(cleaner: Cleaner, text: str) -> None:
    result = cleaner.clean(text)
    check(result.edits, len(result.repaired))
    assert apply(result.repaired, result.edits) == result.text
    assert apply(result.text, invert(result.repaired, result.edits)) == result.repaired
    assert result.restore() == result.repaired
    assert result.original() == text


@given(texts)
@settings(max_examples=300, deadline=None)
def test_repair_is_idempotent_and_can_be_undone(text: str) -> None:
    repaired = repair(text)
    assert repair(repaired.text).text == repaired.text
    assert undo(repaired.text, repaired.steps) == text


@given(texts)
@settings(max_examples=100, deadline=None)
def test_without_rules_the_text_is_the_repaired_text(text: str) -> None:
    result = BARE.clean(text)
    assert result.text == result.repaired
    assert not result.edits


@given(texts)
@settings(max_examples=100, deadline=None)
def test_layout_of_the_result(text: str) -> None:
    """No trailing blanks, no doubled blank lines, exactly one newline at the end, never silently emptied."""
    result = CLEANER.clean(text).text
    assert "\n\n\n" not in result
    assert not result.startswith("\n")
    assert result == "" or (result.endswith("\n") and not result.endswith("\n\n"))
    assert all(line == line.rstrip() for line in result.split("\n"))
    if repair(text).text.strip():
        assert result.strip()


@given(texts)
@settings(max_examples=50, deadline=None)
def test_a_pickled_cleaner_does_the_same(text: str) -> None:
    assert PICKLED.clean(text) == CLEANER.clean(text)


def test_a_page_without_running_text_is_flagged() -> None:
    index = "".join(f"Old bridge number {i}\n\n" for i in range(15))
    assert "index" in CLEANER.clean(index).flags
    assert "index" not in CLEANER.clean("Old bridge\n\n" * 14).flags
    prose = "The council met on Tuesday evening and voted to repair the old stone bridge over the river.\n"
    assert "index" not in CLEANER.clean(index + prose).flags
