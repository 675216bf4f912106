"""What an exact wording and a prefix are looked up by. The engine finds lines by these keys, the linter finds twins."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.text.normalize import fold, plain

__all__ = ["PrefixKey", "line_key", "prefix_key"]

_END_MARKS = frozenset(":?!？！")  # a full-width colon is an ordinary one in plain text


class PrefixKey(NamedTuple):
    """What a prefix is looked up by.

    Attributes:
        text: the folded text, with which a folded line must begin.
        mark: the colon, question mark or exclamation mark that must follow in the line; "" when any text may.
    """

    text: str
    mark: str


def line_key(wording: str) -> str:
    """What an exact wording is looked up by: two wordings with one key fit the same lines.

    >>> line_key("Follow us on:") == line_key("• FOLLOW US ON")
    True
    """
    return fold(wording)


def prefix_key(wording: str) -> PrefixKey:
    """What a prefix is looked up by: two prefixes with one key fit the same lines.

    A mark at the end of a prefix must stand in the line: "Source:" must not fit "Source code".

    >>> prefix_key("Source: ")
    PrefixKey(text='source', mark=':')
    >>> prefix_key("Sent from").mark
    ''
    """
    last = plain(wording.rstrip())[-1:]
    return PrefixKey(fold(wording), last if last in _END_MARKS else "")
