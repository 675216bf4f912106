r"""Patterns in verbose form: ``(?x)`` at the beginning, then parts on lines of their own, with comments.

The blanks and comments are taken out before a pattern is used. What comes after (terms, the parser, the compiled
regex) therefore sees one form only, and a term may hold blanks and ``#`` wherever it is put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["VERBOSE", "compact", "has_scoped_verbose", "span_before_compact"]

VERBOSE = "(?x)"
"""How a pattern in verbose form begins."""

_PART = re.compile(
    r"""
    (?P<kept> \\[NpP]\{[^}]*\} | \\[^\s\#] | \[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\] )  # an escape, a class
    | \\(?P<escaped> [\s\#] )
    | (?P<dropped> \(\?\#[^)]*\) | \s+ | \#[^\n]* )
    """,
    re.VERBOSE | re.DOTALL,
)
_SCOPED = re.compile(r"\(\?[a-zA-Z0-9]*-?[a-zA-Z]*x[a-zA-Z]*[-:)]")


def compact(pattern: str) -> str:
    r"""The same pattern without the flag, the blanks and the comments of the verbose form.

    A pattern that does not begin with ``(?x)`` is returned as it is. So is one that turns the flag off or on again
    inside: the regex module reads that itself. A blank or ``#`` that counts is written ``\ `` and ``\#``, or in a
    class: ``[ ]``.

    >>> compact(r'''(?x)
    ...     \d+ \ min       # how many minutes
    ...     (?: \ read )?
    ... ''')
    '\\d+ min(?: read)?'
    >>> compact("by me")
    'by me'
    """
    if not _is_compactable(pattern):
        return pattern
    return _PART.sub(r"\g<kept>\g<escaped>", pattern[len(VERBOSE) :])


def span_before_compact(pattern: str, start: int, end: int) -> tuple[int, int]:
    r"""Where the piece ``start:end`` of the compact form stands in the pattern as it is written.

    Both are half-open, in code points.

    >>> span_before_compact(r"(?x) by \ me", 3, 5)
    (10, 12)
    >>> span_before_compact("by me", 3, 5)
    (3, 5)
    """
    at, written_start, written_end = 0, len(pattern), 0
    for first, last, text in _pieces(pattern):
        is_same = pattern[first:last] == text
        if at < end and start < at + len(text):
            written_start = min(written_start, first + max(0, start - at) if is_same else first)
            written_end = first + min(len(text), end - at) if is_same else last
        at += len(text)
    return (written_start, written_end) if written_start < written_end else (0, len(pattern))


def has_scoped_verbose(pattern: str) -> bool:
    """Whether blanks mean nothing in some part of a pattern that went through :func:`compact`.

    >>> has_scoped_verbose("by (?x: me )"), has_scoped_verbose("by (?i:me)")
    (True, False)
    """
    return _SCOPED.search(pattern) is not None


def _is_compactable(pattern: str) -> bool:
    return pattern.startswith(VERBOSE) and not has_scoped_verbose(pattern[len(VERBOSE) :])


def _pieces(pattern: str) -> Iterator[tuple[int, int, str]]:
    """The pieces of a pattern in order: where each stands, and what it becomes in the compact form."""
    if not _is_compactable(pattern):
        yield 0, len(pattern), pattern
        return
    at = len(VERBOSE)
    for match in _PART.finditer(pattern, at):
        if match["kept"] is None:
            yield at, match.start(), pattern[at : match.start()]
            yield match.start(), match.end(), match["escaped"] or ""
            at = match.end()
    yield at, len(pattern), pattern[at:]
