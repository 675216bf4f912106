r"""Texts that a regex takes long to refuse, made from its own tree.

A regex is slow where a repetition can read much and what follows fails: then it is tried again with less, and where
two repetitions can share the text, with less of each. So a worst case is a beginning that leads to a repetition, much
of what the repetition reads, and an end that does not fit. Nothing is measured here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from cleaner.patterns.characters import UnreadableError
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Reference, Repeat, Sequence, parse

__all__ = ["worst_cases"]

_KINDS = "aA1 .,-/:(é中'|\t"
_PUMPS = ("a ", "Ab ", "a, ", "1 ", "1", "A. ", "a. B ", "(", "a/", " ", "中", "- ", "aA", "a@", "Ab, ", "1/")
"""What texts are made of; tried in front of any pattern, besides what is read off it."""

_MANY = 8  # times from which a repetition is worth it
_MOST_BRANCHES = 12
_MOST_CASES = 400
_WRONG = "\x01"
_ALPHABET = "aA1 .,:;-–—/()[]|'\"“”«»éßя中あ가ك@#&+*%$€©_\t\n"


class _Pump(NamedTuple):
    """A beginning, what is repeated behind it, and what the pattern wants behind that."""

    before: str
    repeated: str
    after: str


def worst_cases(pattern: str, size: int, case_sensitive: bool = False) -> list[str]:
    r"""Texts of about a size, in code points, each once; none where nothing repeats or the pattern cannot be read.

    >>> cases = worst_cases(r"by \w+, (?:\w+ ?)+ today", 14)
    >>> "by a, aaaaaaaa\x01" in cases, "by a, a a a a \x01" in cases
    (True, True)
    """
    try:
        tree = parse(pattern, not case_sensitive)
    except UnreadableError:
        return []
    pumps = dict.fromkeys(_pumps(tree, "", ""))
    if not pumps:
        return []
    pumps |= dict.fromkeys(_Pump("", text, "") for text in (*_PUMPS, _sample(tree)) if text)
    found: dict[str, None] = {}
    for before, repeated, after in pumps:
        room = max(1, size - len(before)) // len(repeated) or 1
        text = before + repeated * room
        found[text + _WRONG] = None
        if after:
            text = text[: max(1, size - len(after))]
            # With the end behind the wrong character, what must stand in every match stands in the text.
            found |= dict.fromkeys((text + after + _WRONG, text + _WRONG + after))
        if len(found) >= _MOST_CASES:
            break
    return list(found)


def _pumps(node: Node, before: str, after: str) -> Iterator[_Pump]:
    """What the repetitions in a node can read, with texts that lead to the node and that may follow it."""
    if isinstance(node, Sequence):
        samples = [_sample(item) for item in node.items]
        for i, item in enumerate(node.items):
            yield from _pumps(item, before + "".join(samples[:i]), "".join(samples[i + 1 :]) + after)
    elif isinstance(node, Choice):
        for branch in node.branches:
            yield from _pumps(branch, before, after)
    elif isinstance(node, Atomic):
        yield from _pumps(node.body, before, after)
    elif isinstance(node, Repeat):
        if node.most >= _MANY:
            for text in dict.fromkeys(_readings(node.body)):
                yield _Pump(before, text, after)
        yield from _pumps(node.body, before, after)
    elif isinstance(node, Assertion) and node.body is not None:
        yield from _pumps(node.body, before, after)


def _readings(body: Node) -> Iterator[str]:
    """Texts that a repeated part reads."""
    if isinstance(body, Char):
        fitting = [char for char in _KINDS if _reads(body.text, body.ignore_case, char)]
        yield from fitting or filter(None, [_sample(body)])
        if " " in fitting and len(fitting) > 1:
            yield fitting[0] + " "
        return
    for part in _telling(body.branches) if isinstance(body, Choice) else [body]:
        text = _sample(part)
        if text:
            yield text
        items = part.items if isinstance(part, Sequence) else ()
        for item in items:  # what is optional in it may be there as well
            longer = _sample(part, also=item)
            if longer and longer != text:
                yield longer
            if isinstance(item, Choice):
                yield from filter(None, map(_sample, _telling(item.branches)))


def _telling(branches: Iterable[Node]) -> list[Node]:
    """Some of many branches: those first that are more than a word."""
    return sorted(branches, key=_is_word)[:_MOST_BRANCHES]


def _is_word(node: Node) -> bool:
    items = node.items if isinstance(node, Sequence) else (node,)
    return all(isinstance(item, Char) and item.chars.only for item in items)


def _sample(node: Node, also: Node | None = None) -> str:
    """A short text that a node reads; of the repetition ``also`` once more than it must."""
    if isinstance(node, Char):
        return next((char for char in _candidates(node) if _reads(node.text, node.ignore_case, char)), "")
    if isinstance(node, Sequence):
        return "".join(_sample(item, also) for item in node.items)
    if isinstance(node, Choice):
        return next(filter(None, (_sample(branch) for branch in node.branches)), "")
    if isinstance(node, Repeat):
        return _sample(node.body) * (node.least + (node is also))
    if isinstance(node, Atomic):
        return _sample(node.body, also)
    if isinstance(node, Reference) and node.body is not None:
        return _sample(node.body)
    return ""


def _candidates(node: Char) -> Iterator[str]:
    yield from _ALPHABET
    for first, last in node.chars.ranges:
        yield from (first, last)
    yield from node.text


@lru_cache(maxsize=65536)
def _reads(text: str, ignore_case: bool, char: str) -> bool:
    """Whether an atom of a pattern reads a character."""
    return len(char) == 1 and _atom(text, ignore_case).fullmatch(char) is not None


@lru_cache(maxsize=4096)
def _atom(text: str, ignore_case: bool) -> regex.Pattern[str]:
    try:
        return regex.compile(text, regex.IGNORECASE if ignore_case else 0)
    except regex.error:
        return regex.compile("(?!)")
