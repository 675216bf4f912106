"""The registry of matchers: names, options, errors with a place, and the page that is generated from it."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path

import pytest

from cleaner import Cleaner, Rule, RuleError, RuleSet, builtin_rules, load_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.matchers import Found, MatcherHit
from cleaner.engine.matchers.registry import (
    MATCHERS,
    check_matcher,
    check_options,
    needs_other_rules,
)
from tests.places import ROOT

BAD = sorted((Path(__file__).parent / "bad_rules").glob("*.toml"))


def rule_with(matcher: str, **options: object) -> Rule:
    return Rule(id="own.x", description="X", matcher=matcher, options=options)  # type: ignore[arg-type]


def test_there_are_bad_files() -> None:
    assert len(BAD) >= 12


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_says_what_is_wrong_and_where(path: Path) -> None:
    """The first line of each bad file holds what the message says behind the path of the file."""
    expected = path.read_text("utf-8").split("\n")[0].removeprefix("# error: ")
    with pytest.raises(RuleError) as caught:
        CompiledRules(load_rules(path))
    assert str(caught.value).startswith(f"{path}{expected}")


def test_the_place_of_an_option_in_a_table_of_its_own_is_found(tmp_path: Path) -> None:
    bad = (Path(__file__).parent / "bad_rules" / "unknown-option.toml").read_text("utf-8")
    first = bad.replace("own.x", "own.first").replace("wrods", "words")
    second = bad.replace("options = { wrods = 3 }\n", "") + "[rule.options]\n  wrods = 3\n"
    path = tmp_path / "own.toml"
    path.write_text(f"{first}\n{second}", "utf-8")
    with pytest.raises(RuleError) as caught:
        Cleaner(load_rules(path))
    line = path.read_text("utf-8").split("\n").index("  wrods = 3") + 1
    assert (caught.value.line, caught.value.column) == (line, 3)


def test_all_that_is_wrong_with_the_options_is_found_at_once() -> None:
    found = check_options(rule_with("above-scrap", wrods=3, words="six"), {})
    assert [error.message.partition(": ")[2] for error in found] == [
        "there is no option 'wrods'",
        "the option 'words' cannot be 'six'",
        "the option 'classes' is missing",
    ]


def test_nothing_is_wrong_with_rules_without_a_matcher_and_with_those_of_plugins() -> None:
    assert check_options(Rule(id="own.x", description="X"), {}) == []
    assert check_options(rule_with("acme-shouted-lines", words="many"), {}) == []


def test_nothing_is_wrong_with_the_built_in_rules() -> None:
    rules = builtin_rules()
    assert [error for rule in rules for error in (*check_matcher(rule, rules), *check_options(rule, rules.terms))] == []


def test_an_error_of_a_rule_made_in_code_names_the_rule() -> None:
    with pytest.raises(RuleError) as caught:
        CompiledRules(RuleSet([rule_with("below-title", words=-1)]))
    assert str(caught.value).startswith("rule own.x: matcher 'below-title': the option 'words' cannot be -1")


def test_a_file_that_is_gone_leaves_the_place_of_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text((Path(__file__).parent / "bad_rules" / "unknown-option.toml").read_text("utf-8"), "utf-8")
    rules = load_rules(path)
    path.unlink()
    with pytest.raises(RuleError) as caught:
        CompiledRules(rules)
    assert (caught.value.line, caught.value.column) == (2, 1)


def test_every_matcher_is_either_for_the_text_or_for_its_context() -> None:
    for entry in MATCHERS.values():
        assert (entry.matcher is None) is not (entry.context is None)


def test_every_matcher_is_used_by_a_built_in_rule() -> None:
    assert {rule.matcher for rule in builtin_rules() if rule.matcher} == set(MATCHERS)


def test_a_rule_with_a_context_matcher_needs_other_rules() -> None:
    assert needs_other_rules(rule_with("teasers"))
    assert not needs_other_rules(rule_with("known-title"))
    assert not needs_other_rules(Rule(id="own.x", description="X"))


def test_the_former_name_of_a_hit_still_works() -> None:
    assert Found is MatcherHit


def test_the_page_of_matchers_is_up_to_date() -> None:
    written = (ROOT / "docs" / "matchers.md").read_text("utf-8")
    assert written == run_path(str(ROOT / "docs" / "generate_matchers.py"))["page"]()
