"""Glushkov's automaton of a part of a regex: one state for each character in the pattern.

It answers whether a repetition of the part can read one text in two ways.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import regex

from cleaner.patterns import syntax
from cleaner.patterns.characters import CharSet, UnreadableError
from cleaner.patterns.syntax import ENDLESS, Atomic, Char, Choice, Node, Reference, Repeat

__all__ = ["MANY", "alphabet_of", "is_ambiguous"]

MANY = 20
"""Times from which on a repetition counts as endless: 2^20 ways take as long as forever."""

_MOST_COPIES = 4  # of what is repeated a certain number of times: a fifth changes nothing
_MOST_EXTRA = 2
_MOST_STATES = 6000
_MOST_EDGES = 400_000
_MOST_PAIRS = 400_000

_SAMPLE = (
    "".join(map(chr, range(32, 127)))
    + "\t\n\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{COMBINING ACUTE ACCENT}\N{DEVANAGARI VOWEL SIGN AA}"
    + "éÉßñøØžŽǅªжЖЩщїαΩաԱ中的あアー한اב٣३กాతదಕමසខမააἀ"
    + "–—…•«»“”’„·©€²½№、。「」（）：！？،।📷❤"
)


def alphabet_of(pattern: str) -> str:
    """Characters that stand for all others: of every kind some, and all that the pattern names."""
    return "".join(dict.fromkeys(_SAMPLE + pattern + pattern.swapcase()))


def is_ambiguous(body: Node, alphabet: str) -> bool:
    r"""Whether a repetition of the body can read some text in two ways and be where it was.

    All states can reach each other, since the body repeats; so it is enough to look at one of them. Where possessive
    runs keep states apart, each that the body begins with is looked at: every round goes through one.

    Args:
        body: what is repeated.
        alphabet: the characters to try, from :func:`alphabet_of`.

    >>> from cleaner.patterns.syntax import parse
    >>> [is_ambiguous(parse(text), alphabet_of(text)) for text in (r"\w+ ?", r"\w+ ")]
    [True, False]
    """
    automaton = _Automaton(alphabet)
    try:
        part = automaton.part(body)
        automaton.connect(part.last, part.first)
    except UnreadableError:
        return False
    homes = set(part.first) if automaton.is_closed else part.first[:1]
    return any(_has_two_ways(automaton.edges, home) for home in homes)


# A set of characters is a number whose bits are the characters of the alphabet.


@lru_cache(maxsize=4096)
def _bits(text: str, ignore_case: bool, alphabet: str) -> int:
    flags = regex.IGNORECASE if ignore_case else 0
    try:
        compiled = regex.compile(text, flags)
    except regex.error:
        raise UnreadableError(f"cannot read {text!r}") from None
    return sum(1 << i for i, char in enumerate(alphabet) if compiled.match(char))


class _Part(NamedTuple):
    """What is known of a part: how it can be empty, which states it begins with, which end it and what may follow.

    Every way counts: an entry that stands twice is two ways. ``empty`` is 2 for several.
    """

    empty: int
    first: list[int]
    last: list[tuple[int, int]]


_ANY_TEXT = Repeat(0, 0, Char(0, 0, ".", CharSet(is_open=True, is_negated=True), False), 0, ENDLESS, True)


class _Automaton:
    """States are the characters of the pattern, each with the set it reads; edges, with what may be read on them."""

    def __init__(self, alphabet: str) -> None:
        self.alphabet = alphabet
        self.every = (1 << len(alphabet)) - 1
        self.reads: list[int] = []
        self.edges: list[list[tuple[int, int]]] = []
        self.count = 0
        self.is_closed = False  # whether something possessive forbids some edges

    def part(self, node: Node) -> _Part:
        """Add the states of a node and the edges between them."""
        if isinstance(node, Char):
            return self._state(node)
        if isinstance(node, syntax.Sequence):
            whole = _Part(1, [], [])
            for item in node.items:
                whole = self._then(whole, self.part(item))
            return whole
        if isinstance(node, Choice):
            return _either([self.part(branch) for branch in node.branches])
        if isinstance(node, Repeat):
            return self._repeated(node)
        if isinstance(node, Reference):
            return self._repeated(_ANY_TEXT)
        if isinstance(node, Atomic):
            body = node.body
            return self.part(replace(body, possessive=True) if isinstance(body, Repeat) else body)
        return _Part(1, [], [])

    def _state(self, node: Char) -> _Part:
        if len(self.reads) >= _MOST_STATES:
            raise UnreadableError("too many states")
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
            raise UnreadableError("too many edges")
        for end, may_follow in ends:
            self.edges[end] += [
                (start, self.reads[start] & may_follow) for start in starts if self.reads[start] & may_follow
            ]

    def _repeated(self, node: Repeat) -> _Part:
        least, extra = min(node.least, _MOST_COPIES), min(node.most - node.least, _MOST_EXTRA)
        if node.most >= MANY and node.most > node.least:
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

    def _closed(self, node: Repeat, whole: _Part) -> _Part:
        """A possessive run of characters is not followed by one more of them."""
        if not isinstance(node.body, Char) or node.most < ENDLESS:
            return whole
        self.is_closed = True
        others = self.every & ~_bits(node.body.text, node.body.ignore_case, self.alphabet)
        return whole._replace(last=[(state, follow & others) for state, follow in whole.last])


def _either(parts: Sequence[_Part]) -> _Part:
    first = [state for part in parts for state in part.first]
    last = [end for part in parts for end in part.last]
    return _Part(min(2, sum(part.empty for part in parts)), first, last)


def _optional(part: _Part) -> _Part:
    return part._replace(empty=1)


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
