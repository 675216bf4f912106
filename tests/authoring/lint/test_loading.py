"""Errors of the rule loader as findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.linter import lint
from cleaner.errors import RuleError
from cleaner.rules.loader import load_rules, parse_rules, read_rules
from cleaner.rules.ruleset import RuleSet
from tests.authoring.lint.own_rules import RULE, excerpt, linted
from tests.places import ROOT

BAD = sorted((ROOT / "tests" / "rules" / "bad_rules").glob("*.toml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_what_cannot_be_loaded_is_found_with_the_same_words(path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rules(path)
    first = next(found for found in lint(path, RuleSet()) if found.code == "invalid")
    assert (first.line, first.rule, first.hint) == (caught.value.line, caught.value.rule, caught.value.hint)
    assert first.message.rstrip("…") in caught.value.message


def test_every_rule_is_read_on_its_own(tmp_path: Path) -> None:
    good = RULE.format(keys='lines = ["Sent from the newsroom"]')
    (tmp_path / "a.toml").write_text(good + good.replace("own.sign-off", "own.b").replace("lines", "linse"))
    (tmp_path / "b.toml").write_text("[[rule]\n")
    (tmp_path / "c.toml").write_text(good + good.replace("sign-off", "c") + good.replace("sign-off", "c"))
    (tmp_path / "d.toml").write_text(good.replace("own.sign-off", "own.d") + "zone = 1\n")
    rules, errors = read_rules(tmp_path)
    assert [rule.id for rule in rules] == ["own.sign-off", "own.c"]
    assert [(error.path.name, error.line) for error in errors if isinstance(error.path, Path)] == [
        ("a.toml", 13),
        ("b.toml", 1),
        ("c.toml", 3),
        ("c.toml", 19),
        ("d.toml", 9),
    ]
    assert "the id is taken by the rule at" in errors[2].message
    assert errors[2].message.endswith("a.toml:2")
    assert (errors[3].message, errors[3].hint) == (
        "the id is taken by a rule above",
        "it stands at line 10: choose another id",
    )
    with pytest.raises(RuleError, match=r"a\.toml:13:1"):
        load_rules(tmp_path)


def test_a_wrong_class_does_not_hide_wrong_rules(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[class]\nnmae = 'own'\n" + RULE.format(keys="linse = 'x'"))
    _, errors = read_rules(path)
    assert [(error.line, error.message) for error in errors] == [(2, "unknown key 'nmae'"), (7, "unknown key 'linse'")]


def test_an_id_of_the_other_rules_is_taken(tmp_path: Path) -> None:
    text = RULE.format(keys='lines = ["Sent from the newsroom"]')
    others = parse_rules(text)
    (found,) = linted(text, tmp_path, others)
    assert (found.code, found.line, found.column, found.length) == ("invalid", 3, 7, 12)
    assert "the id is taken by the rule at (code)" in found.message


def test_the_wrong_one_of_several_patterns_is_shown(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys="pattern = ['sent from .+', '(?:newsroom)?']"), tmp_path)
    assert (found.code, found.column, found.length) == ("invalid", 29, 13)


def test_an_unknown_term_is_shown_where_it_is_used(tmp_path: Path) -> None:
    text = RULE.format(keys="pattern = ['sent from .+', 'by {nmae} here']".replace("{", "{{").replace("}", "}}"))
    text = text.replace("{{", "{").replace("}}", "}")
    (found,) = linted(text, tmp_path)
    assert (found.code, excerpt(text, found)) == ("invalid", "by {nmae} here")


def test_a_long_message_is_clipped(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys=f"pattern = '{'a' * 300}('"), tmp_path)
    assert len(found.message) == 200
    assert found.message.endswith("…")
