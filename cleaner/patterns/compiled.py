"""Compile regexes, and keep what was compiled: the regex module takes two milliseconds to compile one of ours.

Its compiler is written in Python and ends in a list of codes for its engine, and a pattern pickles as that list
(``copyreg``). Built from the list, a pattern is ready in thirty microseconds.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable
from typing import Any, cast

import regex

__all__ = ["VERSION", "compile_regex", "freeze", "thaw"]

VERSION = regex.__version__
"""The version of the regex module: another version cannot read what this one has frozen."""


def compile_regex(text: str, case_sensitive: bool = False) -> regex.Pattern[str]:
    """Compile the regex of a rule.

    Args:
        text: the regex, with its terms expanded.
        case_sensitive: False to ignore case.

    Raises:
        regex.error: the text is not a valid regex.

    >>> bool(compile_regex("ads").fullmatch("ADS")), bool(compile_regex("ads", case_sensitive=True).fullmatch("ADS"))
    (True, False)
    """
    return regex.compile(text, 0 if case_sensitive else regex.IGNORECASE)


def freeze(pattern: regex.Pattern[str]) -> bytes:
    """A compiled regex as bytes for :func:`thaw`.

    The bytes hold data and no code, so a damaged or forged file runs nothing. They are empty where this version of
    the regex module pickles its patterns in another form.

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
    """The regex that :func:`freeze` wrote.

    Raises:
        msgspec.MsgspecError: the bytes are damaged.
    """
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
