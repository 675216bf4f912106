"""Examples that do not hold, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.lint.own_rules import RULE, SIGN_OFF, excerpt, linted


@pytest.mark.parametrize(
    ("old", "new", "message", "piece"),
    [
        ('removes = ["', 'removes = ["Sent from the desk", "', "the example is kept", "Sent from the desk"),
        (
            'keeps = ["',
            'keeps = ["SENT FROM THE NEWSROOM", "',
            "the example must be kept, and is removed (tail)",
            "SENT FROM THE NEWSROOM",
        ),
    ],
)
def test_an_example_is_shown_where_it_stands(old: str, new: str, message: str, piece: str, tmp_path: Path) -> None:
    text = SIGN_OFF.replace(old, new)
    (found,) = linted(text, tmp_path)
    assert (found.code, found.message, excerpt(text, found)) == ("example-fails", message, piece)


def test_an_example_that_fails_in_several_zones_is_one_finding(tmp_path: Path) -> None:
    text = SIGN_OFF.replace("'tail'", "['head', 'tail']").replace('removes = ["', 'removes = ["Sent by hand", "')
    assert [found.message for found in linted(text, tmp_path)] == ["the example is kept"]


def test_a_case_shows_what_became_of_it(tmp_path: Path) -> None:
    text = SIGN_OFF + "[[rule.examples.cases]]\ninput = 'A word.'\nwant = 'Another.'\n"
    (found,) = linted(text, tmp_path)
    assert (found.code, found.message, excerpt(text, found)) == (
        "example-fails",
        r"the case gives 'A word.\n'",
        "A word.",
    )


def test_a_flag_rule_must_raise_its_flag(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys="action = 'flag'\nflag = 'paywall'\nlines = ['Sent from the desk']"), tmp_path)
    assert found.message == "the example must only raise the flag of the rule"


def test_a_matcher_that_does_not_exist_is_invalid(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys="matcher = 'magic'"), tmp_path)
    assert (found.code, found.message, found.column) == ("invalid", "no matcher 'magic'", 12)
