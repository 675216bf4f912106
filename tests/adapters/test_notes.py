"""Notes are plain values and say what cleaning found: words lost, rules, flags, and what removed lines told."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.adapters.base import clean_row
from cleaner.adapters.notes import NOTES, clean_noted, counts_of, note_of
from cleaner.io.formats.base import FieldNames
from cleaner.model import DocumentInfo
from tests.adapters.engines import documents, expected

TEXT = (
    "By Jane Doe\n\nThe council met on Tuesday to vote on the old bridge.\n\nFollow us on:\n\nAdvertisement\n\n"
    "It will be closed until June, the mayor said.\n\nFollow us on:"
)


def test_the_text_is_what_the_cleaner_gives(cleaner: Cleaner) -> None:
    rows = documents()
    made = [clean_noted(row["text"], row, FieldNames(), cleaner).text for row in rows if row["text"] is not None]
    assert made == [text for text in expected(rows) if text is not None]


def test_notes_are_words_rules_flags_and_metadata(cleaner: Cleaner) -> None:
    assert clean_noted(TEXT, {}, FieldNames(), cleaner).notes == {
        "clean_words_lost": 10,
        "clean_removed_by": "byline.by-name; follow-us.networks; ad-marker.label",
        "clean_flags": "",
        "clean_author": "Jane Doe",
    }


def test_what_is_known_already_is_not_noted(cleaner: Cleaner) -> None:
    noted = clean_noted(TEXT, {"author": "Jane Doe", "headline": "A bridge"}, FieldNames(title="headline"), cleaner)
    assert tuple(noted.notes) == NOTES


def test_flags_are_noted_and_a_text_that_fails_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = Cleaner()
    assert clean_noted("Advertisement", {}, FieldNames(), cleaner).notes["clean_flags"] == "emptied"

    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(cleaner, "clean_document", fail)
    noted = clean_noted(TEXT, {}, FieldNames(), cleaner)
    assert noted == (TEXT, dict(zip(NOTES, (0, "", "error:RuntimeError"), strict=True)))


def test_nothing_gives_notes_of_nothing(cleaner: Cleaner) -> None:
    assert note_of(clean_row(None, DocumentInfo(), cleaner), DocumentInfo()) == dict(
        zip(NOTES, (0, "", ""), strict=True)
    )


def test_counts_add_up_to_the_statistics_of_a_run(cleaner: Cleaner) -> None:
    assert counts_of(clean_row(TEXT, DocumentInfo(), cleaner)) == {
        "documents": 1,
        "changed": 1,
        "words_lost": 10,
        "removed/byline": 1,
        "removed/follow-us": 2,
        "removed/ad-marker": 1,
    }
    same = clean_row("The council met on Tuesday to vote on the bridge.", DocumentInfo(), cleaner)
    assert counts_of(same) == {"documents": 1, "changed": 0, "words_lost": 0}
    assert counts_of(clean_row("Advertisement", DocumentInfo(), cleaner))["flags/emptied"] == 1
