"""What lines have in common though they differ."""

from __future__ import annotations

import pytest

from cleaner.authoring.learning.templates import DATE, KINDS, LINK, NAME, exact_key, pattern_of, without_slots
from tests.authoring.learning.corpora import TEMPLATES


def test_keys_fold_what_makes_no_difference() -> None:
    assert exact_key("• 1,234 Comments!") == exact_key("7 COMMENTS")
    assert exact_key("Comments") != exact_key("7 Comments")
    assert pattern_of("suffix", "of the river post", 30) == ".{1,30} of the river post"


@pytest.mark.parametrize("line", ["", "* * *", "2016", "12:30"])
def test_a_line_without_letters_has_no_anchor(line: str) -> None:
    assert list(TEMPLATES.anchors(line)) == []


@pytest.mark.parametrize(
    ("line", "key", "filling"),
    [
        ("Photo: Ann Low and Jane Doe / River Post", f"photo: {NAME} / {NAME}", "Ann Low|Jane Doe|River Post"),
        ("Foto: Ann Low und Jane Doe", f"foto: {NAME}", "Ann Low|Jane Doe"),
        ("published on May 3, 2017", f"published on {DATE}", "May 3, 2017"),
        ("write to desk@post.example", f"write to {LINK}", "desk@post.example"),
    ],
)
def test_what_is_of_a_known_type_becomes_a_slot(line: str, key: str, filling: str) -> None:
    typed = [(anchor.key, anchor.filling) for anchor in TEMPLATES.anchors(line) if anchor.kind == "typed"]
    assert (key, filling) in typed


def test_a_name_alone_is_no_typed_line() -> None:
    assert [anchor.kind for anchor in TEMPLATES.anchors("Jane Doe")] == ["exact"]


def test_only_the_kinds_that_are_wanted_are_looked_for() -> None:
    line = "Read more: Jane Doe of the mill on May 3, 2017"
    every = list(TEMPLATES.anchors(line))
    assert {anchor.kind for anchor in every} == set(KINDS)
    for kind in KINDS:
        wanted = [anchor for anchor in every if anchor.kind in ("exact", kind)]
        assert list(TEMPLATES.anchors(line, (kind,))) == wanted


def test_a_saying_with_its_author_has_no_label() -> None:
    assert {anchor.kind for anchor in TEMPLATES.anchors("“A sentence: it is wise and old.” – Mark Twain")} <= {
        "exact",
        "typed",
    }


def test_slots_are_no_text() -> None:
    assert without_slots(f"by {NAME} on {DATE}").split() == ["by", "on"]
