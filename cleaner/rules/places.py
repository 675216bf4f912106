"""Where a value stands in a TOML file: the wording or the piece of a pattern, not only its key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from cleaner.rules.locate import locate
from cleaner.rules.model import expand_terms

__all__ = [
    "Place",
    "place_in_expanded",
    "place_of_key",
    "place_of_value",
    "place_of_value_at",
    "place_of_word",
    "values_at",
]


class Place(NamedTuple):
    """A piece of one line: 1-based line and column, and how many characters."""

    line: int
    column: int
    length: int


_KEY = re.compile(r"""\[\[?[^\]\n]*\]\]?|[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*|"[^"\n]*"|'[^'\n]*'|\S""")


def place_of_key(source: str, path: tuple[str | int, ...]) -> Place:
    """The key or header that a path leads to, or of the nearest table above it.

    >>> place_of_key('[[rule]]\\nid = "a.b"\\nzone = "top"\\n', ("rule", 0, "zone"))
    Place(line=3, column=1, length=4)
    """
    return place_of_word(source, *locate(source, path))


def place_of_word(source: str, line: int, column: int) -> Place:
    """The key, header or single character at a place."""
    lines = source.split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    match = _KEY.match(text, max(0, column - 1))
    return Place(line, column, len(match[0]) if match else 1)


def place_of_value(
    source: str, path: tuple[str | int, ...], value: str, piece: tuple[int, int] | None = None, nth: int = 0
) -> Place:
    """A string that stands after a key, or a piece of it; the key when it is not found there.

    ``nth`` is the number of equal strings to pass over.

    >>> place_of_value('[[rule]]\\nlines = ["Share", "Follow us"]\\n', ("rule", 0, "lines"), "Follow us")
    Place(line=2, column=20, length=9)
    >>> place_of_value("[[rule]]\\npattern = '''by (a+)+'''\\n", ("rule", 0, "pattern"), "by (a+)+", (3, 8))
    Place(line=2, column=17, length=5)
    """
    return place_of_value_at(source, place_of_key(source, path), value, piece, nth)


def place_of_value_at(source: str, key: Place, value: str, piece: tuple[int, int] | None = None, nth: int = 0) -> Place:
    """:func:`place_of_value` for a key whose place is known."""
    same = (written for written in _strings_after(source, key) if written.value == value)
    written = next(islice(same, nth, None), None)
    return key if written is None else _piece(source, written, *(piece or (0, len(value))))


def values_at(source: str, line: int, column: int) -> list[str]:
    """The strings that stand after the key at a place.

    >>> values_at('lines = ["Share", "Print"]\\nflag = "x"\\n', 1, 1)
    ['Share', 'Print']
    """
    return [written.value for written in _strings_after(source, place_of_word(source, line, column))]


def place_in_expanded(pattern: str, terms: Mapping[str, str], start: int, end: int) -> tuple[int, int]:
    """Where the piece ``start:end`` of an expanded pattern stands in the pattern as it is written.

    What a term was put in for is answered with the place of the term.

    >>> place_in_expanded("by {name}!", {"name": "[A-Z]+"}, 3, 11)
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


_TERM = re.compile(r"\{[a-z][a-z0-9_-]*\}")


def _segments(pattern: str, terms: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The parts of a pattern, terms and what stands between: where they are written, and what they become."""
    at = 0
    for match in _TERM.finditer(pattern):
        yield at, match.start(), pattern[at : match.start()]
        yield match.start(), match.end(), expand_terms(match[0], terms)
        at = match.end()
    yield at, len(pattern), pattern[at:]


class _Written(NamedTuple):
    """A string of a file: where what is between its quotes begins and ends, and what it means."""

    start: int
    end: int
    value: str


_TOKEN = re.compile(
    r'''"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?'{3,5}(?!')|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]''',
    re.DOTALL,
)


def _strings_after(source: str, key: Place) -> Iterator[_Written]:
    """The strings of a key's value, or of a table below its header."""
    begin = _offset(source, key.line, key.column)
    is_table = source.startswith("[", begin)
    depth, seen = 0, is_table
    at = begin + key.length
    while match := _TOKEN.search(source, at):
        at, token = match.end(), match[0]
        if token[0] in "[{":
            if is_table and token == "[" and not depth and _begins_line(source, match.start()):
                return  # the next table
            depth, seen = depth + 1, True
        elif token[0] in "]}":
            depth -= 1
        elif token[0] in "\"'":
            seen = True
            yield _written(match)
        elif token == "\n" and depth <= 0 and seen and not is_table:
            return
        if depth < 0:
            return


def _begins_line(source: str, at: int) -> bool:
    return not source[source.rfind("\n", 0, at) + 1 : at].strip()


def _written(match: re.Match[str]) -> _Written:
    token = match[0]
    quotes = 3 if token[:3] in ('"""', "'''") else 1
    start, end = match.start() + quotes, match.end() - quotes
    if quotes == 3 and token[3:4] == "\n":
        start += 1  # TOML leaves it out
    try:
        value = str(tomllib.loads(f"it = {token}")["it"])
    except tomllib.TOMLDecodeError:
        value = token[quotes:-quotes]
    return _Written(start, end, value)


def _piece(source: str, written: _Written, start: int, end: int) -> Place:
    """A piece of a string. One with escapes is shown whole: its characters do not stand where they are counted."""
    first, last = written.start, written.end
    if source[first:last] == written.value:
        first, last = first + start, first + end
    line = source.count("\n", 0, first) + 1
    newline = source.find("\n", first, last)
    last = last if newline < 0 else newline
    return Place(line, first - source.rfind("\n", 0, first), max(1, last - first))


def _offset(source: str, line: int, column: int) -> int:
    at = 0
    for _ in range(line - 1):
        at = source.index("\n", at) + 1
    return at + column - 1
