"""The values that all layers share."""

from __future__ import annotations

import pytest

from cleaner.model import DocumentInfo, Edit, Zone


def test_an_edit_knows_its_class() -> None:
    assert Edit(0, 5, "", "ad-marker.label").scrap_class == "ad-marker"


def test_edits_sort_by_their_place() -> None:
    assert sorted([Edit(5, 6, "", "a.a"), Edit(0, 9, "", "b.b"), Edit(0, 5, "", "c.c")])[0].rule == "c.c"


@pytest.mark.parametrize(
    ("zone", "wanted", "answer"),
    [
        (Zone.DECK, {Zone.BODY}, True),
        (Zone.BODY, {Zone.DECK}, False),
        (Zone.HEAD, {Zone.ANY}, True),
        (Zone.HEAD, {Zone.HEAD, Zone.TAIL}, True),
        (Zone.TAIL, {Zone.HEAD, Zone.BODY}, False),
        (Zone.HEAD, frozenset[Zone](), False),
    ],
)
def test_a_zone_lies_in_those_that_a_rule_wants(zone: Zone, wanted: set[Zone], answer: bool) -> None:
    assert zone.is_in(wanted) is answer


def test_only_what_is_known_counts_as_known() -> None:
    assert DocumentInfo().known == {}
    assert DocumentInfo(title="A", url="https://a.example", site="B").known == {"title": "A", "site": "B"}
