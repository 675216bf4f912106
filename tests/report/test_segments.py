"""Texts cut at the ends of edits."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from cleaner.model import Edit
from cleaner.report.segments import segments, segments_without_text


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[list[Edit]]]:
    """A text, and three layers of sorted, disjoint edits; some of them insert."""
    text = draw(st.text("ab \n", max_size=20))
    layers = []
    for name in ("new.rule", "old.rule", ""):
        ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        edits = [
            Edit(a, b, draw(st.sampled_from(["", "x"])), name) for a, b in zip(ends[::2], ends[1::2], strict=False)
        ]
        if not edits and ends:
            edits = [Edit(ends[0], ends[0], "x", name)]
        layers.append(edits)
    return text, layers


def texts_by_rule(text: str, edits: Sequence[Edit]) -> str:
    return "".join(text[edit.start : edit.end] for edit in edits)


@given(texts_with_edits())
def test_no_text_is_lost_and_each_edit_is_told(found: tuple[str, list[list[Edit]]]) -> None:
    text, (new, old, repairs) = found
    pieces = list(segments(text, new, old, repairs))
    assert "".join(piece.text for piece in pieces) == text
    assert "".join(piece.text for piece in pieces if piece.rule) == texts_by_rule(text, new)
    assert "".join(piece.text for piece in pieces if piece.before) == texts_by_rule(text, old)
    assert "".join(piece.replacement for piece in pieces) == "".join(edit.replacement for edit in new)
    assert sorted({piece.edit for piece in pieces if piece.rule}) == list(range(len(new)))


def test_a_repair_is_told_once_with_what_was_there() -> None:
    pieces = list(segments("It couldn’t", [Edit(3, 9, "", "a.b")], (), [Edit(8, 10, "nâ€™", "")]))
    assert [(piece.text, piece.rule, piece.original) for piece in pieces] == [
        ("It ", "", None),
        ("could", "a.b", None),
        ("n", "a.b", "nâ€™"),
        ("’", "", None),
        ("t", "", None),
    ]


def test_repairs_of_blanks_are_no_news() -> None:
    assert [piece.original for piece in segments("a\nb", [], (), [Edit(1, 2, "\r\n", "")])] == [None]


def test_characters_that_repair_took_out_are_shown_where_they_were() -> None:
    pieces = list(segments("ab", [], (), [Edit(1, 1, "\u0007x", "")]))
    assert [(piece.text, piece.original) for piece in pieces] == [("a", None), ("", "\u0007x"), ("b", None)]


def test_without_the_text_there_are_gaps() -> None:
    edits = [Edit(0, 3, "", "a.b"), Edit(3, 5, "x", "c.d")]
    pieces = list(segments_without_text(edits, ["Ad\n", "no"], 0))
    assert [(piece.text, piece.gap, piece.replacement) for piece in pieces] == [("Ad\n", 0, ""), ("no", 0, "x")]
    assert list(segments_without_text([], [], 0)) == []
    assert [piece.gap for piece in segments_without_text([], [], 12)] == [12]
