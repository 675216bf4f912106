"""Where keys and strings stand in a TOML text. ``tomllib`` gives the values and no positions.

The text is taken to be right, since ``tomllib`` reads it first. In a text that is not, the scanner finds what stands
before the mistake and raises nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Key", "Path", "String", "scan"]

Path = tuple[str | int, ...]
"""How to reach a value: keys, and indices of arrays, as ``("rule", 1, "zone")``."""


class Key(NamedTuple):
    """A key or a table header as it is written: the offsets of its text, with the brackets of a header.

    A dotted key is one key, and so is a dotted header.
    """

    path: Path
    start: int
    end: int


class String(NamedTuple):
    """A string value: the offsets of what stands between its quotes, and what it means."""

    path: Path
    start: int
    end: int
    value: str


def scan(text: str) -> Iterator[Key | String]:
    """The keys, headers and string values of a TOML text, in the order in which they are written.

    >>> for found in scan('[[rule]]\\nlines.en = ["Share", "Print"]\\n'): print(found)
    Key(path=('rule', 0), start=0, end=8)
    Key(path=('rule', 0, 'lines', 'en'), start=9, end=17)
    String(path=('rule', 0, 'lines', 'en', 0), start=22, end=27, value='Share')
    String(path=('rule', 0, 'lines', 'en', 1), start=31, end=36, value='Print')
    """
    return _Scanner(text).statements()


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r'''
    (?P<string> """(?:[^\\]|\\.)*?"{3,5}(?!") | \'\'\'.*?'{3,5}(?!') | "(?:[^"\\\n]|\\.)*" | '[^'\n]*' )
    | (?P<blank> [ \t\r]+ | \#[^\n]* )
    | (?P<newline> \n )
    | (?P<bare> [A-Za-z0-9_+:-]+ )
    | (?P<mark> . )
    ''',
    re.DOTALL | re.VERBOSE,
)
_END = _Token("end", "", 0, 0)


class _Scanner:
    """Goes through the tokens of one text once."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            _Token(match.lastgroup or "", match[0], *match.span())
            for match in _TOKEN.finditer(text)
            if match.lastgroup != "blank"
        ]
        self._at = 0
        self._counts: dict[Path, int] = {}  # the last index of each array of tables

    def statements(self) -> Iterator[Key | String]:
        table: Path = ()
        while self._peek() is not _END:
            if self._peek().text == "[":
                header = self._header()
                table = header.path
                yield header
            elif self._peek().kind in ("bare", "string"):
                yield from self._key_and_value(table)
            self._skip_line()

    def _header(self) -> Key:
        first = self._next()
        is_array = self._peek().text == "["
        if is_array:
            self._next()
        names, last = self._dotted()
        for _ in range(2 if is_array else 1):
            if self._peek().text == "]":
                last = self._next()
        return Key(self._table(names, is_array), first.start, max(first.end, last.end))

    def _table(self, names: tuple[str, ...], is_array: bool) -> Path:
        """The path of a header, with the current index after every key that is an array of tables."""
        path: Path = ()
        for depth, name in enumerate(names, 1):
            path = (*path, name)
            if depth == len(names) and is_array:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _key_and_value(self, table: Path) -> Iterator[Key | String]:
        first = self._peek()
        names, last = self._dotted()
        path = (*table, *names)
        if self._peek().text == "=":
            self._next()
            yield Key(path, first.start, last.end)
            yield from self._value(path)

    def _dotted(self) -> tuple[tuple[str, ...], _Token]:
        """The names of a dotted key, and its last token."""
        names: list[str] = []
        last = self._peek()
        while self._peek().kind in ("bare", "string"):
            last = self._next()
            names.append(_meaning(last.text) if last.kind == "string" else last.text)
            if self._peek().text != ".":
                break
            self._next()
        return tuple(names), last

    def _value(self, path: Path) -> Iterator[Key | String]:
        token = self._peek()
        if token.text == "[":
            yield from self._array(path)
        elif token.text == "{":
            yield from self._inline_table(path)
        elif token.kind == "string":
            self._next()
            yield String(path, *_inside(token), _meaning(token.text))

    def _array(self, path: Path) -> Iterator[Key | String]:
        self._next()
        index = 0
        while (token := self._peek()).text != "]" and token is not _END:
            if token.text in ("[", "{") or token.kind == "string":
                yield from self._value((*path, index))
            else:
                self._next()
                index += token.text == ","
        self._next()

    def _inline_table(self, path: Path) -> Iterator[Key | String]:
        self._next()
        while (token := self._peek()).text != "}" and token is not _END:
            if token.kind in ("bare", "string"):
                yield from self._key_and_value(path)
            else:
                self._next()
        self._next()

    def _skip_line(self) -> None:
        while self._peek() is not _END and self._next().kind != "newline":
            pass

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    def _next(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token


def _inside(token: _Token) -> tuple[int, int]:
    """The offsets of what stands between the quotes of a string."""
    quotes = 3 if token.text[:3] in ('"""', "'''") else 1
    start = token.start + quotes
    if quotes == 3 and token.text[3:4] == "\n":
        start += 1  # TOML leaves it out
    return start, token.end - quotes


def _meaning(written: str) -> str:
    """The value of a string as it is written, with its quotes."""
    if "\\" in written and written[0] == '"':
        try:
            return str(tomllib.loads(f"it = {written}")["it"])
        except tomllib.TOMLDecodeError:
            pass
    start, end = _inside(_Token("string", written, 0, len(written)))
    return written[start:end]
