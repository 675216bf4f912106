"""The tree of a pattern made simple for the question which characters its matches hold.

What makes no difference to that question goes: sequences inside sequences, and beginnings that the branches of a
choice share. What slows a regex down must not be asked of the simple tree: ``(a|a)+`` has become ``(a)+``.
"""

from __future__ import annotations

from cleaner.patterns.characters import CharSet
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Repeat, Sequence

__all__ = ["Parts", "simplified"]

Parts = tuple[Node, ...]
"""Nodes that are read one after the other. Bodies and branches of a simplified tree are a Sequence of them."""


def simplified(node: Node) -> Parts:
    """The parts of a tree, simplified down to the leaves.

    >>> from cleaner.patterns.syntax import parse
    >>> [type(part).__name__ for part in simplified(parse("(?:ads|adverts)"))]
    ['Char', 'Char', 'Choice']
    >>> [part.chars.listed for part in simplified(parse("(?:a|b)"))]
    ['ab']
    """
    if isinstance(node, Char):
        return (node,)
    if isinstance(node, Sequence):
        return tuple(part for item in node.items for part in simplified(item))
    if isinstance(node, Choice):
        return _choice([simplified(branch) for branch in node.branches])
    if isinstance(node, Repeat):
        body = Sequence(simplified(node.body))
        return (Repeat(node.start, node.end, body, node.least, node.most, node.possessive),)
    if isinstance(node, Atomic):
        return (Atomic(Sequence(simplified(node.body))),)
    if isinstance(node, Assertion) and node.body is not None:
        return (Assertion(node.start, node.end, node.text, Sequence(simplified(node.body))),)
    return (node,)


def _choice(branches: list[Parts]) -> Parts:
    shared = _shared(branches)
    rests = [branch[shared:] for branch in branches]
    chars = [_single(rest) for rest in rests]
    if None not in chars:
        return *branches[0][:shared], _either([char for char in chars if char is not None])
    return *branches[0][:shared], Choice(tuple(map(Sequence, rests)))


def _shared(branches: list[Parts]) -> int:
    """How many parts the branches have in common at their beginning."""
    for count, parts in enumerate(zip(*branches, strict=False)):
        keys = {_key(part) for part in parts}
        if len(keys) > 1 or None in keys:
            return count
    return min(map(len, branches))


def _key(part: Node) -> CharSet | str | None:
    """What makes two parts the same; None for what is not compared."""
    if isinstance(part, Char):
        return part.chars
    return part.text if isinstance(part, Assertion) and part.body is None else None


def _single(parts: Parts) -> Char | None:
    """The one character that a branch is."""
    if len(parts) == 1 and isinstance(parts[0], Char) and not parts[0].chars.is_negated:
        return parts[0]
    return None


def _either(branches: list[Char]) -> Char:
    """Branches of one character each as a class."""
    ranges = dict.fromkeys(pair for char in branches for pair in char.chars.ranges)
    digits, is_open = (any(char.chars[i] for char in branches) for i in (1, 2))
    chars = CharSet(tuple(ranges), digits, is_open)
    return Char(branches[0].start, branches[-1].end, "", chars, branches[0].ignore_case)
