"""Signals on a document, for filters."""

from __future__ import annotations

import json

import pytest

from cleaner import Cleaner, CleanResult, clean
from cleaner.model import Edit, ScoredSpan
from cleaner.pipeline.signals import SIGNAL_NAMES, SIGNAL_TYPES, Signals, signals_of
from cleaner.scoring.scorer import Scorer

BODY = "The town council met on Tuesday evening and voted to repair the old bridge over the river."


def test_what_was_removed_is_counted_by_class() -> None:
    found = signals_of(clean(f"Advertisement\n\n{BODY}\n\nFollow us on:\n\nAdvertisement\n"))
    assert (found.words, found.removed_words, found.removals) == (17, 5, 3)
    assert found.removed_share == pytest.approx(5 / 22, abs=1e-6)
    assert found.classes == "follow-us ad-marker"
    assert found.language == "en"


def test_residue_is_what_reads_like_no_running_text() -> None:
    assert signals_of(clean(f"{BODY}\n")).residue == 0
    assert signals_of(clean(f"Bridge to be mended\n\n{BODY}\n")).residue == pytest.approx(4 / 21, abs=1e-6)


def test_the_scorer_tells_how_much_it_expects_to_be_scrap() -> None:
    text = f"{BODY}\n\n{BODY} It took all night.\n\nMore from the Hill News\n\nWhat to read next\n"
    assert signals_of(clean(text)).expected_scrap is None
    without, left = Cleaner(scorer=Scorer(threshold=1.0)), Cleaner(profile="thorough")
    expected = signals_of(without.clean(text)).expected_scrap
    body = signals_of(without.clean(f"{BODY}\n")).expected_scrap
    after = signals_of(left.clean(text)).expected_scrap
    assert expected is not None
    assert body is not None
    assert after is not None
    assert 0 < body < expected < 1
    assert after <= expected


def test_a_line_that_the_scorer_took_is_not_left() -> None:
    result = CleanResult("b c\n", "a\nb c\n", (Edit(0, 2, "", "by-evidence.line"),), scores=())
    scores = (ScoredSpan(0, 1, 0.99), ScoredSpan(2, 5, 0.25))
    assert signals_of(CleanResult(result.text, result.repaired, result.edits, scores=scores)).expected_scrap == 0.25


@pytest.mark.parametrize(
    ("flags", "marks"),
    [
        ((), (False, False, False, False)),
        (("paywall", "index"), (True, False, True, False)),
        (("consent", "emptied"), (False, True, False, True)),
        (("guard",), (False, False, False, True)),
    ],
)
def test_flags_become_marks(flags: tuple[str, ...], marks: tuple[bool, ...]) -> None:
    found = signals_of(CleanResult("a\n", "a\n", flags=flags))
    assert (found.paywall, found.consent, found.index, found.guard) == marks


def test_several_texts_of_a_row_are_one_document() -> None:
    title, text = clean("Bridge to be mended\n"), clean(f"{BODY}\n\nFollow us on:\n")
    found = signals_of(title, text)
    assert (found.words, found.removed_words) == (21, 3)
    assert found.residue == pytest.approx(4 / 21, abs=1e-6)


def test_nothing_is_a_document_too() -> None:
    assert signals_of(CleanResult("", "")) == Signals(
        words=0,
        removed_words=0,
        removed_share=0.0,
        removals=0,
        classes="",
        residue=0.0,
        expected_scrap=None,
        paywall=False,
        consent=False,
        index=False,
        guard=False,
        language="",
    )


def test_each_signal_has_its_type() -> None:
    values = signals_of(Cleaner(scorer=Scorer(threshold=1.0)).clean(f"{BODY}\n")).as_dict()
    assert tuple(values) == SIGNAL_NAMES
    assert {name: type(value) for name, value in values.items()} == SIGNAL_TYPES
    assert json.loads(json.dumps(values)) == values
