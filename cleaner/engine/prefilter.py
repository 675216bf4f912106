"""Which patterns may match which lines: the question that makes the cost of a line independent of the number of rules.

Four lines of five begin with nothing any pattern begins with. What a pattern's text must begin with, end in or hold is
read off the pattern (``cleaner.patterns.shape``). Most patterns are found by looking up the first characters of a line.
An Aho-Corasick automaton looks for the words of the others: those that may begin and end in anything, and those that
begin like many a line. Before a regex runs, all is asked of the line that can be asked without one: a regex that is not
in the processor's cache takes 20 microseconds to refuse a line, and ten words to be looked for take one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import NamedTuple, Protocol

import ahocorasick_rs

from cleaner.patterns.shape import EDGE, Shape
from cleaner.text.normalize import FoldedLines, searchable

__all__ = ["EveryPattern", "PatientPrefilter", "Prefilter", "ShapePrefilter"]


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
_MANY_WORDS = 64  # unless they are telling, so that the regex hardly ever runs
_TELLING = 6  # characters of the shortest word
_COMMON_HEADS = ((4, 5), (3, 4))  # so short a beginning is that of many a line; words from so many characters are rarer


class _Entry(NamedTuple):
    """What is checked of a line before a pattern becomes a candidate; nothing where it is empty.

    The line must hold a digit among so many of its first characters, end in one of the tails, begin with one of the
    heads, and hold a word of each set: those that the rule names, and those that the pattern requires.
    """

    pattern: int
    longest: int
    digit: int
    tails: frozenset[str] = frozenset()
    heads: tuple[str, ...] = ()
    sets: tuple[tuple[str, ...], ...] = ()


def _longest(numbered: tuple[int, tuple[Shape, Iterable[str]]]) -> int:
    """By what patterns are ordered: in each list of entries those for the longest lines come first."""
    return numbered[1][0].longest


class ShapePrefilter:
    """Finds patterns by what their text begins with, else by what it ends in, else by a word it holds.

    Words come first where they are telling and the edges are not: "the", what ends in "ion.".

    Args:
        shapes: the shape of each pattern; a pattern that may match anywhere in a line must have no edges.
        keywords: words the rule of each pattern names; where there are any, a line must hold one of them.
    """

    def __init__(self, shapes: Sequence[Shape], keywords: Sequence[Iterable[str]]) -> None:
        self._heads, self._tails = _Edges(), _Edges()
        self._always: list[_Entry] = []
        words: dict[str, list[_Entry]] = defaultdict(list)
        numbered = enumerate(zip(shapes, keywords, strict=True))
        for pattern, (shape, own) in sorted(numbered, key=_longest, reverse=True):
            named, required = tuple(map(searchable, own)), shape.literals
            sets = tuple(few for few in (named, required, *shape.also) if _is_quick(few) or (few is named and named))
            entry = _Entry(pattern, shape.longest, shape.digit, sets=sets)
            if shape.heads:
                entry = entry._replace(tails=frozenset(shape.tails))
            if shape.heads and not _are_rarer(required, shape.heads):
                self._heads.add(shape.heads, entry)
            elif shape.tails and not shape.heads and not _least(required) >= _TELLING:
                self._tails.add([tail[::-1] for tail in shape.tails], entry)
            elif required or named:
                first = min(filter(None, (named, required, *shape.also)), key=_commonness)
                others = tuple(few for few in entry.sets if few != first)
                entry = entry._replace(heads=shape.heads, sets=others)
                for word in first:
                    words[word].append(entry)
            else:
                self._always.append(entry)
        self._entries = list(words.values())
        self._automaton = _automaton(words)

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        texts, sizes = lines.caseless, list(map(len, lines.bare))
        # Blanks that are no layout may still stand at the edges, and shapes leave out a pattern's blanks there.
        heads = _DIGIT.sub("0", "\n".join([text.lstrip()[:EDGE] for text in texts])).split("\n")
        tails = _DIGIT.sub("0", "\n".join([text.rstrip()[-EDGE:] for text in texts])).split("\n")
        found = chain(
            ((i, self._always) for i in range(len(sizes) if self._always else 0)),
            self._heads.of(heads),
            self._tails.of([tail[::-1] for tail in tails]),
            self._by_word(lines),
        )
        # A list of entries begins with one for the longest lines.
        return iter(_checked([(i, entries) for i, entries in found if sizes[i] <= entries[0][1]], heads, tails, lines))

    def _by_word(self, lines: FoldedLines) -> Iterator[tuple[int, list[_Entry]]]:
        """Pairs of the index of a line and the entries of a word that stands in it."""
        hits = self._automaton.find_matches_as_indexes(lines.text, overlapping=True) if self._automaton else ()
        if not hits:
            return
        ends = list(accumulate(map((1).__add__, map(len, lines.lines))))
        line_of: dict[int, int] = {}  # the last line that each word was found in
        i = 0
        for word, start, _ in hits:  # in order, and none goes over the end of its line
            while start >= ends[i]:
                i += 1
            if line_of.get(word) != i:  # or it stands there once more
                line_of[word] = i
                yield i, self._entries[word]


_FEW_LINES = 24  # as many take as long to look at one by one as the tables of ShapePrefilter take to make


class PatientPrefilter:
    """Makes the tables of :class:`ShapePrefilter` when there are more than a few lines to look at.

    A process that cleans one short text is done before they would be ready.

    Args:
        shapes, keywords: as for :class:`ShapePrefilter`.
    """

    def __init__(self, shapes: Sequence[Shape], keywords: Sequence[Iterable[str]]) -> None:
        known: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
        for words in map(tuple, keywords):
            known[words] = known.get(words) or tuple(map(searchable, words))
        self._shapes, self._keywords = shapes, [known[tuple(words)] for words in keywords]
        self._lines = 0

    def candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        self._lines += len(lines.lines)
        return self._candidates(lines) if self._lines <= _FEW_LINES else self._tables.candidates(lines)

    @cached_property
    def _tables(self) -> ShapePrefilter:
        return ShapePrefilter(self._shapes, self._keywords)

    def _candidates(self, lines: FoldedLines) -> Iterator[tuple[int, int]]:
        for i, (text, bare) in enumerate(zip(lines.lines, lines.bare, strict=True)):
            holds = text.__contains__
            edges = _DIGIT.sub("0", lines.caseless[i].strip())
            first_digit = _first_digit(bare)
            for pattern, (shape, named) in enumerate(zip(self._shapes, self._keywords, strict=True)):
                if (
                    len(bare) <= shape.longest
                    and (not shape.digit or first_digit <= shape.digit)
                    and (not shape.heads or edges.startswith(shape.heads))
                    and (not shape.tails or edges.endswith(shape.tails))
                    and all(any(map(holds, words)) for words in (named, shape.literals, *shape.also) if words)
                ):
                    yield i, pattern


def _is_quick(words: Sequence[str]) -> bool:
    """Whether it pays to look for words one by one before a regex runs."""
    return 0 < len(words) <= (_MANY_WORDS if _least(words) >= _TELLING else _FEW_WORDS)


def _are_rarer(words: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether fewer lines hold one of some words than begin with one of the heads."""
    head, word = _least(heads), _least(words)
    return any(head <= common and word >= rare for common, rare in _COMMON_HEADS)


def _least(texts: Iterable[str]) -> int:
    return min(map(len, texts), default=0)


_ROOT = 4
_MOST_ROOTS = 20_000  # of which is kept what begins like them: a language has some thousand


class _Edges:
    """Entries by one edge of the line each, of one to EDGE characters.

    The first few characters of a line tell how long the edges are that begin with them; most lines begin with nothing
    that any edge begins with.
    """

    def __init__(self) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._short: dict[str, list[list[_Entry]]] = {}

    def add(self, edges: Iterable[str], entry: _Entry) -> None:
        entries = self._entries
        for edge in edges:
            entries[edge].append(entry)

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """How long the edges are, from _ROOT characters on, by their first ones."""
        found: dict[str, set[int]] = defaultdict(set)
        for edge in self._entries:
            if len(edge) >= _ROOT:
                found[edge[:_ROOT]].add(len(edge))
        return {root: sorted(sizes) for root, sizes in found.items()}

    def of(self, edges: Sequence[str]) -> Iterator[tuple[int, list[_Entry]]]:
        """Pairs of the index of a line and entries that its edge begins like."""
        entries, lengths, short = self._entries.get, self._lengths.get, self._short.get
        for i, edge in enumerate(edges):
            known = short(edge[: _ROOT - 1])
            for found in self._shorter(edge[: _ROOT - 1]) if known is None else known:
                yield i, found
            for length in lengths(edge[:_ROOT], ()):
                longer = entries(edge[:length])
                if longer is not None:
                    yield i, longer

    def _shorter(self, root: str) -> list[list[_Entry]]:
        """The entries of edges of fewer than _ROOT characters that a line of this beginning begins like."""
        begins = dict.fromkeys(root[:length] for length in range(1, _ROOT))
        found = [self._entries[edge] for edge in begins if edge in self._entries]
        if len(self._short) < _MOST_ROOTS:
            self._short[root] = found
        return found


def _checked(
    found: Iterable[tuple[int, list[_Entry]]], heads: Sequence[str], tails: Sequence[str], lines: FoldedLines
) -> set[tuple[int, int]]:
    """The pairs of a line and the patterns it may match, of entries by the index of a line.

    It is one loop without calls: they would take as long as what it does.
    """
    seen: set[tuple[int, int]] = set()
    digits: dict[int, float] = {}
    for i, entries in found:
        text, bare, tail = lines.lines[i], lines.bare[i], tails[i]
        size = len(bare)
        for pattern, longest, digit, ends, begins, sets in entries:
            if size > longest:
                break  # those that follow are for shorter lines still
            if digit:
                if i not in digits:
                    digits[i] = _first_digit(bare)
                if digits[i] > digit:
                    continue
            if ends and not (tail[-4:] in ends or tail[-3:] in ends or tail[-2:] in ends or tail[-1:] in ends):
                continue
            if begins and not heads[i].startswith(begins):
                continue
            for words in sets:
                for word in words:
                    if word in text:
                        break
                else:
                    break
            else:
                seen.add((i, pattern))
    return seen


def _first_digit(line: str) -> float:
    """How many characters a line has up to its first digit; more than any line has where there is none."""
    found = _DIGIT.search(line)
    return found.end() if found else math.inf


def _commonness(words: Iterable[str]) -> float:
    """How often one of the words is to be expected at a place of a text, roughly: which of two sets is the rarer."""
    return sum(math.prod(map(_FREQUENCY.__getitem__, word)) for word in words)


class _Frequencies(dict[str, float]):
    """How often a character is to be expected at a place of a text, found out when it is first asked for."""

    def __missing__(self, char: str) -> float:
        found = self[char] = _frequency(char)
        return found


_FREQUENCY = _Frequencies()


def _frequency(char: str) -> float:
    if char == " ":
        return 0.16
    if char.isdigit():
        return 0.02
    if "a" <= char <= "z":
        return 0.08
    is_mark = char.isascii() or char.isalpha() or unicodedata.category(char)[0] == "P"
    return 0.005 if is_mark else 0.0001  # signs such as "©"


def _automaton(words: Iterable[str]) -> ahocorasick_rs.AhoCorasick | None:
    """An automaton that is small and quickly made. A DFA of as many words reads a third faster, and takes 50 MB."""
    listed = list(words)
    if not listed:
        return None
    return ahocorasick_rs.AhoCorasick(listed, implementation=ahocorasick_rs.Implementation.ContiguousNFA)
