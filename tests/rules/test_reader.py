"""Reading rules one by one: a mistake costs its own rule only, and every mistake is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rules.model import PROFILES
from cleaner.rules.reader import RuleReader
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.toml_source import TomlSource

RULE = """[[rule]]
id = "own.a"
description = "A"
lines = ["Share"]
examples = { removes = ["Share"], keeps = ["Share this, he said."] }
"""


def read(*texts: str, compile_patterns: bool = True) -> tuple[RuleSet, list[RuleError]]:
    """The rules and errors of some texts, each of a file own.toml."""
    reader = RuleReader({"name": "[A-Z]+"}, compile_patterns=compile_patterns)
    rules = reader.gather([TomlSource(text, Path("own.toml")) for text in texts])
    return rules, reader.errors


def messages(*texts: str) -> list[tuple[str, int, str]]:
    """Rule, line and message of each error."""
    return [(error.rule, error.line, error.message) for error in read(*texts)[1]]


def test_a_rule_that_is_wrong_does_not_hinder_the_others() -> None:
    rules, errors = read(RULE + '[[rule]]\nid = "own.b"\nzone = 3\n' + RULE.replace("own.a", "own.c"))
    assert [rule.id for rule in rules] == ["own.a", "own.c"]
    assert [(error.rule, error.line) for error in errors] == [("own.b", 8), ("own.b", 6)]
    assert rules["own.c"].at_line == 9


def test_all_that_is_wrong_with_a_rule_is_an_error() -> None:
    text = RULE.replace('lines = ["Share"]', "pattern = ['(a', '{nam}']").replace('removes = ["Share"], ', "")
    assert messages(text) == [
        ("own.a", 5, "no example of what it removes"),
        ("own.a", 4, "pattern is not a valid regex: missing ) at position 2: (a"),
        ("own.a", 4, "unknown term {nam}"),
    ]


def test_every_part_of_a_file_is_read_on_its_own() -> None:
    assert messages("[class]\nnam = 'own'\n[terms]\na = 3\n" + RULE) == [
        ("", 2, "unknown key 'nam'"),
        ("", 4, "terms.a: expected a string or an array, got an integer"),
    ]


def test_a_rule_without_an_id_goes_by_its_number() -> None:
    assert messages(RULE + "[[rule]]\ndescription = 'B'\n") == [("number 2", 6, "the key 'id' is missing")]


def test_a_file_of_another_version_gives_one_error() -> None:
    assert messages("schema = 2\nzonne = 3\n" + RULE.replace("lines", "linse")) == [("", 1, "schema cannot be 2")]


def test_rules_that_are_not_an_array_give_one_error() -> None:
    assert messages("rule = 3\n") == [("", 1, "rule: expected an array, got an integer")]


def test_of_rules_with_the_same_id_the_first_counts() -> None:
    rules, errors = read(RULE + RULE.replace("Share", "Print"), RULE)
    assert rules["own.a"].lines == {"": ("Share",)}
    assert [str(error) for error in errors] == [
        "own.toml:7:1: rule own.a: the id is taken by a rule above; it stands at line 1: choose another id",
        "own.toml:2:1: rule own.a: the id is taken by the rule at own.toml:1; "
        "ids are unique over all rule files: choose another id",
    ]


def test_the_first_counts_even_if_it_is_wrong() -> None:
    rules, errors = read(RULE.replace('["Share"]\n', '["..."]\n') + RULE)
    assert len(rules) == 0
    assert [error.line for error in errors] == [4, 7]


@pytest.mark.parametrize(
    ("profiles", "expected"),
    [("", PROFILES), ('profiles = ["facts"]\n', ("facts",)), ("profiles = []\n", ())],
)
def test_a_rule_has_the_profiles_of_its_class(profiles: str, expected: tuple[str, ...]) -> None:
    head = f'[class]\nname = "own"\n{profiles}'
    rules, _ = read(head + RULE)
    assert rules["own.a"].profiles == expected
    rules, _ = read(head + RULE.replace("lines", 'profiles = ["strict"]\nlines'))
    assert rules["own.a"].profiles == ("strict",)


def test_files_use_each_others_terms() -> None:
    rules, errors = read(
        RULE.replace("lines", "pattern").replace('["Share"]\n', '["{paper} {name}"]\n'), "[terms]\npaper = 'x'\n"
    )
    assert errors == []
    assert rules.expand("{paper}") == "(?:x)"


def test_without_compiling_neither_regexes_nor_lines_are_looked_at() -> None:
    text = RULE.replace("lines", "pattern").replace('["Share"]\n', '["(a"]\n')
    rules, errors = read(text, compile_patterns=False)
    assert (errors, rules["own.a"].at_line) == ([], 0)


def test_a_replacement_is_always_held_against_its_patterns() -> None:
    keys = "unit = 'span'\naction = 'replace'\npattern = 'a'\nreplacement = '\\g<b>'"
    for compile_patterns in (True, False):
        _, errors = read(RULE.replace('lines = ["Share"]', keys), compile_patterns=compile_patterns)
        assert [error.message for error in errors] == [
            "replacement names the group 'b', which the pattern 'a' does not have"
        ]
