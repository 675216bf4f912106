r"""What a regex costs when it fails, and what its anchors are worth: read off its text, nothing is run.

A repetition of repetitions is slow when a text can be shared out between the two in several ways: ``(?:\w+ ?)+`` reads
"abc" as one word, two or three, and a line of fifty letters that does not match in the end can be tried in 2^49 ways.
The regex module remembers some failures, so that ``(a+)+`` is quick; ``(a|a)+`` and ``(?:a+){1,40}`` are not.
Whether there are several ways is decided on the automaton of the repetition's body (Glushkov's: one state for each
character in the pattern): there are when two different paths lead with the same text from a state back to it.

``re``'s parser forgets where things stood and does not know ``\p{…}``, so this module has its own. What it cannot
read (fuzzy matching, conditionals, the verbose flag) gives no findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, NoReturn

import regex

__all__ = ["Anchor", "Piece", "needless_anchors", "nested_repetitions"]


class Piece(NamedTuple):
    """A part of a pattern: where it begins and ends, and its text."""

    start: int
    end: int
    text: str


class Anchor(NamedTuple):
    """An anchor at an edge of a pattern or of one of its alternatives.

    Attributes:
        start, end: where it stands.
        one_of_several: it binds to one alternative only, while another has none.
    """

    start: int
    end: int
    one_of_several: bool


def nested_repetitions(pattern: str, case_sensitive: bool = False) -> list[Piece]:
    r"""Repetitions without end that can read a text in exponentially many ways, innermost only, in order.

    >>> nested_repetitions(r"by (?:\w+ ?)+ today")
    [Piece(start=3, end=13, text='(?:\\w+ ?)+')]
    >>> nested_repetitions(r"by (?:\w+ )+today"), nested_repetitions(r"by (?:\w++ ?)+ today")
    ([], [])
    """
    try:
        tree = _Parser(pattern, not case_sensitive).parse()
    except _UnreadableError:
        return []
    alphabet = _alphabet(pattern)
    found: list[Piece] = []
    for repeat in _repeats(tree):
        inside = any(repeat.start <= piece.start and piece.end <= repeat.end for piece in found)
        if not inside and _is_ambiguous(repeat.body, alphabet):
            found.append(Piece(repeat.start, repeat.end, pattern[repeat.start : repeat.end]))
    return sorted(found)


def needless_anchors(pattern: str) -> list[Anchor]:
    r"""Anchors at the beginning and the end of a pattern, or of its alternatives.

    A pattern for the whole line needs none; in one that is searched for, those that bind to one alternative are
    suspicious still.

    >>> needless_anchors("^ads|label$")
    [Anchor(start=0, end=1, one_of_several=True), Anchor(start=10, end=11, one_of_several=True)]
    >>> needless_anchors(r"\Aads")
    [Anchor(start=0, end=2, one_of_several=False)]
    >>> needless_anchors(r"ads(?=,|$)")
    []
    """
    try:
        tree = _Parser(pattern, True).parse()
    except _UnreadableError:
        return []
    branches = tree.branches if isinstance(tree, _Choice) else (tree,)
    found: list[Anchor] = []
    for edge, names in ((0, _BEGIN), (-1, _END)):
        anchors = [_anchor(branch, edge, names) for branch in branches]
        found += [Anchor(anchor.start, anchor.end, None in anchors) for anchor in anchors if anchor is not None]
    return sorted(found)


_BEGIN = frozenset(["^", r"\A"])
_END = frozenset(["$", r"\Z", r"\z"])


def _anchor(branch: _Node, edge: int, names: frozenset[str]) -> _Assertion | None:
    items = branch.items if isinstance(branch, _Sequence) else (branch,)
    node = items[edge] if items else None
    return node if isinstance(node, _Assertion) and node.text in names else None


# The tree. Each node says where it stands in the pattern, so that it can be shown.


@dataclass(frozen=True, slots=True)
class _Char:
    """Something that reads one character: a letter, a class, a dot."""

    start: int
    end: int
    text: str
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class _Assertion:
    """Something that reads nothing. A look-around has a body."""

    start: int
    end: int
    text: str
    body: _Node | None = None


@dataclass(frozen=True, slots=True)
class _Sequence:
    items: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Choice:
    branches: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Atomic:
    body: _Node


@dataclass(frozen=True, slots=True)
class _Repeat:
    start: int
    end: int
    body: _Node
    least: int
    most: int
    possessive: bool


_Node = _Char | _Assertion | _Sequence | _Choice | _Atomic | _Repeat

_ENDLESS = 1 << 30


class _UnreadableError(Exception):
    """The pattern has something this module does not know."""


_QUANTIFIER = regex.compile(r"(?:([*+?])|\{(\d*)(,?)(\d*)\})([?+]?)")
_ESCAPE = regex.compile(
    r"\\(?:[pPN]\{[^}]*\}|[pP][A-Z]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", regex.DOTALL
)
_REFERENCE = regex.compile(r"\(\?P[=>&]\w+\)|\\[1-9]\d?|\\g<\w+>")
_CLASS = regex.compile(r"\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]", regex.DOTALL)
_COMMENT = regex.compile(r"\(\?#[^)]*\)")
_LOOK = regex.compile(r"\(\?<?[=!]")
_NAMED = regex.compile(r"\(\?P?<\w+>|\(\?[:|]|\((?!\?)")
_FLAGS = regex.compile(r"\(\?([aimsuLfbew]*)(?:-([imsw]+))?([:)])")
_ZERO_WIDTH = frozenset("bBAZzGKmM")


class _Parser:
    """Recursive descent over the syntax of the regex module, version 0."""

    def __init__(self, pattern: str, ignore_case: bool) -> None:
        self.pattern, self.ignore_case, self.at = pattern, ignore_case, 0

    def parse(self) -> _Node:
        tree = self._choice()
        if self.at < len(self.pattern):
            self._give_up()
        return tree

    def _give_up(self) -> NoReturn:
        raise _UnreadableError(self.pattern[self.at :])

    def _take(self, expected: regex.Pattern[str]) -> regex.Match[str] | None:
        match = expected.match(self.pattern, self.at)
        if match:
            self.at = match.end()
        return match

    def _choice(self) -> _Node:
        branches = [self._sequence()]
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            branches.append(self._sequence())
        return branches[0] if len(branches) == 1 else _Choice(tuple(branches))

    def _sequence(self) -> _Node:
        items: list[_Node] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            atom = self._atom()
            if atom is not None:
                items.append(self._quantified(atom, start))
        return items[0] if len(items) == 1 else _Sequence(tuple(items))

    def _quantified(self, atom: _Node, start: int) -> _Node:
        while match := _QUANTIFIER.match(self.pattern, self.at):
            sign, low, comma, high, mode = match.groups()
            if not (sign or low or high):
                break  # "{}" and "{,}" are letters
            self.at = match.end()
            least, most = _SIGNS[sign] if sign else _counts(low, comma, high)
            atom = _Repeat(start, self.at, atom, least, most, mode == "+")
        if self.pattern[self.at : self.at + 1] == "{" and regex.match(r"\{[^}]*[<=]", self.pattern[self.at :]):
            self._give_up()  # fuzzy
        return atom

    def _atom(self) -> _Node | None:
        start, char = self.at, self.pattern[self.at]
        if self._take(_COMMENT):
            return None
        if self._take(_REFERENCE):
            return _Repeat(start, self.at, _Char(start, self.at, ".", False), 0, _ENDLESS, True)
        if char == "(":
            return self._group()
        if char in "^$":
            self.at += 1
            return _Assertion(start, self.at, char)
        if char == "[":
            match = self._take(_CLASS)
        elif char == "\\":
            match = self._take(_ESCAPE)
            if match and match[0][1] in _ZERO_WIDTH:
                return _Assertion(start, self.at, match[0])
        else:
            self.at += 1
            return _Char(start, self.at, char, self.ignore_case)
        if match is None:
            self._give_up()
        return _Char(start, self.at, match[0], self.ignore_case)

    def _group(self) -> _Node | None:
        start, before = self.at, self.ignore_case
        if look := self._take(_LOOK):
            body = self._body(before)
            return _Assertion(start, self.at, look[0], body)
        if self.pattern.startswith("(?>", start):
            self.at += 3
            return _Atomic(self._body(before))
        if self._take(_NAMED):
            return self._body(before)
        flags = self._take(_FLAGS)
        if flags is None:
            self._give_up()
        if "i" in flags[1]:
            self.ignore_case = True
        if "i" in (flags[2] or ""):
            self.ignore_case = False
        return self._body(before) if flags[3] == ":" else None

    def _body(self, ignore_case_after: bool) -> _Node:
        body = self._choice()
        if self.pattern[self.at : self.at + 1] != ")":
            self._give_up()
        self.at += 1
        self.ignore_case = ignore_case_after
        return body


_SIGNS = {"*": (0, _ENDLESS), "+": (1, _ENDLESS), "?": (0, 1)}


def _counts(low: str, comma: str, high: str) -> tuple[int, int]:
    least = int(low or 0)
    return least, (int(high) if high else _ENDLESS) if comma else least


_MANY = 20  # 2^20 ways take as long as forever


def _repeats(node: _Node, committed: bool = False) -> Iterator[_Repeat]:
    """Repetitions of many times that can be gone back into, the inner before the outer.

    ``committed`` says that what is read is final once it was read to its end: then nothing comes back.
    """
    if isinstance(node, _Repeat):
        yield from _repeats(node.body)
        if node.most >= _MANY and not node.possessive and not committed and not isinstance(node.body, _Char):
            yield node
    elif isinstance(node, _Atomic):
        yield from _repeats(node.body, True)
    elif isinstance(node, _Assertion):
        if node.body is not None:
            yield from _repeats(node.body, True)
    elif isinstance(node, _Sequence):
        for item in node.items:
            yield from _repeats(item)
    elif isinstance(node, _Choice):
        for branch in node.branches:
            yield from _repeats(branch)


# Characters. A class is a set of those that stand for all, as the bits of a number.

_SAMPLE = (
    "".join(map(chr, range(32, 127)))
    + "\t\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{COMBINING ACUTE ACCENT}\N{DEVANAGARI VOWEL SIGN AA}"
    + "éÉßñøØžŽǅªжЖЩщїαΩաԱ中的あアー한اב٣३กাதతಕമසខမააἀ"
    + "–—…•«»“”’„·©€²½№、。「」（）：！？،।📷❤"
)


def _alphabet(pattern: str) -> str:
    """Characters that stand for all others: of every kind some, and all that the pattern names."""
    return "".join(dict.fromkeys(_SAMPLE + pattern + pattern.swapcase()))


@lru_cache(maxsize=4096)
def _bits(text: str, ignore_case: bool, alphabet: str) -> int:
    flags = regex.IGNORECASE if ignore_case else 0
    try:
        compiled = regex.compile(text, flags)
    except regex.error:
        raise _UnreadableError(text) from None
    return sum(1 << i for i, char in enumerate(alphabet) if compiled.match(char))


# The automaton of a repetition's body.

_MOST_COPIES = 4  # of what is repeated a certain number of times: a fifth changes nothing
_MOST_EXTRA = 2
_MOST_STATES = 6000
_MOST_EDGES = 400_000
_MOST_PAIRS = 400_000


class _Part(NamedTuple):
    """What is known of a part: how it can be empty, which states it begins with, which end it and what may follow.

    Every way counts: an entry that stands twice is two ways. ``empty`` is 2 for several.
    """

    empty: int
    first: list[int]
    last: list[tuple[int, int]]


class _Automaton:
    """States are the characters of the pattern, each with the set it reads; edges, with what may be read on them."""

    def __init__(self, alphabet: str) -> None:
        self.alphabet = alphabet
        self.every = (1 << len(alphabet)) - 1
        self.reads: list[int] = []
        self.edges: list[list[tuple[int, int]]] = []
        self.count = 0
        self.is_closed = False  # whether something possessive forbids some edges

    def part(self, node: _Node) -> _Part:
        if isinstance(node, _Char):
            return self._state(node)
        if isinstance(node, _Sequence):
            whole = _Part(1, [], [])
            for item in node.items:
                whole = self._then(whole, self.part(item))
            return whole
        if isinstance(node, _Choice):
            parts = [self.part(branch) for branch in node.branches]
            first = [state for part in parts for state in part.first]
            return _Part(min(2, sum(part.empty for part in parts)), first, [end for part in parts for end in part.last])
        if isinstance(node, _Repeat):
            return self._repeated(node)
        if isinstance(node, _Atomic):
            body = node.body
            return self.part(replace(body, possessive=True) if isinstance(body, _Repeat) else body)
        return _Part(1, [], [])

    def _state(self, node: _Char) -> _Part:
        if len(self.reads) >= _MOST_STATES:
            raise _UnreadableError("too many states")
        self.reads.append(_bits(node.text, node.ignore_case, self.alphabet))
        self.edges.append([])
        state = len(self.reads) - 1
        return _Part(0, [state], [(state, self.every)])

    def _then(self, left: _Part, right: _Part) -> _Part:
        self.connect(left.last, right.first)
        return _Part(
            min(2, left.empty * right.empty),
            left.first + right.first * left.empty,
            right.last + left.last * right.empty,
        )

    def connect(self, ends: Sequence[tuple[int, int]], starts: Sequence[int]) -> None:
        self.count += len(ends) * len(starts)
        if self.count > _MOST_EDGES:
            raise _UnreadableError("too many edges")
        for end, may_follow in ends:
            self.edges[end] += [
                (start, self.reads[start] & may_follow) for start in starts if self.reads[start] & may_follow
            ]

    def _repeated(self, node: _Repeat) -> _Part:
        least, extra = min(node.least, _MOST_COPIES), min(node.most - node.least, _MOST_EXTRA)
        if node.most >= _MANY and node.most > node.least:
            copies = [self.part(node.body) for _ in range(max(1, least))]
            self.connect(copies[-1].last, copies[-1].first)
            optional, count = least == 0, len(copies)
        else:
            copies = [self.part(node.body) for _ in range(least + extra)]
            optional, count = False, least
        whole = _Part(1, [], [])
        for copy in reversed(copies[count:]):
            whole = _optional(self._then(copy, whole))
        for copy in reversed(copies[:count]):
            whole = self._then(copy, whole)
        whole = _optional(whole) if optional else whole
        return self._closed(node, whole) if node.possessive else whole

    def _closed(self, node: _Repeat, whole: _Part) -> _Part:
        """A possessive run of characters is not followed by one more of them."""
        if not isinstance(node.body, _Char) or node.most < _ENDLESS:
            return whole
        self.is_closed = True
        others = self.every & ~_bits(node.body.text, node.body.ignore_case, self.alphabet)
        return whole._replace(last=[(state, follow & others) for state, follow in whole.last])


def _optional(part: _Part) -> _Part:
    return part._replace(empty=1)


def _is_ambiguous(body: _Node, alphabet: str) -> bool:
    """Whether a repetition of the body can read some text in two ways and be where it was.

    All states can reach each other, since the body repeats; so it is enough to look at one of them. Where possessive
    runs keep states apart, each that the body begins with is looked at: every round goes through one.
    """
    automaton = _Automaton(alphabet)
    try:
        part = automaton.part(body)
        automaton.connect(part.last, part.first)
    except _UnreadableError:
        return False
    homes = set(part.first) if automaton.is_closed else part.first[:1]
    return any(_has_two_ways(automaton.edges, home) for home in homes)


def _has_two_ways(edges: Sequence[Sequence[tuple[int, int]]], home: int) -> bool:
    """Whether two different paths lead with the same text from a state back to it: a walk over pairs of states."""
    together, seen = {home}, set[tuple[int, int]]()
    walk = [home]
    apart: list[tuple[int, int]] = []
    while walk:
        state = walk.pop()
        ways = edges[state]
        for i, (one, reads) in enumerate(ways):
            apart += [(one, other) for other, also in ways[i + 1 :] if reads & also]
            if one not in together:
                together.add(one)
                walk.append(one)
    while apart:
        one, other = pair = apart.pop()
        if one > other:
            pair = (other, one)
        if pair in seen:
            continue
        seen.add(pair)
        if pair == (home, home):
            return True
        if len(seen) > _MOST_PAIRS:
            return False
        apart += [(left, right) for left, reads in edges[one] for right, also in edges[other] if reads & also]
    return False
