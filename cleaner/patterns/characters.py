r"""The characters that one atom of a regex reads: a letter, an escape, a class in brackets."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

__all__ = ["ESCAPE", "CharSet", "UnreadableError", "class_set", "escape_set", "literal_set"]


ESCAPE = r"\\(?:[pP](?:\{[^}]*\}|[A-Z])|N\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|(?s:.))"
"""A regex for an escape, inside brackets and outside."""


class UnreadableError(ValueError):
    """The pattern holds something the parser does not know."""


class CharSet(NamedTuple):
    r"""A set of characters, as far as it can be listed.

    Attributes:
        ranges: pairs of the first and the last character, each of them in the set.
        digits: whether all decimal digits are in it (``\d``).
        is_open: whether it holds other characters too, which are not listed: ``\w``, ``\p{L}``, ``.``, ``[^a]``.
        is_negated: whether it is written as all but some characters: ``.``, ``[^a]``.
    """

    ranges: tuple[tuple[str, str], ...] = ()
    digits: bool = False
    is_open: bool = False
    is_negated: bool = False

    @property
    def only(self) -> str:
        """The one character of the set, or "" when there are more."""
        if len(self.ranges) != 1 or self.digits or self.is_open:
            return ""
        first, last = self.ranges[0]
        return first if first == last else ""

    @property
    def listed(self) -> str:
        """The characters of the set when each is named on its own, or ""."""
        if self.digits or self.is_open or any(first != last for first, last in self.ranges):
            return ""
        return "".join(first for first, _ in self.ranges)


_DIGITS = CharSet(digits=True)
_OPEN = CharSet(is_open=True)
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_CATEGORIES = frozenset("DsSwWhpP")
_ITEM = re.compile(rf"\[:\^?\w+:\]|{ESCAPE}|.", re.DOTALL)


@lru_cache(maxsize=4096)
def literal_set(char: str) -> CharSet:
    """The set of one character.

    >>> literal_set("a").only
    'a'
    """
    return CharSet(((char, char),))


@lru_cache(maxsize=1024)
def escape_set(text: str) -> CharSet:
    r"""The characters that an escape reads, which begins with a backslash.

    Raises:
        UnreadableError: no such escape is known.

    >>> escape_set(r"\.").only, escape_set(r"\x41").only, escape_set(r"\d").digits, escape_set(r"\p{L}").is_open
    ('.', 'A', True, True)
    """
    char = text[1]
    if char == "d":
        return _DIGITS
    if char in _CATEGORIES and (char not in "pP" or len(text) > 2):
        return _OPEN
    if char in "xuU" and len(text) > 2:
        return literal_set(chr(int(text[2:], 16)))
    if char in "01234567":
        return literal_set(chr(int(text[1:], 8)))
    if char == "N" and len(text) > 2:
        try:
            return literal_set(unicodedata.lookup(text[3:-1]))
        except KeyError:
            raise UnreadableError(f"cannot read {text!r}: no such character name") from None
    if char in _CONTROLS:
        return literal_set(_CONTROLS[char])
    if char.isascii() and char.isalnum():
        raise UnreadableError(f"cannot read {text!r}")
    return literal_set(char)


@lru_cache(maxsize=4096)
def class_set(text: str) -> CharSet:
    r"""The characters that a class in brackets reads.

    Raises:
        UnreadableError: it holds an escape that is not known.

    >>> class_set(r"[\da-f]")
    CharSet(ranges=(('a', 'f'),), digits=True, is_open=False, is_negated=False)
    >>> class_set("[^a]").is_negated, class_set(r"[\w-]").is_open, class_set("[.!?]").listed
    (True, True, '.!?')
    """
    if text.startswith("[^"):
        return CharSet(is_open=True, is_negated=True)
    items = _ITEM.findall(text, 1, len(text) - 1)
    ranges: dict[tuple[str, str], None] = {}
    digits = is_open = False
    at = 0
    while at < len(items):
        chars = _item_set(items[at])
        if items[at + 1 : at + 2] == ["-"] and at + 2 < len(items):
            # After a category, or before one, the hyphen is only itself: then the class is taken for an open one.
            first, last = chars.only, _item_set(items[at + 2]).only
            if first and last:
                ranges[first, last] = None
            else:
                is_open = True
            at += 3
            continue
        ranges |= dict.fromkeys(chars.ranges)
        digits, is_open = digits or chars.digits, is_open or chars.is_open
        at += 1
    return CharSet(tuple(ranges), digits, is_open)


def _item_set(item: str) -> CharSet:
    if item.startswith("[:"):
        return _OPEN
    if item == r"\b":
        return literal_set("\b")  # no word boundary inside brackets
    return escape_set(item) if item.startswith("\\") else literal_set(item)
