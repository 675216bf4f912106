"""Which patterns may match which lines: the question that makes the cost of a line independent of the number of rules.

Four lines of five begin with nothing any pattern begins with. What a pattern's text must begin with, end in or hold is
read off the pattern (``cleaner.literals``), so most patterns are found by looking up the first characters of a line,
and an Aho-Corasick automaton looks only for the words of those that may begin and end in anything: on the articles of
the benchmark an automaton of all words reads 41 million characters a second, that of the rest 170 million.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple, Protocol

import ahocorasick_rs

from cleaner.literals import EDGE, Shape
from cleaner.segment import FoldedLines, searchable

__all__ = ["EveryPattern", "Prefilter", "ShapePrefilter"]


class Prefilter(Protocol):
    """Finds which patterns may match which line. May name too many, never too few."""

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        """Pairs of an index of a line and an index of a pattern, each pair once."""


class EveryPattern:
    """The reference prefilter: every pattern may match every line that has one of the keywords its rule names."""

    def __init__(self, keywords: Sequence[Iterable[str]]) -> None:
        self._keywords = [tuple(map(searchable, words)) for words in keywords]

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        for i, line in enumerate(lines.lines):
            for pattern, words in enumerate(self._keywords):
                if not words or any(word in line for word in words):
                    yield i, pattern


_DIGIT = re.compile(r"\d")
_FEW_WORDS = 24  # more of them cost as much to look for one by one as the regex costs to run
_SMALL_AUTOMATON = 50_000


class _Entry(NamedTuple):
    """What is checked of a line before a pattern becomes a candidate; nothing where it is empty.

    The line must hold a digit, end in one of the tails, hold one of the words that the rule names, and one of those
    the pattern requires.
    """

    pattern: int
    longest: int
    digit: bool
    tails: frozenset[str]
    named: tuple[str, ...]
    required: tuple[str, ...]


_NO_TAILS = frozenset[str]()


_longest = attrgetter("longest")


class ShapePrefilter:
    """Finds patterns by what their text begins with, else by what it ends in, else by a word it holds.

    Args:
        shapes: the shape of each pattern; a pattern that may match anywhere in a line must have no edges.
        keywords: words the rule of each pattern names; where there are any, a line must hold one of them.
    """

    def __init__(self, shapes: Sequence[Shape], keywords: Sequence[Iterable[str]]) -> None:
        self._heads, self._tails = _Edges(), _Edges()
        self._always: list[_Entry] = []
        words: dict[str, list[_Entry]] = defaultdict(list)
        for pattern, (shape, own) in enumerate(zip(shapes, keywords, strict=True)):
            named = tuple(map(searchable, own))
            required = shape.literals
            also = min((few for few in shape.also if len(few) <= _FEW_WORDS), key=_commonness, default=())
            first = required if len(required) <= _FEW_WORDS else also
            entry = _Entry(pattern, shape.longest, shape.digit, _NO_TAILS, named, first)
            if shape.heads:
                self._heads.add(shape.heads, entry._replace(tails=frozenset(shape.tails)))
            elif shape.tails:
                self._tails.add([tail[::-1] for tail in shape.tails], entry)
            elif required and (not named or _commonness(required) < _commonness(named)):
                for word in required:
                    words[word].append(entry._replace(required=also))
            elif named:
                for word in named:
                    words[word].append(entry._replace(named=()))
            else:
                self._always.append(entry)
        for entries in (self._always, *self._heads.all(), *self._tails.all(), *words.values()):
            if len(entries) > 1:
                entries.sort(key=_longest, reverse=True)
        self._entries = list(words.values())
        self._automaton = _automaton(words)

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        seen: set[tuple[int, int]] = set()
        texts = lines.caseless
        heads = _DIGIT.sub("0", "\n".join([text[:EDGE] for text in texts])).split("\n")
        tails = _DIGIT.sub("0", "\n".join([text[-EDGE:] for text in texts])).split("\n")
        if self._always:
            longest = self._always[0].longest
            for i, text in enumerate(lines.bare):
                if len(text) <= longest:
                    _check(self._always, tails[i], lines, i, seen)
        for i, entries in self._heads.of(heads):
            _check(entries, tails[i], lines, i, seen)
        for i, entries in self._tails.of([tail[::-1] for tail in tails]):
            _check(entries, tails[i], lines, i, seen)
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(lines.text, overlapping=True)
            if hits:
                starts = [0, *accumulate(map((1).__add__, map(len, lines.lines)))]
                for word, start, _ in hits:
                    i = bisect_right(starts, start) - 1
                    _check(self._entries[word], tails[i], lines, i, seen)
        yield from seen


_ROOT = 4


class _Edges:
    """Entries by one edge of the line each, of one to EDGE characters.

    The first few characters of a line tell how long the edges are that begin with them; most lines begin with nothing
    that any edge begins with.
    """

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = {}
        self._lengths: dict[str, list[int]] = {}

    def add(self, edges: Iterable[str], entry: _Entry) -> None:
        for edge in edges:
            known = self._entries.get(edge)
            if known is not None:
                known.append(entry)
                continue
            self._entries[edge] = [entry]
            size = len(edge)
            lengths = self._lengths.setdefault(edge[:1] if size < _ROOT else edge[:_ROOT], [])
            if size not in lengths:
                lengths.append(size)

    def all(self) -> Iterable[list[_Entry]]:
        return self._entries.values()

    def of(self, edges: Sequence[str]) -> Iterator[tuple[int, list[_Entry]]]:
        """Pairs of the index of an edge of a line and the entries that it begins like."""
        entries, lengths = self._entries.get, self._lengths.get
        for i, edge in enumerate(edges):
            for known in (lengths(edge[:1]), lengths(edge[:_ROOT])):
                if known is not None:
                    for length in known:
                        found = entries(edge[:length])
                        if found is not None:
                            yield i, found


def _check(entries: Iterable[_Entry], tail: str, lines: FoldedLines, i: int, seen: set[tuple[int, int]]) -> None:
    """Add the pairs of a line and the patterns it may match; ``entries`` with the longest text come first."""
    text, size = lines.lines[i], len(lines.bare[i])
    for pattern, longest, digit, tails, named, required in entries:
        if size > longest:
            return  # those that follow are for shorter lines still
        if digit and not _DIGIT.search(text):
            continue
        if tails and not (tail[-4:] in tails or tail[-3:] in tails or tail[-2:] in tails or tail[-1:] in tails):
            continue
        # Loops, since any() with a generator takes twice as long, and most of this module's time went there.
        if named:
            for word in named:
                if word in text:
                    break
            else:
                continue
        if required:
            for word in required:
                if word in text:
                    break
            else:
                continue
        seen.add((i, pattern))


def _commonness(words: Iterable[str]) -> float:
    """How often one of the words is to be expected at a place of a text, roughly: which of two sets is the rarer."""
    return sum(math.prod(_FREQUENCY.get(_kind(char), 0.005) for char in word) for word in words)


_FREQUENCY = {"letter": 0.08, "blank": 0.16, "digit": 0.02}


def _kind(char: str) -> str:
    if "a" <= char <= "z":
        return "letter"
    return "blank" if char == " " else "digit" if char.isdigit() else "other"


def _automaton(words: Iterable[str]) -> ahocorasick_rs.AhoCorasick | None:
    """The fastest automaton that does not take much memory: a DFA's grows with the number of characters."""
    listed = list(words)
    if not listed:
        return None
    small = sum(map(len, listed)) <= _SMALL_AUTOMATON
    kind = ahocorasick_rs.Implementation.DFA if small else ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(listed, implementation=kind)
