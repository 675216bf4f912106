"""The profile thorough comes to rest: a cleaned text that is cleaned again stays as it is."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from cleaner.scoring.application import REFUSED
from tests.places import ROOT

CASES = sorted((ROOT / "golden").glob("*/input.txt"))[::4]
CORPORA = ("aeb.resiliparse", "fundus.trafilatura", "l3s.resiliparse", "daniel.readability", "harm/recipe")
EACH = 12  # texts of a corpus


@pytest.fixture(scope="module")
def thorough() -> Cleaner:
    return Cleaner(profile="thorough")


def unsettled(cleaner: Cleaner, text: str | bytes, document: DocumentInfo) -> list[str]:
    """The lines that go when a cleaned text is cleaned again."""
    once = cleaner.clean(text, document.title, document.url)
    if REFUSED in once.flags:  # a smaller text may pass the guard, and the flag tells of it
        return []
    again = cleaner.clean(once.text, document.title, document.url)
    return [once.text[edit.start : edit.end] for edit in again.edits]


@pytest.mark.parametrize("part", range(4))
def test_an_article_of_ours_stays_as_it_was_cleaned(part: int, thorough: Cleaner) -> None:
    found = {path.parent.name: unsettled(thorough, path.read_bytes(), DocumentInfo()) for path in CASES[part::4]}
    assert len(found) > 10
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("corpus", CORPORA)
def test_a_real_article_stays_as_it_was_cleaned(corpus: str, shared: Path, thorough: Cleaner) -> None:
    with gzip.open(shared / "corpus" / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, 0, EACH * 4, 4)]
    found = {
        row["id"]: unsettled(thorough, row["text"], DocumentInfo(row.get("title") or "", row.get("url") or ""))
        for row in rows
    }
    assert found
    assert {name: lines for name, lines in found.items() if lines} == {}
