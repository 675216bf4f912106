"""Rules and wordings that other rules own already."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.overlap import RuleIndex
from cleaner.rules.loader import parse_rules
from tests.authoring.lint.own_rules import RULE, SIGN_OFF, codes, linted


@pytest.mark.parametrize(
    "keys",
    [
        "zone = 'head'\nlines = ['Sent from the newsroom']",
        "confidence = 'low'\nlines = ['Sent from the newsroom']",
        "once = true\nlines = ['Sent from the newsroom']",
        "unless.previous = 'dear'\nlines = ['Sent from the newsroom']",
        "sites = ['hill.example']\nlines = ['Sent from the newsroom']",
        "profiles = ['default']\nlines = ['Sent from the newsroom']",
        "status = 'preview'\nlines = ['Sent from the newsroom']",
        "lines = ['Sent from the desk']",
    ],
)
def test_a_rule_is_not_shadowed_by_one_with_a_narrower_scope(keys: str, tmp_path: Path) -> None:
    other = RULE.format(keys=keys).replace("own.sign-off", "own.first")
    assert [found.code for found in linted(SIGN_OFF, tmp_path, parse_rules(other))] == []


@pytest.mark.parametrize(
    "keys",
    [
        "lines = ['SENT FROM THE NEWSROOM:']",
        "zone = ['body', 'tail']\nprefixes = ['Sent from']",
        "confidence = 'high'\npattern = 'sent from .+'",
    ],
)
def test_a_rule_is_shadowed_by_one_of_another_set(keys: str, tmp_path: Path) -> None:
    others = parse_rules(RULE.format(keys=keys).replace("own.sign-off", "own.first"))
    (found,) = linted(SIGN_OFF, tmp_path, others)
    assert (found.code, found.message) == ("shadowed", "all that the rule looks for is claimed by own.first")


def test_a_single_wording_that_another_rule_owns(tmp_path: Path) -> None:
    others = parse_rules(RULE.format(keys="lines = ['Sent from the desk']").replace("own.sign-off", "own.first"))
    (found,) = linted(SIGN_OFF.replace("room']", "room', 'Sent from the Desk']", 1), tmp_path, others)
    assert (found.code, found.message) == (
        "duplicate-wording",
        "'Sent from the Desk' is claimed by own.first already",
    )


def test_a_rule_that_finds_metadata_is_not_shadowed(tmp_path: Path) -> None:
    others = parse_rules(RULE.format(keys="pattern = 'sent .+'").replace("own.sign-off", "own.first"))
    plain = linted(RULE.format(keys="pattern = 'sent from .+'"), tmp_path, others)
    assert [found.code for found in plain] == ["shadowed"]
    assert linted(RULE.format(keys="pattern = 'sent from (?P<source>.+)'"), tmp_path, others) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("lines = ['Sent from the newsroom', 'SENT FROM THE NEWSROOM!']", ["duplicate-wording"]),
        ("lines = ['Sent from the newsroom']\nprefixes = ['Sent to', 'Sent to:']", []),
        ("lines = ['Sent from the newsroom']\nprefixes = ['Sent to:', 'sent to：']", ["duplicate-wording"]),
        ("lines = ['Sent from the newsroom']\nprefixes = ['Sent to！', 'Sent to']", []),
        ("lines.mul = ['Sent from the newsroom']\nlines.de = ['Sent from the newsroom']", ["duplicate-wording"]),
    ],
)
def test_wordings_are_twins_when_the_engine_looks_them_up_by_one_key(
    keys: str, expected: list[str], tmp_path: Path
) -> None:
    assert codes(keys, tmp_path) == expected


def test_the_index_knows_which_rules_claim_a_line() -> None:
    index = RuleIndex(parse_rules(SIGN_OFF + SIGN_OFF.replace("sign-off", "b").replace("lines =", "prefixes =")))
    texts = ["Sent from the newsroom", "Sent from the newsroom in Newford", "Sent back"]
    claiming = [[rule.id for rule in rules] for rules in index.claiming(texts)]
    assert claiming == [["own.sign-off", "own.b"], ["own.b"], []]
