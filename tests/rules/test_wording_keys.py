"""Wordings with one key fit the same lines."""

from __future__ import annotations

import pytest

from cleaner.authoring.fitting import fitting_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.rules.model import Rule
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.wording_keys import line_key, prefix_key


@pytest.mark.parametrize(("one", "other"), [("Follow us:", "FOLLOW US"), ("“Share”", "• Share"), ("Teilen!", "teilen")])
def test_marks_and_case_make_no_difference_to_lines(one: str, other: str) -> None:
    assert line_key(one) == line_key(other)


@pytest.mark.parametrize(
    ("wording", "mark"),
    [("Source:", ":"), ("来源：", ":"), ("Why? ", "?"), ("Now！", "！"), ("Sent from", ""), ("", "")],
)
def test_a_prefix_keeps_the_mark_it_ends_in(wording: str, mark: str) -> None:
    assert prefix_key(wording).mark == mark


@pytest.mark.parametrize(("prefix", "fits"), [("Source:", False), ("Source", True)])
def test_the_engine_looks_prefixes_up_by_their_key(prefix: str, fits: bool) -> None:
    rules = CompiledRules(RuleSet([Rule(id="own.a", description="A", prefixes={"en": (prefix,)})]))
    assert bool(fitting_rules(rules, ["Source code of the mill"])) is fits
    assert fitting_rules(rules, ["Source: the mill"])
