"""What is wrong with the regexes of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.authoring.lint.own_rules import RULE, codes, excerpt, linted


@pytest.mark.parametrize(
    "keys",
    [
        "pattern = 'sent from .+'\nunless.line = '^ads|label$'",
        "unit = 'span'\npattern = '^sent from the newsroom$'",
        "pattern = '.+ .+'\nkeywords = ['newsroom']",
        r"pattern = 'sent (?:\w+ )*newsroom'",
    ],
)
def test_harmless_regexes_are_left_alone(keys: str, tmp_path: Path) -> None:
    assert codes(keys, tmp_path) == []


@pytest.mark.parametrize(
    ("keys", "code", "piece"),
    [
        ("pattern = '^sent from .+'", "needless-anchor", "^"),
        ("pattern = '^sent from .+|newsroom'", "anchored-alternative", "^"),
        ("unit = 'span'\npattern = '^sent from .+|newsroom'", "anchored-alternative", "^"),
        ("pattern = 'sent from .+'\n" + r"unless.next = '(?:\w+ ?)+'", "nested-repetition", r"(?:\w+ ?)+"),
        ("pattern = '.+ .+'", "no-keyword", ".+ .+"),
    ],
)
def test_the_piece_that_is_wrong_is_shown(keys: str, code: str, piece: str, tmp_path: Path) -> None:
    text = RULE.format(keys=keys)
    found = next(one for one in linted(text, tmp_path) if one.code != "example-fails")
    assert (found.code, excerpt(text, found)) == (code, piece)


def test_a_long_piece_is_clipped_in_the_hint(tmp_path: Path) -> None:
    (found,) = linted(RULE.format(keys=rf"pattern = 'sent (?:\w+ {'x' * 80}|\w+ ?)+'"), tmp_path)
    assert "possessive one: …" in found.hint
    assert len(found.hint) < 250


def test_what_a_term_stands_for_is_shown_as_the_term(tmp_path: Path) -> None:
    text = "[terms]\nwords = '''(?:\\w+ ?)+'''\n" + RULE.format(keys="pattern = 'sent from {words}'")
    (found,) = linted(text, tmp_path)
    assert (found.code, excerpt(text, found)) == (
        "nested-repetition",
        "{words}",
    )
