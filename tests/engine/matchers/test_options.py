"""Options of matchers: what is declared, read and refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cleaner.engine.matchers.options import (
    describe_options,
    listed,
    option_problems,
    read_options,
    whole_number,
    word_lists,
    words,
)

TERMS = {"open": "a|the|{more}", "more": "of|to", "round": "{round}", "shape": r"\d+"}


@dataclass(frozen=True)
class Options:
    classes: tuple[str, ...] = listed("classes")
    open_ends: frozenset[str] = words("open ends")
    pairs: tuple[frozenset[str], ...] = word_lists("pairs", 2)
    limit: int = whole_number("limit", 6)


def test_values_are_read_as_the_class_declares_them() -> None:
    values = {"classes": "share-bar", "open-ends": ("{open}", "in"), "pairs": ("{more}", "x"), "limit": 3}
    assert option_problems(Options, values, TERMS) == []
    options = read_options(Options, values, TERMS)
    assert options == Options(("share-bar",), frozenset({"a", "the", "of", "to", "in"}), ({"of", "to"}, {"x"}), 3)  # type: ignore[arg-type]


def test_what_has_a_default_may_be_left_out() -> None:
    values = {"classes": ("a", "b"), "open-ends": "in", "pairs": ("x", "y")}
    assert option_problems(Options, values, TERMS) == []
    assert read_options(Options, values, TERMS).limit == 6


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("limit", "six"),
        ("limit", 0),
        ("limit", True),
        ("limit", 2.5),
        ("classes", 1),
        ("classes", ()),
        ("classes", ("a", "")),
        ("open-ends", "{missing}"),
        ("open-ends", "{round}"),
        ("open-ends", "{shape}"),
        ("open-ends", "(?:a)"),
        ("pairs", ("x",)),
        ("pairs", ("x", 1)),
    ],
)
def test_a_wrong_value_is_a_problem_of_its_key(key: str, value: object) -> None:
    good = {"classes": "a", "open-ends": "in", "pairs": ("x", "y"), "limit": 3}
    (problem,) = option_problems(Options, {**good, key: value}, TERMS)
    assert problem.key == key
    assert problem.message.startswith(f"the option '{key}' cannot be ")
    assert problem.hint.startswith("give ")


def test_the_documentation_has_every_option() -> None:
    assert [(doc.key, doc.default) for doc in describe_options(Options)] == [
        ("classes", ""),
        ("open-ends", ""),
        ("pairs", ""),
        ("limit", "6"),
    ]
