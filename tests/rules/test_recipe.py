"""The recipe of a rule set names built-in rules, and gives the same set back."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest

from cleaner import RuleError, RuleSet, builtin_rules, load_rules
from cleaner.rules import recipe
from cleaner.rules.recipe import RuleRecipe
from tests.places import ROOT

BUILTIN = builtin_rules()
OWN = load_rules(ROOT / "examples" / "rules")
SETS = {
    "none": RuleSet(),
    "built-in": BUILTIN,
    "chosen": BUILTIN.select("strict", drop=["byline"]),
    "a-language": BUILTIN.select("default", languages=["de"]),
    "own": OWN,
    "alone": RuleSet(OWN.rules),
    "both": BUILTIN | OWN,
    "reversed": BUILTIN.with_rules(reversed(BUILTIN.rules)),
    "on-sites": BUILTIN.ignoring_on_sites({"example.org": ["byline"]}),
    "terms": BUILTIN | RuleSet(terms={"paper": "Hill News"}),
    "matchers": BUILTIN.with_matchers({"own": replace}),
}


@pytest.mark.parametrize("name", SETS)
def test_the_set_comes_back(name: str) -> None:
    rules = SETS[name]
    found = pickle.loads(pickle.dumps(RuleRecipe.of(rules))).rule_set()
    assert found == rules
    assert found.chosen == rules.chosen
    assert found.classes == rules.classes
    assert found.digest == rules.digest


@pytest.mark.parametrize("name", SETS)
def test_a_recipe_is_small(name: str) -> None:
    assert len(pickle.dumps(RuleRecipe.of(SETS[name]))) < 12_000


def test_regexes_that_were_compiled_are_used_again() -> None:
    assert RuleRecipe.of(SETS["both"]).rule_set().known is BUILTIN.known


def test_other_built_in_rules_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    made = RuleRecipe.of(SETS["chosen"])
    monkeypatch.setattr(recipe, "_builtin_digest", lambda: "another version")
    with pytest.raises(RuleError, match=r"made with other built-in rules .* install the same version of cleaner"):
        made.rule_set()
    alone = RuleSet(OWN.rules)
    assert RuleRecipe.of(alone).rule_set() == alone  # names none of them
