"""The beginnings and ends of the texts a pattern matches."""

from __future__ import annotations

from functools import lru_cache

from cleaner.patterns.characters import CharSet
from cleaner.patterns.simplify import Parts
from cleaner.patterns.syntax import Atomic, Char, Choice, Node, Reference, Repeat, Sequence

__all__ = ["EDGE", "TAIL", "beginnings", "ends"]

EDGE = 12
"""Characters of a text's beginning and end that are worth knowing."""

TAIL = 4
"""Characters of its end that are, when its beginning fits already."""

# More long edges find hardly fewer lines, and every process pays for the table of them. Dates begin in many ways.
_MAX_EDGES = 150
_MAX_SHORT_EDGES = 1500  # of TAIL characters or fewer
_LENGTHS = (EDGE, 8, 6, 4, 3, 2, 1)
_MAX_CLASS = 60  # characters a class may stand for: a range of letters is worth spelling out, \w is not


def beginnings(parts: Parts) -> frozenset[str]:
    r"""Strings, case folded, with one of which each match begins; "0" is any digit. Empty when nothing is known.

    >>> from cleaner.patterns.simplify import simplified
    >>> from cleaner.patterns.syntax import parse
    >>> sorted(beginnings(simplified(parse(r"(?:\d )?Min read\b.*"))))
    ['0 min read', 'min read']
    """
    return _edges(parts, False, EDGE)


def ends(parts: Parts, longest: int = EDGE) -> frozenset[str]:
    r"""Strings in one of which each match ends, as :func:`beginnings` has them, of at most ``longest`` characters.

    >>> from cleaner.patterns.simplify import simplified
    >>> from cleaner.patterns.syntax import parse
    >>> sorted(ends(simplified(parse(r".*\d (?:shares|likes)")), TAIL))
    ['ares', 'ikes']
    """
    return frozenset(text[::-1] for text in _edges(parts, True, longest))


def _edges(parts: Parts, backwards: bool, longest: int) -> frozenset[str]:
    """The edges, as long as they can be without there being too many. Ends are written backwards."""
    for length in _LENGTHS[_LENGTHS.index(longest) :]:
        grower = _Grower(length, backwards)
        try:
            texts = grower.grow(parts, {""}) | grower.done
        except _TooManyError:
            continue
        if "" in texts:
            break
        cut = {text[:length] for text in texts}
        return frozenset(text for text in cut if not any(text[:n] in cut for n in range(1, len(text))))
    return frozenset()


class _TooManyError(Exception):
    """There are too many edges of the length."""


class _Grower:
    """Grows the edges node by node, until each is as long as wanted or what follows it is open.

    ``done`` holds those that grow no further.
    """

    def __init__(self, length: int, backwards: bool) -> None:
        self.length, self.backwards = length, backwards
        self.most = _MAX_EDGES if length > TAIL else _MAX_SHORT_EDGES
        self.done: set[str] = set()

    def grow(self, parts: Parts, texts: set[str]) -> set[str]:
        """The texts with what the nodes add. Those that cannot grow on move to ``done``."""
        for part in reversed(parts) if self.backwards else parts:
            if not texts:
                break
            texts = self._node(part, texts)
            full = {text for text in texts if len(text) >= self.length}
            if full:
                self.done |= full
                texts = texts - full
            if len(texts) + len(self.done) > self.most:
                raise _TooManyError
        return texts

    def _stop(self, texts: set[str]) -> set[str]:
        self.done |= texts
        return set()

    def _node(self, part: Node, texts: set[str]) -> set[str]:
        if isinstance(part, Char):
            chars = _members(part.chars, self.backwards)
            return {text + char for text in texts for char in chars} if chars else self._stop(texts)
        if isinstance(part, Sequence):
            return self.grow(part.items, texts)
        if isinstance(part, Choice):
            return {text for branch in part.branches for text in self._node(branch, texts)}
        if isinstance(part, Repeat):
            return self._repeat(part, texts)
        if isinstance(part, Atomic):
            return self._node(part.body, texts)
        return self._stop(texts) if isinstance(part, Reference) else texts

    def _repeat(self, repeat: Repeat, texts: set[str]) -> set[str]:
        most = max(repeat.least, self.length)
        grown = set(texts) if repeat.least == 0 else set()
        for count in range(1, min(repeat.most, most) + 1):
            texts = self._node(repeat.body, texts)
            if count >= repeat.least:
                grown |= texts
            if not texts:
                return grown
        if repeat.most > most:
            self.done |= texts  # the node can be empty, or it would have filled the texts
        return grown


def _folded(char: str) -> str:
    return "0" if char.isdecimal() else char.casefold()


@lru_cache(maxsize=4096)
def _members(chars: CharSet, backwards: bool) -> frozenset[str]:
    """The characters of a set, folded; none when they are too many or not all listed."""
    if chars.is_open or any(ord(last) - ord(first) > _MAX_CLASS for first, last in chars.ranges):
        return frozenset()
    found = {_folded(chr(code)) for first, last in chars.ranges for code in range(ord(first), ord(last) + 1)}
    if chars.digits:
        found.add("0")
    if len(found) > _MAX_CLASS:
        return frozenset()
    return frozenset(char[::-1] for char in found) if backwards else frozenset(found)
