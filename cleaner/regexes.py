"""Compile regexes, and keep what was compiled: the regex module needs two milliseconds for each of ours.

The module is written in Python down to a list of codes for its engine, and a pattern pickles as that list
(``copyreg``); read back, a pattern is ready in thirty microseconds.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from typing import Any, cast

import regex

__all__ = ["VERSION", "compile_regex", "freeze", "thaw"]

VERSION = regex.__version__
"""What a frozen regex depends on."""


def compile_regex(text: str, case_sensitive: bool = False) -> regex.Pattern[str]:
    """The regex of a rule; it ignores case unless it is told not to."""
    return regex.compile(text, 0 if case_sensitive else regex.IGNORECASE)


def freeze(pattern: regex.Pattern[str]) -> bytes:
    """A compiled regex as bytes, which hold data and nothing to run; none where regex keeps another form of it.

    >>> thaw(freeze(compile_regex(r"(?P<n>\\d+) shares"))).fullmatch("12 Shares")["n"]
    '12'
    """
    import msgspec

    arguments = _reduce(pattern)[1]
    try:
        return msgspec.msgpack.encode(msgspec.convert(arguments, type=_Arguments))
    except (msgspec.ValidationError, TypeError):
        return b""


def thaw(frozen: bytes) -> regex.Pattern[str]:
    """The regex that was frozen."""
    import msgspec

    return _rebuild(*msgspec.msgpack.decode(frozen, type=_Arguments))


_Arguments = tuple[
    str,  # pattern
    int,  # flags
    bytes,  # codes
    dict[str, int],  # group names to numbers
    dict[int, str],  # and back
    dict[str, frozenset[str]],  # named lists
    list[frozenset[str]],
    int,
    tuple[int, ...],
    int,
    int,
]


def _reduce(pattern: regex.Pattern[str]) -> tuple[Callable[..., regex.Pattern[str]], tuple[Any, ...]]:
    rebuild, arguments = cast("tuple[Any, Any]", copyreg.dispatch_table[type(pattern)](pattern))
    return rebuild, arguments


_rebuild = _reduce(regex.compile("x"))[0]
