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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
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

_BUCKET = 4  # characters of an edge that are looked up; startswith() does the rest
_BUCKETS = range(1, _BUCKET + 1)
_SHORT = 60  # most lines are longer, and a quarter of the patterns fits no line that is


class _Entry(NamedTuple):
    """What is checked of a line before a pattern becomes a candidate; nothing where a tuple is empty.

    The line must begin (or, read backwards, end) with one of the edges, hold one of the words that the rule names, and
    one of those the pattern requires.
    """

    pattern: int
    longest: int
    edges: tuple[str, ...]
    named: tuple[str, ...]
    required: tuple[str, ...]


class ShapePrefilter:
    """Finds patterns by what their text begins with, else by what it ends in, else by a word it holds.

    Args:
        shapes: the shape of each pattern; a pattern that may match anywhere in a line must have no edges.
        keywords: words the rule of each pattern names; where there are any, a line must hold one of them.
    """

    def __init__(self, shapes: Sequence[Shape], keywords: Sequence[Iterable[str]]) -> None:
        heads: list[tuple[str, _Entry]] = []
        tails: list[tuple[str, _Entry]] = []
        always: list[_Entry] = []
        with_digit: list[_Entry] = []
        words: dict[str, list[_Entry]] = defaultdict(list)
        for pattern, (shape, own) in enumerate(zip(shapes, keywords, strict=True)):
            named = tuple(_searchable_all(own))
            required = tuple(_searchable_all(shape.literals))
            few = [tuple(_searchable_all(words)) for words in shape.also if len(words) <= _FEW_WORDS]
            also = min(few, key=_commonness, default=())
            first = required if len(required) <= _FEW_WORDS else also
            entry = _Entry(pattern, shape.longest, (), named, first)
            if shape.heads:
                heads += _by_bucket(_searchable_all(shape.heads), entry)
            elif shape.tails and not any(tail.startswith("\N{COMBINING DOT ABOVE}") for tail in shape.tails):
                tails += _by_bucket([tail[::-1] for tail in _searchable_all(shape.tails)], entry)
            elif required and (not named or _commonness(required) < _commonness(named)):
                for word in required:
                    words[word].append(entry._replace(required=also))
            elif named:
                for word in named:
                    words[word].append(entry._replace(named=()))
            else:
                (with_digit if shape.digit else always).append(entry)
        self._tables = tuple(
            _Tables(
                [entry for entry in always if entry.longest > least],
                [entry for entry in with_digit if entry.longest > least],
                _edge_table(heads, least),
                _edge_table(tails, least),
            )
            for least in (0, _SHORT)
        )
        self._entries = [tuple(entries) for entries in words.values()]
        self._automaton = _automaton(words)

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        seen: set[tuple[int, int]] = set()
        heads = _DIGIT.sub("0", "\n".join([text[:EDGE] for text in lines.caseless])).split("\n")
        tails = _DIGIT.sub("0", "\n".join([text[: -EDGE - 1 : -1] for text in lines.caseless])).split("\n")
        short, long = self._tables
        for i, text in enumerate(lines.bare):
            tables = short if len(text) <= _SHORT else long
            if tables.always:
                _check(tables.always, "", lines, i, seen)
            if tables.with_digit and _DIGIT.search(text):
                _check(tables.with_digit, "", lines, i, seen)
            head, tail = heads[i], tails[i]
            for length in _BUCKETS:
                if length > len(head):
                    break
                if (found := tables.heads.get(head[:length])) is not None:
                    _check(found, head, lines, i, seen)
                if (found := tables.tails.get(tail[:length])) is not None:
                    _check(found, tail, lines, i, seen)
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(lines.text, overlapping=True)
            if hits:
                starts = [0, *accumulate(map((1).__add__, map(len, lines.lines)))]
                for word, start, _ in hits:
                    _check(self._entries[word], "", lines, bisect_right(starts, start) - 1, seen)
        yield from seen


class _Tables(NamedTuple):
    """The entries that are looked up by a line's edges, and those that have none."""

    always: list[_Entry]
    with_digit: list[_Entry]
    heads: Mapping[str, Sequence[_Entry]]
    tails: Mapping[str, Sequence[_Entry]]


def _searchable_all(texts: Iterable[str]) -> list[str]:
    """Each text as it is looked for, once; none for none."""
    joined = searchable("\n".join(texts))
    return list(dict.fromkeys(joined.split("\n"))) if joined else []


def _by_bucket(edges: Iterable[str], entry: _Entry) -> Iterator[tuple[str, _Entry]]:
    buckets: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        buckets[edge[:_BUCKET]].append(edge)
    pattern, longest, _, named, required = entry
    for bucket, members in buckets.items():
        yield bucket, _Entry(pattern, longest, tuple(members), named, required)


def _edge_table(entries: Iterable[tuple[str, _Entry]], least: int) -> dict[str, list[_Entry]]:
    """The entries of patterns that fit more than ``least`` characters, by their bucket."""
    table: dict[str, list[_Entry]] = defaultdict(list)
    for bucket, entry in entries:
        if entry[1] > least:
            table[bucket].append(entry)
    return dict(table)


def _check(entries: Sequence[_Entry], edge: str, lines: FoldedLines, i: int, seen: set[tuple[int, int]]) -> None:
    text, size = lines.lines[i], len(lines.bare[i])
    for pattern, longest, edges, named, required in entries:
        if size > longest or (edges and not edge.startswith(edges)):
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
