"""Edits that take lines out: one a rule and run of lines, whatever passes they come from."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleaner.engine.removal import name_by_line, remove_lines, removed_lines
from cleaner.model import Edit
from cleaner.text.edits import apply, check, compose
from cleaner.text.lines import TextView

_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def removed(text: str, rules: dict[int, str]) -> list[tuple[str, str]]:
    """The text and the rule of each edit."""
    return [(text[edit.start : edit.end], edit.rule) for edit in remove_lines(TextView(text), rules)]


@pytest.mark.parametrize(
    ("text", "rules", "want"),
    [
        ("a\nb\nc\n", {}, []),
        ("a\nb\nc\n", {1: "x"}, [("b\n", "x")]),
        ("a\n\nb\n\nc\n", {2: "x"}, [("b\n\n", "x")]),  # one blank line stays
        ("a\n\nb\n", {2: "x"}, [("\nb\n", "x")]),  # none is left at the end
        ("a\n\nb\n", {0: "x"}, [("a\n\n", "x")]),  # nor at the start
        ("a\n\nb\nc\n\nd\n", {2: "x", 3: "x"}, [("b\nc\n\n", "x")]),
        ("a\n\nb\n\nc\n\nd\n", {2: "x", 4: "y"}, [("b\n\n", "x"), ("c\n\n", "y")]),
        ("a\n\nb\n\nc\n", {2: "x", 4: "y"}, [("\nb\n\n", "x"), ("c\n", "y")]),
        ("a\nb\n\nc\n", {1: "x", 3: "y"}, [("b\n\n", "x"), ("c\n", "y")]),
        ("a\nb\n\nc\nd\n", {1: "x", 3: "y"}, [("b\n", "x"), ("c\n", "y")]),
        ("a\n\nb", {2: "x"}, [("\nb", "x")]),
    ],
)
def test_blank_lines_go_with_the_line_above(text: str, rules: dict[int, str], want: list[tuple[str, str]]) -> None:
    assert removed(text, rules) == want


def named(text: str, *edits: Edit) -> list[tuple[str, str]]:
    return [(text[edit.start : edit.end], edit.rule) for edit in name_by_line(TextView(text), edits)]


def test_each_line_is_named_by_the_rule_that_took_its_newline() -> None:
    text = "a\n\n(VOA)\n\n0\n"
    cut = (Edit(2, 3, "", "counter"), Edit(3, 10, "", "agency"), Edit(10, 12, "", "counter"))
    assert named(text, *cut) == [("\n(VOA)\n\n", "agency"), ("0\n", "counter")]


def test_a_word_that_went_before_its_line_is_no_edit_of_its_own() -> None:
    assert named("Newford (VOA) news\n", Edit(0, 8, "", "line"), Edit(8, 14, "", "word"), Edit(14, 19, "", "line")) == [
        ("Newford (VOA) news\n", "line")
    ]


def test_a_word_that_went_from_a_line_that_stays_keeps_its_edit() -> None:
    assert named("a\n(VOA) b\nc\n", Edit(0, 2, "", "line"), Edit(2, 8, "", "word")) == [
        ("a\n", "line"),
        ("(VOA) ", "word"),
    ]


def test_equal_rules_that_touch_are_one_edit() -> None:
    assert named("a\nb\nc\n", Edit(0, 2, "", "x"), Edit(2, 4, "", "x")) == [("a\nb\n", "x")]


def test_replacements_are_left_alone() -> None:
    edits = (Edit(0, 1, "x", "a.a"), Edit(1, 2, " ", "b.b"), Edit(2, 4, "", "c.c"))
    assert name_by_line(TextView("a\nb\nc\n"), edits) == edits


_LINES = st.lists(st.sampled_from(["", "a", "b c"]), min_size=1, max_size=9)


@_ANY_MACHINE
@given(_LINES, st.data())
def test_what_several_passes_remove_is_the_same_text_with_one_edit_a_rule_and_run(
    lines: list[str], data: st.DataObject
) -> None:
    text = "\n".join(lines) + "\n"
    view = TextView(text)
    edits: tuple[Edit, ...] = ()
    current = text
    for number in range(3):
        now = TextView(current)
        indices = data.draw(st.sets(st.integers(0, len(now.lines) - 1), max_size=3))
        step = remove_lines(now, {i: f"pass{number}.x{i % 2}" for i in indices})
        edits, current = compose(edits, step, current), apply(current, step)
    found = name_by_line(view, edits)
    check(found, len(text))
    assert apply(text, found) == current
    for above, below in pairwise(found):
        assert above.end < below.start or above.rule != below.rule
    for edit in found:
        assert edit.start in view.starts
        assert edit.end in view.starts
    assert name_by_line(view, found) == found


@_ANY_MACHINE
@given(_LINES, st.data())
def test_the_edits_of_one_pass_are_named_already(lines: list[str], data: st.DataObject) -> None:
    view = TextView("\n".join(lines) + "\n")
    indices = data.draw(st.sets(st.integers(0, len(view.lines) - 1)))
    edits = remove_lines(view, {i: f"own.x{i % 3}" for i in indices})
    assert name_by_line(view, edits) == edits


def test_lines_inside_a_removal_are_counted_and_pieces_are_not() -> None:
    view = TextView("a\nb c\nd\n")
    assert list(removed_lines(view, [Edit(0, 2, "", "x"), Edit(3, 8, "", "y")])) == [0, 2]
    assert list(removed_lines(view, [Edit(0, 2, "z", "x")])) == []
