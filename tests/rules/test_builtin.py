"""The built-in rules: no rule touches the bodies of the golden cases, and each says what its reader needs.

That every example holds is tested by the pytest plugin, which collects rules/ and golden/ (pyproject.toml).
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleaner.authoring.golden import GoldenCase, builtin_golden_dir, golden_cases
from cleaner.engine.compiler import CompiledRules
from cleaner.patterns.shape import shape
from cleaner.rules import Rule, RuleSet
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.loader import load_rules
from cleaner.rules.model import Unit

RULES = load_rules(builtin_rules_dir())  # compiles and checks every pattern
_IDS = {"ids": lambda rule: rule.id}


def test_there_are_rules() -> None:
    assert len(RULES) > 15


@pytest.mark.parametrize("rule", RULES, **_IDS)  # type: ignore[arg-type]
def test_a_rule_says_where_it_stands(rule: Rule) -> None:
    assert rule.scrap_class in RULES.classes, "its file needs a [class]"
    assert rule.since
    assert rule.description[0].isupper() or not rule.description[0].isalpha()
    assert not rule.description.endswith(".")


@pytest.mark.parametrize("case", golden_cases(builtin_golden_dir()), ids=lambda case: case.name)
def test_what_a_golden_case_keeps_is_left_alone(case: GoldenCase, cleaner_of_profile: dict[str, CompiledRules]) -> None:
    """The expected body of a case is clean: cleaning it again changes nothing."""
    from cleaner.engine.loop import run

    expected = case.expected
    assert run(expected, cleaner_of_profile[case.profile], case.document).text == expected


@pytest.fixture(scope="session")
def cleaner_of_profile() -> dict[str, CompiledRules]:
    return {profile: CompiledRules(RULES.select(profile)) for profile in ("default", "facts", "strict")}


def test_few_patterns_run_on_every_line() -> None:
    """A pattern that can begin and end in anything and requires nothing runs on every line; only a few may."""
    without = [
        rule.id
        for rule in RULES
        for texts in rule.patterns.values()
        for pattern in texts
        if not any(shape(RULES.expand(pattern))[2 if rule.unit is Unit.SPAN else 0 : 3]) and not rule.keywords
    ]
    assert len(without) <= 5, without


@pytest.mark.slow
def test_the_fast_matcher_finds_what_the_plain_one_finds() -> None:
    """Example lines of all rules, as they are and in capitals, through the prefilter and without it."""
    examples = {
        line
        for rule in RULES
        for table in (rule.examples.removes, rule.examples.keeps)
        for texts in table.values()
        for text in texts
        for line in text.split("\n")
    }
    lines = sorted(examples)[::8]
    lines += [line.upper() for line in lines[::2]]
    lines += [line.replace(" ", "\N{NO-BREAK SPACE}") for line in lines[::4]]
    fast = CompiledRules(RULES).fits(lines)
    plain = CompiledRules(RuleSet(RULES.rules, terms=RULES.terms), prefilter=False).fits(lines)
    assert fast.lines == plain.lines
    assert {line: len(found) for line, found in fast.spans.items()} == {
        line: len(found) for line, found in plain.spans.items()
    }


@pytest.mark.slow
def test_the_fast_matcher_finds_what_the_plain_one_finds_in_articles(shared: Path) -> None:
    """Lines of real pages in all the languages of the corpus."""
    lines: dict[str, None] = {}
    for name in ("aeb", "fundus"):
        with gzip.open(shared / "corpus" / f"{name}.resiliparse.jsonl.gz", "rt", encoding="utf-8") as rows:
            for number, row in enumerate(rows):
                if number % 6 == 0:
                    lines |= dict.fromkeys(json.loads(row)["text"].split("\n"))
    fast = CompiledRules(RULES).fits(lines)
    plain = CompiledRules(RULES, prefilter=False).fits(lines)
    assert fast.lines == plain.lines
    assert {line: len(found) for line, found in fast.spans.items()} == {
        line: len(found) for line, found in plain.spans.items()
    }
    assert len(plain.lines) > 200
