"""A TOML text as its statements, with everything that has no meaning: comments, blank lines, the way it is written.

``tomllib`` gives the meaning and loses the rest. The text is taken to be TOML: ask ``tomllib`` first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Array", "Assignment", "Blank", "Comment", "Header", "Item", "Statement", "statements"]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of an array as it is written, and the comments that belong to it.

    Attributes:
        text: the value.
        above: comments on lines of their own above it.
        comment: the comment behind it on its line; "" for none.
    """

    text: str
    above: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Array:
    """An array that is the value of a key.

    Attributes:
        items: the items in order.
        opening: the comment behind the opening bracket; "" for none.
        below: comments between the last item and the closing bracket.
    """

    items: tuple[Item, ...] = ()
    opening: str = ""
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment on a line of its own."""

    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table, as ``[[rule]]``, with its brackets."""

    text: str
    comment: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.text.strip("[]"))


@dataclass(frozen=True, slots=True)
class Assignment:
    """A key and its value. A value that is no array is kept as it is written."""

    key: str
    value: Array | str
    comment: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return _keys(self.key)


Statement = Blank | Comment | Header | Assignment

_STRING = r'''"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?'{3,5}(?!')|"(?:[^"\\\n]|\\.)*"|'[^'\n]*' '''.strip()
_TOKEN = re.compile(rf"{_STRING}|\#[^\n]*|\n|[\[\]{{}},=]|[^\S\n]+|[^\s\[\]{{}},=\#\"']+", re.DOTALL)
_KEY_PART = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([^\s."']+))\s*\.?""")


def _keys(dotted: str) -> tuple[str, ...]:
    return tuple(match[1] or match[2] or match[3] for match in _KEY_PART.finditer(dotted))


def statements(text: str) -> Iterator[Statement]:
    """The statements of a TOML text in order. Lines end in a newline character only.

    >>> for statement in statements('# Ours\\n[[rule]]\\nlines.en = ["Share", "Print"]  # two\\n'): print(statement)
    Comment(text='# Ours')
    Header(text='[[rule]]', comment='')
    Assignment(key='lines.en', value=Array(items=(Item(text='"Share"', above=(), comment=''), \
Item(text='"Print"', above=(), comment='')), opening='', below=()), comment='# two')
    """
    return _Reader(_TOKEN.findall(text)).statements()


class _Reader:
    """Goes through the tokens of a text once."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._at = 0

    def statements(self) -> Iterator[Statement]:
        while self._skip_blanks():
            token = self._peek()
            if token == "\n":
                yield Blank()
            elif token.startswith("#"):
                yield Comment(self._next())
            elif token == "[":
                yield Header(self._until("\n"), self._comment())
            else:
                key = self._until("=")
                self._next()
                self._skip_blanks()
                value = self._array() if self._peek() == "[" else self._until("\n")
                self._skip_blanks()
                yield Assignment(key, value, self._comment())
            self._next()

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _skip_blanks(self) -> bool:
        """Go to the next token that is no blank. False when there is none."""
        while self._peek() != "\n" and self._peek().isspace():
            self._at += 1
        return self._at < len(self._tokens)

    def _comment(self) -> str:
        return self._next().rstrip() if self._peek().startswith("#") else ""

    def _until(self, *ends: str) -> str:
        """What is written up to a comment or one of some tokens, those inside brackets not counted."""
        start, depth = self._at, 0
        while token := self._peek():
            if depth == 0 and (token in ends or token.startswith("#")):
                break
            depth += (token in "[{") - (token in "]}")
            self._at += 1
        return "".join(self._tokens[start : self._at]).strip()

    def _array(self) -> Array:
        self._next()
        self._skip_blanks()
        opening = self._comment()
        items: list[Item] = []
        above: list[str] = []
        on_line = False  # whether the last item ends on this line
        while self._skip_blanks() and self._peek() != "]":
            token = self._peek()
            if token.startswith("#"):
                comment = self._comment()
                if on_line:
                    items[-1] = Item(items[-1].text, items[-1].above, comment)
                else:
                    above.append(comment)
            elif token in (",", "\n"):
                self._next()
                on_line = on_line and token == ","
            else:
                items.append(Item(self._until(",", "\n", "]"), tuple(above)))
                above, on_line = [], True
        self._next()
        return Array(tuple(items), opening, tuple(above))
