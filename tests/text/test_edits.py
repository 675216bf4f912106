"""Edits: apply, invert, compose."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.model import Edit
from cleaner.text.edits import apply, check, compose, invert, trace_back

_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def edited(draw: st.DrawFn, text: str | None = None, rule: str = "t.e") -> tuple[str, tuple[Edit, ...]]:
    """A text with valid edits; two never touch where both are empty."""
    source = draw(st.text("abcdef \n", max_size=25)) if text is None else text
    cuts = sorted(draw(st.sets(st.integers(0, len(source)), max_size=8)))
    pairs = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)]
    replacements = st.just("") | st.text("XYZ", max_size=3)
    edits = [Edit(a, b, draw(replacements), f"{rule}{i}") for i, (a, b) in enumerate(pairs)]
    return source, tuple(edits)


@_ANY_MACHINE
@given(st.data())
def test_compose_does_what_both_do(data: st.DataObject) -> None:
    text, first = data.draw(edited())
    middle = apply(text, first)
    _, second = data.draw(edited(middle))
    composed = compose(first, second, middle)
    check(composed, len(text))
    assert apply(text, composed) == apply(middle, second)
    assert apply(apply(text, composed), invert(text, composed)) == text


@_ANY_MACHINE
@given(st.data())
def test_compose_keeps_every_earlier_removal_where_all_is_removed(data: st.DataObject) -> None:
    text, edits = data.draw(edited(rule="early.e"))
    first = tuple(edit for edit in edits if not edit.replacement)
    middle = apply(text, first)
    whole = [Edit(0, len(middle), "", "late.all")] if middle else []
    composed = compose(first, whole, middle)
    check(composed, len(text))
    assert set(first) <= set(composed)
    assert {edit.rule for edit in composed} - {edit.rule for edit in first} <= {"late.all"}


@_ANY_MACHINE
@given(edited())
def test_invert_leads_back(pair: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = pair
    assert apply(apply(text, edits), invert(text, edits)) == text


def test_compose_with_nothing_is_the_other_list() -> None:
    edit = (Edit(0, 1, "", "a.b"),)
    assert compose(edit, (), "") == edit
    assert compose((), edit, "x") == edit


def test_a_removal_around_an_earlier_one_leaves_it_its_rule() -> None:
    text = "prose\n\n(VOA)\n\n0\n"
    first = (Edit(7, 14, "", "agency.name"),)
    middle = apply(text, first)
    assert middle == "prose\n\n0\n"
    composed = compose(first, (Edit(6, 9, "", "counter.number"),), middle)
    assert composed == (
        Edit(6, 7, "", "counter.number"),
        Edit(7, 14, "", "agency.name"),
        Edit(14, 16, "", "counter.number"),
    )


def test_a_removal_of_what_was_replaced_names_the_later_rule() -> None:
    text = "one\ntwo\nthree\n"
    first = (Edit(3, 4, " ", "layout.hard-wrap"),)
    composed = compose(first, (Edit(0, 8, "", "b.line"),), apply(text, first))
    assert composed == (Edit(0, 8, "", "b.line"),)


def test_a_replacement_over_an_earlier_removal_is_one_edit() -> None:
    composed = compose((Edit(1, 2, "", "a.a"),), (Edit(0, 2, "X", "b.b"),), "acd")
    assert composed == (Edit(0, 3, "X", "b.b"),)


def test_what_is_changed_in_two_places_names_the_last_rule() -> None:
    later = (Edit(0, 1, "", "b.b"), Edit(2, 3, "", "c.c"))
    assert compose((Edit(0, 1, "XYZ", "a.a"),), later, "XYZ end") == (Edit(0, 1, "Y", "c.c"),)


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit(0, 9, "", "a.b")], "outside the text of 3"),
        ([Edit(2, 1, "", "a.b")], "outside the text of 3"),
        ([Edit(-1, 1, "", "a.b")], "overlaps the one before it, which ends at 0"),
        ([Edit(0, 2, "", "a.b"), Edit(1, 3, "", "c.d")], "overlaps"),
    ],
)
def test_check_refuses_invalid_edits(edits: list[Edit], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check(edits, 3)


@pytest.mark.parametrize(
    ("edits", "before"),
    [
        ([Edit(0, 2, "", "a.a")], (7, 10)),
        ([Edit(0, 2, "", "a.a"), Edit(3, 3, "xy", "b.b")], (5, 8)),
        ([Edit(0, 2, "xyz", "a.a"), Edit(20, 30, "", "b.b")], (4, 7)),
        ([Edit(5, 9, "", "a.a"), Edit(11, 13, "", "b.b")], (9, 14)),
        ([], (5, 8)),
    ],
)
def test_a_piece_is_traced_back_past_edits_before_it_and_inside_it(edits: list[Edit], before: tuple[int, int]) -> None:
    assert list(trace_back([(5, 8)], edits)) == [before]


@given(st.data())
def test_spans_of_lines_that_stay_are_traced_back_to_the_same_lines(data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.text("ab", min_size=1, max_size=4), min_size=1, max_size=8))
    kept = data.draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    text = "".join(f"{line}\n" for line in lines)
    starts = [len("".join(f"{line}\n" for line in lines[:i])) for i in range(len(lines))]
    pieces = zip(starts, lines, kept, strict=True)
    edits = [Edit(start, start + len(line) + 1, "", "a.a") for start, line, stays in pieces if not stays]
    after = apply(text, edits)
    spans: list[tuple[int, int]] = []
    for line in after.split("\n")[:-1]:
        start = spans[-1][1] + 1 if spans else 0
        spans.append((start, start + len(line)))
    found = list(trace_back(spans, edits))
    assert [start for start, _ in found] == [start for start, stays in zip(starts, kept, strict=True) if stays]
    assert [text[start:end] for start, end in found] == [after[start:end] for start, end in spans]
