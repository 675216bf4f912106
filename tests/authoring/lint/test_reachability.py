"""Rules that can never act."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.lint.own_rules import RULE, codes, linted


@pytest.mark.parametrize(
    "keys",
    [
        "status = 'deprecated'\nprofiles = ['default']\nconfidence = 'low'\nlines = ['Sent from the newsroom']",
        "max-words = 4\nprefixes = ['Sent from the']",
        "sites = ['hill.example']\nexcept-sites = ['a.hill.example']\nlines = ['Sent from the newsroom']",
        "languages = ['de']\nlines = ['Sent from the newsroom']",
        "languages = ['de']\nlines.mul = ['Sent from the newsroom']",
    ],
)
def test_a_rule_that_can_act_is_left_alone(keys: str, tmp_path: Path) -> None:
    assert "unreachable" not in codes(keys, tmp_path)


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ("profiles = []\nlines = ['Sent from the newsroom']", "profiles"),
        ("confidence = 'low'\nprofiles = ['default']\nlines = ['Sent from the newsroom']", "profiles"),
        ("max-words = 2\nprefixes = ['Sent from the']", "max-words"),
        ("max-words = 2\npattern = 'sent from .+'", "max-words"),
        ("keywords = ['desk']\npattern = 'sent from .+'", "keywords"),
        ("languages = ['de']\nlines.en = ['Sent from the newsroom']", "languages"),
        ("action = 'cut'\nzone = 'body'\nlines = ['Sent from the newsroom']", "zone"),
        (
            "sites = ['a.hill.example']\nexcept-sites = ['hill.example']\nlines = ['Sent from the newsroom']",
            "except-sites",
        ),
    ],
)
def test_a_rule_that_cannot_act(keys: str, key: str, tmp_path: Path) -> None:
    text = RULE.format(keys=keys)
    (found,) = linted(text, tmp_path)
    assert found.code == "unreachable"
    assert text.split("\n")[found.line - 1][: found.length] == key
