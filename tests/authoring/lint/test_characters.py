"""Characters that nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.characters import check_characters
from tests.authoring.lint.own_rules import SIGN_OFF, linted


@pytest.mark.parametrize("char", ["\N{ZERO WIDTH SPACE}", "\N{SOFT HYPHEN}", "\N{ZERO WIDTH JOINER}", "\x85"])
def test_invisible_characters_between_latin_letters(char: str, tmp_path: Path) -> None:
    found = linted(SIGN_OFF + f"# a{char}b\n", tmp_path)
    assert [(one.code, one.column, one.rule) for one in found] == [("invisible-character", 4, "own.sign-off")]


@pytest.mark.parametrize(
    "text",
    [
        "می\N{ZERO WIDTH NON-JOINER}رویم",
        "क्\N{ZERO WIDTH JOINER}ष",
        "☎\N{VARIATION SELECTOR-16}",
        "👩🏽\N{ZERO WIDTH JOINER}💻",
        "❤\N{VARIATION SELECTOR-16}\N{ZERO WIDTH JOINER}🔥",
    ],
)
def test_joiners_that_are_spelling_or_part_of_an_emoji_stay(text: str, tmp_path: Path) -> None:
    assert linted(SIGN_OFF + f"# {text}\n", tmp_path) == []


@pytest.mark.parametrize(
    ("char", "hint"),
    [
        ("\N{NO-BREAK SPACE}", "write an ordinary blank, which fits it too, or \\u00A0"),
        ("\N{WORD JOINER}", "leave it out, or write \\u2060"),
        ("\U000e0041", "leave it out, or write \\U000E0041"),
    ],
)
def test_the_hint_says_what_to_write(char: str, hint: str) -> None:
    (found,) = check_characters(Path("own.toml"), f"# a{char}b", [])
    assert (found.rule, found.line, found.column, found.length) == ("", 1, 4, 1)
    assert found.hint.startswith(hint)


def test_windows_line_ends_are_no_finding() -> None:
    assert list(check_characters(Path("own.toml"), "schema = 1\r\n\t# a\r\n", [])) == []
