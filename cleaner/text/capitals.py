"""Accented capitals that are right, though they look like mojibake: “AMANHÃ”, IRMÃ DE, MAÇÃ®."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.text.lazy_regex import lazily

__all__ = ["split_at_capitals"]

_OPENERS = {"”": "“„", "“": "„", "’": "‘‚", "‘": "‚", "»": "«", "›": "‹", "«": "»", "‹": "›"}
_CAPITAL = lazily(
    regex.compile,
    r"(?<=\p{Lu}|[“„‘‚«‹»›])[[\p{Lu}&&\p{Latin}]--[A-Z]](?:(?=[ \xa0])|(?=[”“’‘»«›‹–—…•®©™](?!\w)))|(?<!\w)Å(?= )",
    regex.V1,
)
_NEAR = 300  # characters to look back for the opening quote


def split_at_capitals(line: str) -> Iterator[str]:
    """The line in pieces, in which each capital that is right, and would look wrong beside its neighbour, ends one.

    >>> list(split_at_capitals("“AMANHÃ” de SÃ©rgio"))
    ['“AMANHÃ', '” de SÃ©rgio']
    >>> list(split_at_capitals("METRÃ” e MÃ¼nchen"))
    ['METRÃ” e MÃ¼nchen']
    """
    at = 0
    for match in _CAPITAL.finditer(line):
        if _is_right(line, match.start()):
            yield line[at : match.end()]
            at = match.end()
    if at < len(line):
        yield line[at:]


def _is_right(line: str, at: int) -> bool:
    after = line[at + 1]
    word = line[max(0, at - 2) : at]
    if after in " \xa0":
        if line[at] == "Å" and not word[-1:].isalpha():
            return True  # a word of its own in the North
        return _ends_in_capitals(word) or _ends_in_capitals(line[at + 2 : at + 4])
    if _is_open(after, line, at):
        return True
    return _ends_in_capitals(word) and _read_as_utf8(line[at : at + 2]).islower()


def _ends_in_capitals(word: str) -> bool:
    return len(word) == 2 and word.isupper() and word.isalpha()


def _is_open(closing: str, line: str, at: int) -> bool:
    """Whether a quote that this sign closes was opened before, and not closed."""
    near = line[max(0, at - _NEAR) : at]
    return max((near.rfind(sign) for sign in _OPENERS.get(closing, "")), default=-1) > near.rfind(closing)


def _read_as_utf8(pair: str) -> str:
    try:
        return pair.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
