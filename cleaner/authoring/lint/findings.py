"""What the linter can find in rule files, and what it says about each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

__all__ = ["CODES", "WARNINGS", "Finding", "severity_of"]

CODES: Mapping[str, str] = MappingProxyType(
    {
        "invalid": "the file or the rule cannot be loaded",
        "anchored-alternative": "an anchor binds to one alternative of the pattern only, as in ^a|b$",
        "needless-anchor": "the pattern matches the whole line anyway",
        "nested-repetition": "a repetition inside a repetition: regexes can take exponential time to fail on a line",
        "slow-pattern": "the regex takes more than 50 ms to refuse a line that was made to be slow for it",
        "no-keyword": "nothing can be derived from the pattern that a line must hold: it is tried on every line",
        "invisible-character": "a character that cannot be seen, or a blank that looks like another",
        "example-fails": "an example is not removed, or not kept, as it should be",
        "shadowed": "another rule claims everything this one looks for, so it never acts",
        "unreachable": "the rule can never act",
        "duplicate-wording": "the same wording stands twice, in one rule or in two",
    }
)
"""The code of every kind of finding, and what it means."""

WARNINGS = frozenset({"needless-anchor", "no-keyword", "duplicate-wording"})
"""Codes of findings that only cost time or readability; all others are errors."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake in a rule file.

    Attributes:
        severity: "error" or "warning".
        code: one of CODES.
        message: what is wrong.
        path: the file.
        line, column: where the piece of text begins that the finding is about, from 1; 0 for a file that cannot be
            read.
        length: how many characters of that line the piece has.
        rule: id of the rule, "" outside of rules.
        hint: what to do, "" when the message says it all.
    """

    severity: str
    code: str
    message: str
    path: Path
    line: int
    column: int
    length: int
    rule: str = ""
    hint: str = ""


def severity_of(code: str) -> str:
    """ "error" or "warning".

    >>> severity_of("shadowed"), severity_of("no-keyword")
    ('error', 'warning')
    """
    return "warning" if code in WARNINGS else "error"
