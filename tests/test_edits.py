"""Edits: apply, invert, compose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.edits import apply, check, compose, invert
from cleaner.model import Edit


@st.composite
def edited(draw: st.DrawFn, text: str | None = None) -> tuple[str, tuple[Edit, ...]]:
    """A text with valid edits; two never touch where both are empty."""
    source = draw(st.text("abcdef \n", max_size=25)) if text is None else text
    cuts = sorted(draw(st.sets(st.integers(0, len(source)), max_size=8)))
    pairs = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)]
    edits = [Edit(a, b, draw(st.text("XYZ", max_size=3)), f"t.e{i}") for i, (a, b) in enumerate(pairs)]
    return source, tuple(edits)


@given(st.data())
def test_compose_does_what_both_do(data: st.DataObject) -> None:
    text, first = data.draw(edited())
    middle = apply(text, first)
    _, second = data.draw(edited(middle))
    composed = compose(first, second, middle)
    check(composed, len(text))
    assert apply(text, composed) == apply(middle, second)


@given(edited())
def test_invert_leads_back(pair: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = pair
    assert apply(apply(text, edits), invert(text, edits)) == text


def test_compose_with_nothing() -> None:
    edit = (Edit(0, 1, "", "a.b"),)
    assert compose(edit, (), "") == edit
    assert compose((), edit, "x") == edit


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([Edit(0, 9, "", "a.b")], "outside the text of 3"),
        ([Edit(2, 1, "", "a.b")], "outside the text of 3"),
        ([Edit(0, 2, "", "a.b"), Edit(1, 3, "", "c.d")], "overlaps"),
    ],
)
def test_check_refuses_invalid_edits(edits: list[Edit], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        check(edits, 3)
