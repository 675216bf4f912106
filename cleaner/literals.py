"""What a text must hold, begin with or end in for a regex to match: what the prefilter looks for before a regex runs.

All of it is read off the tree of ``re``'s parser. Where the regex module knows more than that parser, and wherever a
tree holds something this module does not know, the answer is "unknown", never a guess.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cleaner.segment import searchable

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as _c  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]

__all__ = ["EDGE", "TAIL", "UNBOUNDED", "Shape", "required_literals", "requires_digit", "shape"]

# The regex module knows more than re; for the question "which letters must be there?" these stand in.
_PROPERTY = re.compile(r"\\([pP])(?:\{[^}]*\}|[A-Z])")
_FUZZY = re.compile(r"\{[^}]*[<=][^}]*\}")
_GROUP_REFERENCE = re.compile(r"\(\?P=\w+\)")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")  # regex allows a name twice, re does not
_MAX_ALTERNATIVES = 250
_MAX_UNION = 1000
_MIN_LENGTH = 2
_COMMON = frozenset(" \t.,-'")  # single characters that say nothing: these, digits, letters of alphabets

EDGE = 12
"""Characters of a text's beginning and end that are worth knowing."""

TAIL = 4
"""Characters of its end that are, when its beginning fits already."""

UNBOUNDED = 1 << 30

Literals = frozenset[str]
Tree = Sequence[tuple[Any, Any]]


class Shape(NamedTuple):
    """What every text a pattern matches has, as ``segment.searchable`` has it; nothing where that is unknown.

    Attributes:
        heads: beginnings of at most EDGE characters, one of which the text has; "0" stands for any digit.
        tails: ends, in the same way; of at most TAIL characters where beginnings are known, since then they only
            confirm.
        literals: strings of which one stands in the text.
        also: more such sets, not as telling as the first.
        digit: whether there is a digit in the text.
        longest: characters the text has at most.
    """

    heads: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    also: tuple[tuple[str, ...], ...] = ()
    digit: bool = False
    longest: int = UNBOUNDED


def shape(pattern: str) -> Shape:
    r"""Everything this module can say about a pattern.

    >>> found = shape(r"(?:\d )?min read\b.*")
    >>> found.heads, found.tails, found.literals, found.digit
    (('0 min read', 'min read'), (), ('min read',), False)
    """
    tree = _parse(pattern)
    literals, *also = map(_searchable, _required(tree) or [frozenset[str]()])
    heads = _searchable(_edge(tree, False, _LENGTHS))
    tails = _searchable(_edge(tree, True, _LENGTHS[_LENGTHS.index(TAIL) :] if heads else _LENGTHS))
    if any(tail.startswith("\N{COMBINING DOT ABOVE}") for tail in tails):
        tails = ()  # half of a letter that folding writes as two characters
    return Shape(heads, tails, literals, tuple(also), _needs_digit(tree), _longest(tree))


def _searchable(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text as it is looked for in a line, once, in order."""
    joined = searchable("\n".join(texts))
    return tuple(sorted(set(joined.split("\n")))) if joined else ()


def required_literals(pattern: str) -> Literals:
    r"""Strings of which at least one stands, case folded, in every text the pattern matches; empty when unknown.

    >>> sorted(required_literals(r"follow us on (?:twitter|facebook)"))
    ['follow us on facebook', 'follow us on twitter']
    >>> sorted(required_literals(r"\d+ (?:shares|comments)"))
    [' comments', ' shares']
    >>> sorted(required_literals(r"\d+ ?%"))
    ['%']
    """
    return next(iter(_required(_parse(pattern))), frozenset())


def _required(tree: Tree) -> list[Literals]:
    """Sets of which one member each must occur, the most telling first."""
    found = sorted(_sequence(tree), key=_score, reverse=True)
    return [
        frozenset(text for text in literals if not any(other != text and other in text for other in literals))
        for literals in found
        if all(map(_is_rare, literals))
    ]


def _is_rare(text: str) -> bool:
    """Whether a text is worth looking for: two characters, or one like "©" or "译"."""
    return len(text) >= _MIN_LENGTH or not (text in _COMMON or text.isdigit() or (text < "\u2e80" and text.isalpha()))


def requires_digit(pattern: str) -> bool:
    r"""Whether every text the pattern matches holds a decimal digit; False when unknown.

    >>> requires_digit(r"\d{1,3} ?%"), requires_digit(r"(?:\d+ )?shares"), requires_digit(r"(?=.*\d).+")
    (True, False, True)
    """
    return _needs_digit(_parse(pattern))


def _needs_digit(tree: Tree) -> bool:
    for op, value in tree:
        if op is _c.LITERAL:
            found = chr(value).isdecimal()
        elif op is _c.IN:
            found = all(kind is _c.CATEGORY and what is _c.CATEGORY_DIGIT for kind, what in value)
        elif op is _c.SUBPATTERN:
            found = _needs_digit(value[3])
        elif op is _c.ATOMIC_GROUP:
            found = _needs_digit(value)
        elif op is _c.ASSERT:
            found = value[0] == 1 and _needs_digit(value[1])
        elif op is _c.BRANCH:
            found = all(_needs_digit(branch) for branch in value[1])
        elif op in (_c.MAX_REPEAT, _c.MIN_REPEAT):
            found = value[0] >= 1 and _needs_digit(value[2])
        else:
            found = False
        if found:
            return True
    return False


def _parse(pattern: str) -> Tree:
    """The pattern as the tree of re's parser; empty when it cannot read it."""
    pattern = _GROUP_NAME.sub("(?:", _GROUP_REFERENCE.sub("(?:.*)", pattern))
    if "[[:" in pattern or _FUZZY.search(pattern):
        return ()
    translated = _PROPERTY.sub(lambda m: r"\w" if m[1] == "p" else r"\W", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree: Tree = _parser.parse(translated)
    except (re.error, OverflowError, RecursionError):
        return ()
    return tree


def _score(literals: Literals) -> tuple[int, int]:
    """Longer is rarer; among equals fewer is better."""
    return (min(map(len, literals), default=0), -len(literals))


def _best(candidates: Iterable[Literals]) -> Literals:
    return max(candidates, key=_score, default=frozenset())


def _sequence(tree: Tree) -> list[Literals]:
    """Sets of which one member each must occur. Neighbouring literals are joined, small choices multiplied out."""
    found: list[Literals] = []
    run: Literals = frozenset([""])  # the texts that what was read so far must end with

    def close() -> None:
        nonlocal run
        if run != frozenset([""]):
            found.append(frozenset(run))
        run = frozenset([""])

    for op, value in tree:
        exact = _exact(op, value)
        if exact is not None and len(run) * len(exact) <= _MAX_ALTERNATIVES:
            run = frozenset(left + right for left in run for right in exact)
            continue
        close()
        if exact is not None:
            run = exact
            continue
        found += _inside(op, value)
    close()
    return [literals for literals in found if literals and all(literals)]


def _exact(op: Any, value: Any) -> Literals | None:
    """All texts a node can be, when they are few; None when it is open."""
    if op is _c.LITERAL:
        return frozenset([chr(value).casefold()])
    if op is _c.IN and all(kind is _c.LITERAL for kind, _ in value) and len(value) <= 4:
        return frozenset(chr(char).casefold() for _, char in value)
    if op is _c.SUBPATTERN:
        return _exact_sequence(value[3])
    if op is _c.BRANCH:
        texts: set[str] = set()
        for branch in value[1]:
            exact = _exact_sequence(branch)
            if exact is None:
                return None
            texts |= exact
        return frozenset(texts) if len(texts) <= _MAX_ALTERNATIVES else None
    if op in (_c.MAX_REPEAT, _c.MIN_REPEAT) and value[0] == 0 and value[1] == 1:
        exact = _exact_sequence(value[2])
        return None if exact is None else exact | {""}
    if op is _c.AT:
        return frozenset([""])
    return None


def _exact_sequence(tree: Tree) -> Literals | None:
    texts: Literals = frozenset([""])
    for op, value in tree:
        exact = _exact(op, value)
        if exact is None or len(texts) * len(exact) > _MAX_ALTERNATIVES:
            return None
        texts = frozenset(left + right for left in texts for right in exact)
    return texts


def _inside(op: Any, value: Any) -> list[Literals]:
    if op is _c.SUBPATTERN:
        return _sequence(value[3])
    if op is _c.ATOMIC_GROUP:
        return _sequence(value)
    if op in (_c.MAX_REPEAT, _c.MIN_REPEAT) and value[0] >= 1:
        return _sequence(value[2])
    if op is _c.BRANCH:
        best = [_best(_sequence(branch)) for branch in value[1]]
        union = frozenset().union(*best)
        return [union] if all(best) and len(union) <= _MAX_UNION else []
    return []


# Beginnings and ends. A set of texts is grown node by node until each is long enough or what follows is open.

# More long edges find hardly fewer lines, and every process pays for the table of them. Dates begin in many ways.
_MAX_EDGES = 150
_MAX_SHORT_EDGES = 1500  # of TAIL characters or fewer
_LENGTHS = (EDGE, 8, 6, 4, 3, 2, 1)
_MAX_CLASS = 60  # characters a class may stand for: a range of letters is worth spelling out, \w is not


class _Grower:
    """Texts that a match begins with (or, read backwards, ends in)."""

    def __init__(self, length: int, backwards: bool) -> None:
        self.length, self.backwards = length, backwards
        self.most = _MAX_EDGES if length > TAIL else _MAX_SHORT_EDGES
        self.done: set[str] = set()

    def grow(self, tree: Tree, texts: set[str]) -> set[str]:
        """The texts with what the nodes add. Those that cannot grow on move to ``done``."""
        for op, value in reversed(tree) if self.backwards else tree:
            if not texts:
                break
            texts = self._node(op, value, texts)
            full = {text for text in texts if len(text) >= self.length}
            self.done |= full
            texts = texts - full
            if len(texts) + len(self.done) > self.most:
                raise OverflowError
        return texts

    def _stop(self, texts: set[str]) -> set[str]:
        self.done |= texts
        return set()

    def _node(self, op: Any, value: Any, texts: set[str]) -> set[str]:
        if op is _c.LITERAL:
            return self._add(texts, {_folded(chr(value))})
        if op is _c.IN:
            chars = _members(value)
            return self._add(texts, chars) if chars else self._stop(texts)
        if op is _c.SUBPATTERN:
            return self.grow(value[3], texts)
        if op is _c.ATOMIC_GROUP:
            return self.grow(value, texts)
        if op is _c.BRANCH:
            return {text for branch in value[1] for text in self.grow(branch, texts)}
        if op in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT):
            least, most, inner = value
            return self._repeat(least, most, inner, texts)
        if op in (_c.AT, _c.ASSERT, _c.ASSERT_NOT):
            return texts  # takes no room
        return self._stop(texts)

    def _repeat(self, least: int, most: int, tree: Tree, texts: set[str]) -> set[str]:
        grown = set(texts) if least == 0 else set()
        for count in range(1, min(most, max(least, self.length)) + 1):
            texts = self.grow(tree, texts)
            if count >= least:
                grown |= texts
            if not texts:
                return grown
        if most > max(least, self.length):
            self.done |= texts  # the node can be empty, or it would have filled the texts
        return grown

    def _add(self, texts: set[str], chars: Iterable[str]) -> set[str]:
        if self.backwards:
            return {char + text for text in texts for char in chars}
        return {text + char for text in texts for char in chars}


def _folded(char: str) -> str:
    return "0" if char.isdecimal() else char.casefold()


def _members(items: Tree) -> set[str]:
    """The characters of a class, folded; none when they are too many or unknown."""
    found: set[str] = set()
    for kind, what in items:
        if kind is _c.LITERAL:
            found.add(_folded(chr(what)))
        elif kind is _c.RANGE and what[1] - what[0] <= _MAX_CLASS:
            found |= {_folded(chr(code)) for code in range(what[0], what[1] + 1)}
        elif kind is _c.CATEGORY and what is _c.CATEGORY_DIGIT:
            found.add("0")
        else:
            return set()
    return found if len(found) <= _MAX_CLASS else set()


def _edge(tree: Tree, backwards: bool, lengths: Iterable[int]) -> Literals:
    """The edges, as long as they can be without there being too many."""
    for length in lengths:
        grower = _Grower(length, backwards)
        try:
            texts = grower.grow(tree, {""}) | grower.done
        except OverflowError:
            continue
        if not tree or "" in texts:
            break
        cut = {_inner(text, length, backwards) for text in texts}
        return frozenset(
            text for text in cut if not any(_inner(text, n, backwards) in cut for n in range(1, len(text)))
        )
    return frozenset()


def _inner(text: str, length: int, backwards: bool) -> str:
    return text[-length:] if backwards else text[:length]


def _longest(tree: Tree) -> int:
    """The width of the widest match, or what a leading ``(?!.{60})`` allows."""
    if not tree:
        return UNBOUNDED
    widest = int(tree.getwidth()[1])  # type: ignore[attr-defined]
    op, value = tree[0]
    if op is _c.ASSERT_NOT and value[0] == 1 and len(value[1]) == 1:
        op, value = value[1][0]
        if op in (_c.MAX_REPEAT, _c.MIN_REPEAT) and len(value[2]) == 1 and value[2][0][0] is _c.ANY:
            widest = min(widest, value[0] - 1)
    return min(widest, UNBOUNDED)
