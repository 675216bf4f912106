"""Gaps: where rules removed lines."""

from __future__ import annotations

from cleaner.model import Edit
from cleaner.scoring.gaps import GAPS, Gaps, gap_evidence, gaps_of
from cleaner.text.lines import TextView
from tests.scoring.making import ARTICLE, evidence_of, named


def test_gaps_are_found_where_lines_went() -> None:
    repaired = "Share\n\nThe council met.\n\nMenu\nHome\n\nThe end.\nTags\n"
    edits = [Edit(0, 7, "", "a.a"), Edit(24, 35, "", "b.b"), Edit(44, 49, "", "c.c")]
    cleaned = TextView("The council met.\n\nThe end.\n")
    assert gaps_of(repaired, edits, cleaned) == Gaps({0: 1, 2: 2}, 1)


def test_pieces_of_lines_leave_no_gap() -> None:
    assert gaps_of("NEWFORD (AP) - A\n", [Edit(8, 13, "", "a.a")], TextView("NEWFORD - A\n")) == Gaps({}, 0)


def test_a_text_of_which_nothing_went_has_no_gaps() -> None:
    assert gap_evidence([0, 0]) == [[0, 0, 30, 30, 0.0]] * 2
    assert gap_evidence([]) == []


def test_the_evidence_says_how_far_the_gaps_are() -> None:
    found = [dict(zip((name for name, _ in GAPS), line, strict=True)) for line in gap_evidence([0, 0, 3, 0, 0], 1)]
    assert [line["gone-above"] for line in found] == [0, 0, 3, 0, 0]
    assert [line["gone-below"] for line in found] == [0, 3, 0, 0, 1]
    assert [line["since-gone"] for line in found] == [30, 30, 0, 1, 2]
    assert [line["until-gone"] for line in found] == [1, 0, 2, 1, 0]
    assert {line["gone-all"] for line in found} == {0.444}


def test_the_same_evidence_is_asked_with_and_without_gaps() -> None:
    plain, gone = evidence_of(ARTICLE), evidence_of(ARTICLE, gaps=Gaps({8: 2}, 0, {8: 2}))
    changed = {name for a, b in zip(plain, gone, strict=True) for name, value in named(a.values).items()
               if named(b.values)[name] != value}  # fmt: skip
    assert changed == {"gone-above", "gone-below", "since-gone", "until-gone", "gone-all", "since-related"}
