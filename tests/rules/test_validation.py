"""What the keys of a rule mean together."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.rules.model import Action, ExampleCase, Examples, Rule, Unit, Unless
from cleaner.rules.validation import check_examples, check_regexes, check_replacement, check_rule

TERMS = {"name": "[A-Z]+", "loop": "{pool}", "pool": "{loop}"}


def rule(**fields: Any) -> Rule:
    return Rule(id="own.a", description="A", **{"lines": {"": ("Share",)}, **fields})


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, []),
        ({"lines": {}, "matcher": "hard-wrap"}, []),
        ({"lines": {}}, [((), "the rule looks for nothing")]),
        ({"lines": {"en": ("…",)}}, [(("lines",), "lines: '…' has no letter or digit, and would fit every line")]),
        ({"prefixes": {"": ("• ",)}}, [(("prefixes",), "prefixes: '• ' has no letter or digit, and would fit every "
         "line")]),
        ({"unit": Unit.SPAN}, [(("lines",), "a span rule has no whole lines")]),
        ({"unit": Unit.SPAN, "lines": {}, "prefixes": {"": ("By",)}},
         [(("prefixes",), "a span rule has no whole lines")]),
        ({"unit": Unit.SPAN, "lines": {}, "patterns": {"": ("a",)}, "action": Action.CUT},
         [(("action",), "a span cannot be cut to the end")]),
        ({"max_lines": 3}, [(("max-lines",), "max-lines is for sections")]),
        ({"max_lines": 3, "unit": Unit.SECTION}, []),
        ({"action": Action.FLAG}, [(("action",), "action 'flag' needs the name of the flag")]),
        ({"action": Action.FLAG, "flag": "x"}, []),
        ({"action": Action.REPLACE}, [(("action",), "only spans are replaced")]),
        ({"action": Action.REPLACE, "matcher": "hard-wrap"}, []),
        ({"replacement": "x"}, [(("replacement",), "replacement needs action = 'replace'")]),
    ],
)  # fmt: skip
def test_keys_that_do_not_go_together(fields: dict[str, Any], expected: list[tuple[Any, str]]) -> None:
    assert [(found.keys, found.message) for found in check_rule(rule(**fields))] == expected


@pytest.mark.parametrize(
    ("examples", "missing"),
    [
        (Examples(), ["what it removes", "what it must keep"]),
        (Examples(removes={"": ("a",)}), ["what it must keep"]),
        (Examples(keeps={"": ("a",)}), ["what it removes"]),
        (Examples(removes={"": ("a",)}, keeps={"": ("a",)}), []),
        (Examples(cases=(ExampleCase("a", "b"),)), []),
    ],
)
def test_a_rule_shows_what_it_does(examples: Examples, missing: list[str]) -> None:
    messages = [found.message for found in check_examples(rule(examples=examples))]
    assert messages == [f"no example of {what}" for what in missing]


@pytest.mark.parametrize(
    ("pattern", "message", "hint"),
    [
        ("(a", "pattern is not a valid regex: missing ) at position 2: (a", ""),
        ("a*", "pattern matches the empty text: a*", "require at least one character"),
        (" ", "pattern: the text is empty", ""),
        ("{nam}", "unknown term {nam}", "did you mean {name}?"),
        ("{xyz}", "unknown term {xyz}", "there are loop, name, pool"),
        ("{loop}", "the term {loop} uses itself", "write one of the terms without the other"),
        ("(?P<autor>a)", "the group 'autor' of the pattern is not a metadata field", "did you mean 'author'?"),
    ],
)
def test_regexes_that_cannot_be(pattern: str, message: str, hint: str) -> None:
    (found,) = check_regexes({"en": (pattern,)}, Unless(), TERMS)
    assert (found.message, found.keys, found.hint) == (message, ("pattern",), hint)


def test_antipatterns_are_regexes_too_and_name_any_group() -> None:
    unless = Unless(line=("(a",), previous=("a*",), next=("(?P<x>a)",))
    assert [found.message.split(":")[0] for found in check_regexes({}, unless, TERMS)] == [
        "unless is not a valid regex",
        "unless matches the empty text",
    ]


@pytest.mark.parametrize(
    ("replacement", "wrong"),
    [
        (r"\g<date>", False),
        (r"\g<1>", False),
        (r"\g<0>", False),
        (r"\g<2>", True),
        (r"x\g<author>", True),
        ("x", False),
    ],
)
def test_a_replacement_names_groups_of_its_patterns(replacement: str, wrong: bool) -> None:
    changed = rule(patterns={"": (r"on (?P<date>\d+)",)}, replacement=replacement)
    assert bool(list(check_replacement(changed, TERMS))) is wrong


@pytest.mark.parametrize(("char", "letter"), [("\b", "b"), ("\f", "f")])
def test_an_escape_that_toml_reads_is_no_regex(char: str, letter: str) -> None:
    (found,) = check_regexes({"": (f"{char}by",)}, Unless(), {})
    assert found.hint == f"write it between three single quotes: '''\\{letter}'''"
