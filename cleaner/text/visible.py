"""Text as a person sees all of it: invisible characters as escapes."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_JOINERS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # letters and emoji fall apart without them
_TAB = "    "


def visible(text: str) -> str:
    r"""Text that is safe on a terminal: invisible characters, and those that turn the line around, are escaped.

    Blanks and newlines stay, tabs become blanks. Joiners stay between characters that they join.

    >>> visible("Share\u200b this\xa0page")
    'Share\\u200b this\\u00a0page'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escaped(char) for char in text)


def _escaped(char: str) -> str:
    if char == "\t":
        return _TAB
    if char in " \n" or char in _JOINERS or unicodedata.category(char) not in _UNSEEN:
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"
