"""Sets of rules: what they hold, how they are joined, and which rules they give for a selection."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.errors import RuleError
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.loader import load_rules, parse_rules
from cleaner.rules.model import Confidence, Rule, ScrapClass, Status
from cleaner.rules.ruleset import RuleSet

TEXT = """
[terms]
paper = ["River Post", "Hill News"]
[[rule]]
id = "own.paper"
description = "Name of the paper"
pattern = '(?P<site>{paper})'
[rule.examples]
removes = ["River Post"]
keeps = ["River Post readers wrote in."]
"""


def rule(rule_id: str, **fields: Any) -> Rule:
    return Rule(id=rule_id, description="A", **{"lines": {"en": (rule_id,)}, **fields})


RULES = RuleSet(
    [
        rule("own.paper", confidence=Confidence.HIGH),
        rule("own.low", confidence=Confidence.LOW),
        rule("other.new", status=Status.PREVIEW),
    ],
    [ScrapClass("own")],
    {"name": "[A-Z]+"},
)


def ids(rules: RuleSet) -> list[str]:
    return [one.id for one in rules]


def matcher() -> None:
    """Stands for the matcher of a plugin."""


def test_a_set_is_a_collection_in_order() -> None:
    assert len(RULES) == 3
    assert ids(RULES) == ["own.paper", "own.low", "other.new"]
    assert "own.low" in RULES
    assert "own.lo" not in RULES
    assert RULES["own.low"].confidence is Confidence.LOW
    assert repr(RULES) == "RuleSet(3 rules in 2 classes)"


def test_an_unknown_id_is_an_error_with_a_hint() -> None:
    with pytest.raises(RuleError, match=r"no rule 'own\.papr'; did you mean 'own\.paper'"):
        RULES["own.papr"]


def test_an_id_stands_once() -> None:
    with pytest.raises(RuleError, match=r"own\.toml:7:1: rule own\.paper: the id is taken by the rule at \(code\)"):
        RULES | RuleSet([rule("own.paper", path="own.toml", at_line=7)])


def test_joined_sets_have_the_rules_terms_and_classes_of_both() -> None:
    other = RuleSet([rule("more.a")], [ScrapClass("more")], {"word": r"\w+", "name": "[A-Z]+"})
    joined = RULES.with_matchers({"m": matcher}) | other
    assert ids(joined) == [*ids(RULES), "more.a"]
    assert set(joined.terms) == {"name", "word"}
    assert set(joined.classes) == {"own", "more"}
    assert joined.matchers == {"m": matcher}


def test_a_term_with_two_meanings_is_an_error() -> None:
    with pytest.raises(RuleError, match="two meanings"):
        _ = RULES | RuleSet(terms={"name": "x"})


def test_a_set_travels_to_other_processes() -> None:
    rules = RULES.with_matchers({"m": matcher})
    again = pickle.loads(pickle.dumps(rules))
    assert again == rules
    assert hash(again) == hash(rules)
    assert again.classes == rules.classes
    assert rules != RULES
    assert rules != "rules"


def test_the_digest_depends_on_what_rules_do_and_not_on_where_they_are(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(TEXT)
    assert load_rules(tmp_path).rules[0].path != ""
    assert parse_rules(TEXT, terms={}).digest != parse_rules(TEXT.replace("Hill", "Lake"), terms={}).digest
    assert parse_rules(TEXT).digest == load_rules(tmp_path).digest
    assert RULES.with_matchers({"m": matcher}).digest != RULES.digest


def test_profiles_choose_by_confidence_and_status() -> None:
    assert ids(RULES.select()) == ["own.paper"]
    assert ids(RULES.select("strict")) == ["own.paper", "own.low"]
    assert ids(RULES.select(preview=True)) == ["own.paper", "other.new"]
    assert len(RULES.select("all")) == 3


def test_keep_and_drop_by_class_id_and_glob() -> None:
    assert ids(RULES.select(keep=["own"])) == []
    assert ids(RULES.select(drop=["own.low"])) == ["own.paper", "own.low"]
    assert ids(RULES.select("all", keep=["own.*"])) == ["other.new"]


@pytest.mark.parametrize("option", ["keep", "drop", "select", "ignore"])
def test_a_name_that_no_rule_has_is_an_error(option: str) -> None:
    names: dict[str, Any] = {option: ["own.papr"]}
    with pytest.raises(RuleError, match=r"no class and no rule is named 'own\.papr'; did you mean 'own\.paper'"):
        RULES.select(**names)


def test_an_unknown_profile_or_language_is_an_error() -> None:
    with pytest.raises(RuleError, match="no profile 'gentle'; there are default, facts, strict, thorough and all"):
        RULES.select("gentle")  # type: ignore[arg-type]
    for names in ({"select": ["lang:xx"]}, {"ignore": ["lang:xx"]}, {"languages": ["xx"]}):
        options: dict[str, Any] = names
        with pytest.raises(RuleError, match="no rule has words of the language 'xx'; there are en"):
            RULES.select(**options)


def test_rules_are_left_out_on_single_sites() -> None:
    rules = RULES.ignoring_on_sites({"a.example": ["own.*"], "b.example": ["own.low"]})
    assert [one.except_sites for one in rules] == [("a.example",), ("a.example", "b.example"), ()]
    with pytest.raises(RuleError, match="no class and no rule is named 'bylin'"):
        RULES.ignoring_on_sites({"a.example": ["bylin"]})


def test_terms_are_filled_in() -> None:
    assert RULES.expand("by {name}") == "by (?:[A-Z]+)"
    with pytest.raises(KeyError, match="nam"):
        RULES.expand("by {nam}")


def test_chosen_rules_run_as_they_were_chosen() -> None:
    """The profile of a cleaner does not silently undo what somebody chose before."""
    builtin = builtin_rules()
    asked = builtin.select("facts", drop=["byline"])
    assert "byline" in {rule.scrap_class for rule in asked}
    assert Cleaner(asked).rules == asked
    assert asked.select() == asked
    strict = builtin.select("strict")
    assert Cleaner(strict).rules == strict
    assert Cleaner(builtin.select("all")).rules == builtin


def test_two_profiles_that_disagree_are_an_error() -> None:
    facts = builtin_rules().select("facts")
    with pytest.raises(RuleError, match=r"chosen already, with the profile 'facts', and not with 'strict'; leave out"):
        Cleaner(facts, profile="strict")
    assert Cleaner(facts, profile="facts").rules == facts
    assert Cleaner(facts, profile="all").rules == facts


def test_rules_that_nobody_chose_are_chosen_with_the_profile_of_the_others() -> None:
    builtin = builtin_rules()
    own = RuleSet([replace(builtin["follow-us.networks"], id="own.by", profiles=("default",))])
    assert "own.by" not in Cleaner(builtin.select("facts") | own).rules
    assert "own.by" in Cleaner(builtin.select("default") | own).rules


def test_the_rules_of_thorough_are_those_of_default() -> None:
    builtin = builtin_rules()
    assert Cleaner(builtin.select("thorough")).scorer is not None
    assert builtin.select("default").select("thorough") == builtin.select("default")


@pytest.mark.parametrize("option", ["keep", "drop", "select", "ignore"])
def test_one_name_may_be_given_as_it_is(option: str) -> None:
    one: dict[str, Any] = {option: "byline"}
    listed: dict[str, Any] = {option: ["byline"]}
    assert builtin_rules().select(**one) == builtin_rules().select(**listed)


def test_one_language_may_be_given_as_it_is() -> None:
    assert builtin_rules().select(languages="de") == builtin_rules().select(languages=["de"])
