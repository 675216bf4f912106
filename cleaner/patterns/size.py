"""How long the shortest and the longest text is that a regex matches."""

from __future__ import annotations

from cleaner.patterns.characters import UnreadableError
from cleaner.patterns.syntax import Atomic, Char, Choice, Node, Reference, Repeat, Sequence, parse

__all__ = ["UNBOUNDED", "longest_of", "shortest_match"]

UNBOUNDED = 1 << 30
"""The longest text of a pattern without a limit."""


def shortest_match(pattern: str) -> int:
    """The fewest characters that the pattern matches; 0 where it cannot be read.

    No line is long enough for a regex that counts its counts.

    >>> shortest_match("(?:share|pin) it(?: now)?"), shortest_match("(?:(?:a{1000}){1000}){1000}")
    (6, 1000000000)
    """
    try:
        return _size(parse(pattern), longest=False)
    except UnreadableError:
        return 0


def longest_of(node: Node) -> int:
    """The most characters that a node reads, at most :data:`UNBOUNDED`.

    >>> longest_of(parse("(?:share|tweet) it")), longest_of(parse("share.*")) == UNBOUNDED
    (8, True)
    """
    return min(_size(node, longest=True), UNBOUNDED)


def _size(node: Node, longest: bool) -> int:
    if isinstance(node, Char):
        return 1
    if isinstance(node, Sequence):
        return sum(_size(item, longest) for item in node.items)
    if isinstance(node, Choice):
        return (max if longest else min)(_size(branch, longest) for branch in node.branches)
    if isinstance(node, Repeat):
        return _size(node.body, longest) * (node.most if longest else node.least)
    if isinstance(node, Reference) and node.body is None:
        return UNBOUNDED if longest else 0
    return _size(node.body, longest) if isinstance(node, Atomic | Reference) and node.body is not None else 0
