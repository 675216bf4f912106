"""Sums over documents."""

from __future__ import annotations

from cleaner.model import Edit
from cleaner.report.documents import Document
from cleaner.report.totals import PLACES, Totals


def document(name: str, start: int, text: str, length: int, **more: object) -> Document:
    edit = Edit(start, start + len(text), "", "byline.by-name")
    return Document(name=name, edits=(edit,), pieces=(text,), length=length, **more)  # type: ignore[arg-type]


def test_sums_are_sums() -> None:
    totals = Totals()
    totals.add(document("a", 0, "By Jane\n", 80, site="hill.example", language="en", flags=("guard", "paywall")))
    totals.add(document("b", 79, "By Jane\n", 80, site="hill.example", repaired={"encoding": 3, "layout": 0}))
    totals.add(Document(name="c", site="mill.example"))
    assert (totals.documents, totals.changed, totals.flagged, totals.edits, totals.words) == (3, 2, 1, 2, 4)
    assert (totals.removed, totals.length, totals.repairs, totals.repaired) == (16, 160, 3, 1)
    assert totals.places == [1] + [0] * (PLACES - 2) + [1]
    assert dict(totals.flags) == {"guard": 1, "paywall": 1}
    hill, mill = totals.sites["hill.example"], totals.sites["mill.example"]
    assert (hill.documents, hill.changed, hill.edits, mill.changed) == (2, 2, 2, 0)
    rule = totals.rules["byline.by-name"]
    assert (rule.removals, rule.documents, rule.words, rule.texts["By Jane"]) == (2, 2, 4, 2)


def test_texts_of_unknown_length_have_no_place_and_no_share() -> None:
    totals = Totals()
    totals.add(document("a", 5, "By Jane\n", 0))
    assert (totals.places, totals.removed, totals.length) == ([0] * PLACES, 0, 0)
