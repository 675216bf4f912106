r"""The parser of regexes and the nodes of its tree: the one place that knows how a pattern is written.

It reads the syntax of the regex module (version 0), which ``re`` knows only in part, and every node says where it
stands in the pattern. Nothing is run and nothing is compiled. :mod:`cleaner.patterns.shape` reads off the tree what a
text must hold, :mod:`cleaner.patterns.ambiguity` what a pattern costs when it fails.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from cleaner.patterns.characters import ESCAPE, CharSet, UnreadableError, class_set, escape_set, literal_set

__all__ = ["ENDLESS", "Assertion", "Atomic", "Char", "Choice", "Node", "Reference", "Repeat", "Sequence", "parse"]

ENDLESS = 1 << 30
"""The most times of a repetition without a limit."""


@dataclass(frozen=True, slots=True)
class Char:
    """A node that reads one character: a letter, an escape, a class, a dot.

    Attributes:
        start, end: where it stands in the pattern, a half-open range of code points.
        text: what is written there; a regex of its own.
        chars: the characters it reads.
        ignore_case: whether case makes no difference.
    """

    start: int
    end: int
    text: str
    chars: CharSet
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Assertion:
    r"""A node that reads nothing.

    Attributes:
        start, end: where it stands in the pattern.
        text: an anchor (``^``, ``\b``) or the beginning of a look-around (``(?=``, ``(?<!``).
        body: what a look-around looks for; None for an anchor.
    """

    start: int
    end: int
    text: str
    body: Node | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """One node after the other; without items, the empty pattern."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several branches, of which one may be empty."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Atomic:
    """A group that is not gone back into once it was read: ``(?>…)``."""

    body: Node


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node that is read several times.

    Attributes:
        start, end: where it stands in the pattern, its body and quantifier included.
        body: what is repeated.
        least, most: how many times; ENDLESS for no limit.
        possessive: whether it gives nothing back.
    """

    start: int
    end: int
    body: Node
    least: int
    most: int
    possessive: bool


@dataclass(frozen=True, slots=True)
class Reference:
    r"""What a group has read once more (``\1``, ``(?P=name)``), or a cluster of characters (``\X``).

    Attributes:
        start, end: where it stands in the pattern.
        body: the group; None where that is not known.
    """

    start: int
    end: int
    body: Node | None = None


Node = Char | Assertion | Sequence | Choice | Atomic | Repeat | Reference


def parse(pattern: str, ignore_case: bool = True) -> Node:
    r"""The tree of a pattern. Groups leave no node of their own.

    Args:
        pattern: a regex of the regex module, which is known to compile.
        ignore_case: whether it is compiled to ignore case.

    Raises:
        UnreadableError: the pattern holds fuzzy matching, a conditional, recursion or a rare flag.

    >>> parse("ads?")  # doctest: +ELLIPSIS
    Sequence(items=(Char(start=0, end=1, text='a', ...), ..., Repeat(start=2, end=4, ..., least=0, most=1, ...)))
    >>> parse("(?:ads){e<=1}")
    Traceback (most recent call last):
    ...
    cleaner.patterns.characters.UnreadableError: cannot read '{e<=1}'
    """
    parser = _Parser(pattern, ignore_case)
    try:
        return parser.parse()
    except RecursionError:
        raise UnreadableError("cannot read groups nested that deep") from None


_SPECIAL = frozenset("()[\\.^$*+?")
_ANY = CharSet(is_open=True, is_negated=True)
_QUANTIFIER = re.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_FUZZY = re.compile(r"\{[^}]*[a-z<=][^}]*\}")
_ESCAPE = re.compile(ESCAPE)
_REFERENCE = re.compile(r"\(\?P=(\w+)\)|\\(?![1-3][0-7]{2})([1-9]\d?)|\\g<(\w+)>|\(\?P[>&]\w+\)")
_CLASS = re.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", re.DOTALL)
_COMMENT = re.compile(r"\(\?#[^)]*\)")
_LOOK = re.compile(r"\(\?<?[=!]")
_OPEN = re.compile(r"\(\?([:|>])")
_CAPTURE = re.compile(r"\(\?P?<(\w+)>|\((?![?*])")
_FLAGS = re.compile(r"\(\?([aimsuLbewx]*)(?:-([imswx]+))?([:)])")
_LAYOUT = re.compile(r"(?:\s|#[^\n]*)+")  # what the verbose flag makes of blanks and comments: nothing
_ZERO_WIDTH = frozenset("bBAZzGKmM")
_CLUSTERS = frozenset("XR")  # they read one character or several
_UNKNOWN = 1000  # more groups than a reference can name by number
_SIGNS = {"*": (0, ENDLESS), "+": (1, ENDLESS), "?": (0, 1)}


class _Parser:
    """Recursive descent: each method reads one kind of node from ``at`` on and moves ``at`` behind it."""

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        self.pattern, self.at = pattern, 0
        self.ignore_case, self.verbose = ignore_case, False
        self.groups: dict[str, Node | None] = {}  # by number and name; None for one that is there twice
        self.count = 0

    def parse(self) -> Node:
        tree = self._choice()
        if self.at < len(self.pattern):
            self._give_up()
        return tree

    def _give_up(self) -> NoReturn:
        raise UnreadableError(f"cannot read {self.pattern[self.at :]!r}")

    def _take(self, expected: re.Pattern[str]) -> re.Match[str] | None:
        match = expected.match(self.pattern, self.at)
        if match:
            self.at = match.end()
        return match

    def _next(self) -> str:
        """The next character, or "" at the end."""
        if self.verbose:
            self._take(_LAYOUT)
        return self.pattern[self.at : self.at + 1]

    def _choice(self) -> Node:
        branches = [self._sequence()]
        while self._next() == "|":
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self) -> Node:
        items: list[Node] = []
        while (char := self._next()) and char not in "|)":
            start = self.at
            atom = self._atom(char) if char in _SPECIAL else self._letter(char)
            if atom is not None:
                items.append(self._quantified(atom, start))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def _quantified(self, atom: Node, start: int) -> Node:
        while (char := self._next()) and char in "*+?{":
            match = _QUANTIFIER.match(self.pattern, self.at)
            if match is None or match[0] == "{}":
                break  # letters
            self.at = match.end()
            sign, low, comma, high, mode = match.groups()
            least, most = _SIGNS[sign] if sign else _counts(low, comma, high)
            atom = Repeat(start, self.at, atom, least, most, mode == "+")
        if char == "{" and _FUZZY.match(self.pattern, self.at):
            self._give_up()
        return atom

    def _atom(self, char: str) -> Node | None:
        """What begins with a special character, without its quantifier; None for a comment or a flag."""
        start = self.at
        if char in "*+?":
            self._give_up()
        if char in "(\\" and (reference := self._take(_REFERENCE)):
            return Reference(start, self.at, self.groups.get(reference[reference.lastindex or 0]))
        if char == "(":
            return None if self._take(_COMMENT) else self._group()
        if char == "\\":
            return self._escape()
        if char == "[":
            match = self._take(_CLASS)
            if match is None:
                self._give_up()
            return Char(start, self.at, match[0], class_set(match[0]), self.ignore_case)
        self.at += 1
        if char == ".":
            return Char(start, self.at, char, _ANY, self.ignore_case)
        return Assertion(start, self.at, char)

    def _letter(self, char: str) -> Node:
        self.at += 1
        return Char(self.at - 1, self.at, char, literal_set(char), self.ignore_case)

    def _escape(self) -> Node:
        start = self.at
        match = self._take(_ESCAPE)
        if match is None:
            self._give_up()
        text = match[0]
        if text[1] in _ZERO_WIDTH:
            return Assertion(start, self.at, text)
        if text[1] in _CLUSTERS:
            return Reference(start, self.at)
        return Char(start, self.at, text, escape_set(text), self.ignore_case)

    def _group(self) -> Node | None:
        start, before = self.at, (self.ignore_case, self.verbose)
        if look := self._take(_LOOK):
            body = self._body(before)
            return Assertion(start, self.at, look[0], body)
        if opened := self._take(_OPEN):
            # Branches of (?|…) share the numbers of their groups: those that follow are not known by number.
            self.count += _UNKNOWN if opened[1] == "|" else 0
            body = self._body(before)
            return Atomic(body) if opened[1] == ">" else body
        if capture := self._take(_CAPTURE):
            return self._capture(capture[1] or "", before)
        flags = self._take(_FLAGS)
        if flags is None:
            self._give_up()
        on, off = flags[1], flags[2] or ""
        self.ignore_case = (self.ignore_case or "i" in on) and "i" not in off
        self.verbose = (self.verbose or "x" in on) and "x" not in off
        return self._body(before) if flags[3] == ":" else None

    def _capture(self, name: str, flags_after: tuple[bool, bool]) -> Node:
        if name in self.groups:  # the regex module gives both the same number
            self.groups = dict.fromkeys(self.groups)
            self.count += _UNKNOWN
            return self._body(flags_after)
        self.count += 1
        number = str(self.count)
        body = self._body(flags_after)
        self.groups |= {number: body, name: body} if name else {number: body}
        return body

    def _body(self, flags_after: tuple[bool, bool]) -> Node:
        """What a group holds, up to its parenthesis. Flags hold to the end of the group they are set in."""
        body = self._choice()
        if self._next() != ")":
            self._give_up()
        self.at += 1
        self.ignore_case, self.verbose = flags_after
        return body


def _counts(low: str, comma: str, high: str) -> tuple[int, int]:
    least = int(low or 0)
    return least, (int(high) if high else ENDLESS) if comma else least
