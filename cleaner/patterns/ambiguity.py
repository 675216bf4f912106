r"""What a regex costs when it fails, and what its anchors are worth: read off its text, nothing is run.

A repetition of repetitions is slow when a text can be shared out between the two in several ways: ``(?:\w+ ?)+`` reads
"abc" as one word, two or three, and a line of fifty letters that does not match in the end can be tried in 2^49 ways.
The regex module remembers some failures, so that ``(a+)+`` is quick; ``(a|a)+`` and ``(?:a+){1,40}`` are not.
Whether there are several ways is decided on the automaton of the repetition's body: there are when two different paths
lead with the same text from a state back to it. A pattern that the parser cannot read (fuzzy matching, conditionals)
gives no findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.patterns.automaton import MANY, alphabet_of, is_ambiguous
from cleaner.patterns.characters import UnreadableError
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Repeat, Sequence, parse

__all__ = ["Anchor", "Piece", "needless_anchors", "nested_repetitions"]


class Piece(NamedTuple):
    """A part of a pattern: where it begins and ends, in half-open code-point offsets, and its text."""

    start: int
    end: int
    text: str


class Anchor(NamedTuple):
    """An anchor at an edge of a pattern or of one of its alternatives.

    Attributes:
        start, end: where it stands, in half-open code-point offsets.
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
        tree = parse(pattern, not case_sensitive)
    except UnreadableError:
        return []
    alphabet = alphabet_of(pattern)
    found: list[Piece] = []
    for repeat in _repeats(tree):
        inside = any(repeat.start <= piece.start and piece.end <= repeat.end for piece in found)
        if not inside and is_ambiguous(repeat.body, alphabet):
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
        tree = parse(pattern)
    except UnreadableError:
        return []
    branches = tree.branches if isinstance(tree, Choice) else (tree,)
    found: list[Anchor] = []
    for edge, names in ((0, _BEGIN), (-1, _END)):
        anchors = [_anchor(branch, edge, names) for branch in branches]
        found += [Anchor(anchor.start, anchor.end, None in anchors) for anchor in anchors if anchor is not None]
    return sorted(found)


_BEGIN = frozenset(["^", r"\A"])
_END = frozenset(["$", r"\Z", r"\z"])


def _anchor(branch: Node, edge: int, names: frozenset[str]) -> Assertion | None:
    items = branch.items if isinstance(branch, Sequence) else (branch,)
    node = items[edge] if items else None
    return node if isinstance(node, Assertion) and node.text in names else None


def _repeats(node: Node, committed: bool = False) -> Iterator[Repeat]:
    """Repetitions of many times that can be gone back into, the inner before the outer.

    ``committed`` says that what is read is final once it was read to its end: then nothing comes back.
    """
    if isinstance(node, Repeat):
        yield from _repeats(node.body)
        if node.most >= MANY and not node.possessive and not committed and not isinstance(node.body, Char):
            yield node
    elif isinstance(node, Atomic):
        yield from _repeats(node.body, True)
    elif isinstance(node, Assertion):
        if node.body is not None:
            yield from _repeats(node.body, True)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _repeats(item)
    elif isinstance(node, Choice):
        for branch in node.branches:
            yield from _repeats(branch)
