"""Terms: parts of regexes that have a name, so that patterns of many rules can use them as ``{name}``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cleaner.patterns.verbose import compact, has_scoped_verbose

__all__ = ["alternatives", "expand_terms", "span_before_expansion"]

_TERM = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_MAX_NESTING = 8


def alternatives(term: str | list[str]) -> str:
    """The regex of a term as it is written in a file: a fragment, or a list of alternatives.

    >>> alternatives(["jan(?:uary)?", "feb(?:ruary)?"])
    'jan(?:uary)?|feb(?:ruary)?'
    """
    return compact(term) if isinstance(term, str) else "|".join(map(compact, term))


def expand_terms(pattern: str, terms: Mapping[str, str]) -> str:
    """A pattern with every ``{name}`` filled in; terms may use terms.

    Raises:
        KeyError: a name is unknown, or terms use each other in a circle. Holds the name.

    >>> expand_terms("by {name}", {"name": "{word} {word}", "word": "[A-Z]+"})
    'by (?:(?:[A-Z]+) (?:[A-Z]+))'

    Patterns and terms in verbose form lose their blanks and comments first, each on its own.

    >>> expand_terms("(?x) by [ ] {name} # who wrote it", {"name": "Jane Doe #1"})
    'by[ ](?:Jane Doe #1)'
    """
    pattern = compact(pattern)
    if not _TERM.search(pattern):
        return pattern
    opening = "(?-x:" if has_scoped_verbose(pattern) else "(?:"
    for _ in range(_MAX_NESTING):
        expanded = _TERM.sub(lambda match: f"{opening}{compact(terms[match[1]])})", pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded
    raise KeyError(_TERM.findall(pattern)[0])


def span_before_expansion(pattern: str, terms: Mapping[str, str], start: int, end: int) -> tuple[int, int]:
    """Where the piece ``start:end`` of an expanded pattern stands in the pattern as it is written.

    A piece that a term was replaced by is answered with the place of the term. All offsets are half-open, in code
    points.

    >>> span_before_expansion("by {name}!", {"name": "[A-Z]+"}, 3, 11)
    (3, 9)
    """
    written_start, written_end = len(pattern), 0
    at = 0
    for first, last, text in _segments(pattern, terms):
        size, is_term = len(text), pattern[first:last] != text
        if at < end and start < at + size:
            written_start = min(written_start, first if is_term else first + max(0, start - at))
            written_end = max(written_end, last if is_term else first + min(size, end - at))
        at += size
    return (written_start, written_end) if written_start < written_end else (0, len(pattern))


def _segments(pattern: str, terms: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The parts of a pattern, terms and the text between them: where each is written, and what it becomes."""
    at = 0
    for match in _TERM.finditer(pattern):
        yield at, match.start(), pattern[at : match.start()]
        yield match.start(), match.end(), expand_terms(match[0], terms)
        at = match.end()
    yield at, len(pattern), pattern[at:]
