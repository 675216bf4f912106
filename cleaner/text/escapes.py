r"""Escapes of JSON and of Python that were left in a text: ``the mayor\u2019s bridge.\n\nShe said``.

A backslash has many uses: programs, regexes, formulas, paths of Windows. So a text is unescaped as a whole or not at
all: only when escapes stand where nothing but an escape makes sense, and nothing in it speaks for another use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.model import Edit
from cleaner.text.code import looks_like_code
from cleaner.text.lazy_regex import lazily

__all__ = ["escape_edits"]

_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}|x[a-fA-F][0-9a-fA-F]"
    r"|[nrt\"'/])"
)
_SIMPLE = {"n": "\n", "r": "\r", "t": "\t"}
_HEX = r"\\(?:u[0-9a-fA-F]{4}|x[a-fA-F][0-9a-fA-F])"
# An escape or an apostrophe inside a word, two escapes in a row (an alphabet that is all escapes), a quotation mark at
# the side of a word where it belongs, or a line break after a sentence.
_SIGN = lazily(
    re.compile,
    rf"(?<=[^\W\d_])(?:{_HEX}|\\')(?=[^\W\d_])|{_HEX}{_HEX}|(?<=\s)\\u201[8cC](?=[^\W\d_])|(?<=[.,!?])\\u201[9dD](?=\s)"
    rf"|(?:[.!?…。！？।؟]|{_HEX})[\"”’»)]? ?(?:(?:\\r)?\\n ?)+(?=[\"“‘«(]?[^\W\d_a-z]|\\u|$)",
)
# Formulas, paths (C:\new), words about the escape itself ("\u2019 is the apostrophe"), and strings ('isn\'t').
_OTHER_USE = re.compile(
    r"\b[A-Za-z]:\\|\\(?:nabla|newcommand|newline|neq?|not|nu|rangle|rho|right|rm|ref|tan|tau|text\w*|theta|times|to|top)"
    r"(?![a-z])|(?:^|\s)\\u201[89a-fA-F](?=[\s,.;:)]|$)|[a-z,] \\[nrt] [a-z]|(?:^|[\s(=\[])'[^\s']*\\'"
)


def escape_edits(text: str) -> Iterator[Edit]:
    r"""Edits that put the character in the place of each escape, when the text is an escaped one.

    >>> [edit.replacement for edit in escape_edits("The mayor\\u2019s bridge isn\\u2019t safe.")]
    ['’', '’']
    >>> list(escape_edits("Write \\u2019 for the apostrophe, and \\n for a new line."))
    []
    """
    if "\\" not in text or not _is_escaped(text):
        return
    for match in _ESCAPE.finditer(text):
        character = _character(match[0])
        if character == "\r":
            character = "" if text.startswith("\\n", match.end()) else "\n"
        if character == "\xa0" and not _is_typography(text, match):
            character = " "
        if character.isprintable() or character in "\n\r\t\xa0\xad" or not character.isascii():
            yield Edit(match.start(), match.end(), character, "repair.escapes")


def _is_escaped(text: str) -> bool:
    """Whether escapes are residue here: every backslash is one, none is code, and enough stand where they must be."""
    signs = sum(1 for _ in _SIGN.finditer(text))
    if signs < (2 if "\n" in text.strip() else 1):
        return False
    if text.count("\\") != sum(match[0].count("\\") for match in _ESCAPE.finditer(text)):
        return False
    if "\\u005c" in text.lower() or "`" in text or _OTHER_USE.search(text):
        return False
    return not any(looks_like_code(_ESCAPE.sub(" ", line)) for line in text.split("\n") if "\\" in line)


def _is_typography(text: str, match: re.Match[str]) -> bool:
    """Whether a no-break space stands at a sign or a number, as in « Oui » ! and 10 %; between words it is residue."""
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return any(not char.isalpha() and char not in ".,\\ " for char in around)


def _character(escape: str) -> str:
    code = escape[1]
    if code == "u":
        units = [int(unit, 16) for unit in escape.split("\\u")[1:]]
        return b"".join(unit.to_bytes(2, "big") for unit in units).decode("utf-16-be")
    return chr(int(escape[2:], 16)) if code == "x" else _SIMPLE.get(code, code)
