"""Literal text that a regex cannot match without: what the prefilter looks for before a regex runs."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as _c  # type: ignore[attr-defined]
    from re import _parser  # type: ignore[attr-defined]

__all__ = ["required_literals", "requires_digit"]

# The regex module knows more than re; for the question "which letters must be there?" these stand in.
_PROPERTY = re.compile(r"\\([pP])(?:\{[^}]*\}|[A-Z])")
_FUZZY = re.compile(r"\{[^}]*[<=][^}]*\}")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")  # regex allows a name twice, re does not
_MAX_ALTERNATIVES = 60
_MAX_UNION = 1000
_MIN_LENGTH = 2

Literals = frozenset[str]


def required_literals(pattern: str) -> Literals:
    r"""Strings of which at least one stands, case folded, in every text the pattern matches; empty when unknown.

    >>> sorted(required_literals(r"follow us on (?:twitter|facebook)"))
    ['follow us on facebook', 'follow us on twitter']
    >>> sorted(required_literals(r"\d+ (?:shares|comments)"))
    [' comments', ' shares']
    >>> sorted(required_literals(r"\d+ ?%"))
    []
    """
    best = _best(_sequence(_parse(pattern)))
    if not best or min(map(len, best)) < _MIN_LENGTH:
        return frozenset()
    return frozenset(text for text in best if not any(other != text and other in text for other in best))


def requires_digit(pattern: str) -> bool:
    r"""Whether every text the pattern matches holds a decimal digit; False when unknown.

    >>> requires_digit(r"\d{1,3} ?%"), requires_digit(r"(?:\d+ )?shares"), requires_digit(r"(?=.*\d).+")
    (True, False, True)
    """
    return _needs_digit(_parse(pattern))


def _needs_digit(tree: Iterable[tuple[Any, Any]]) -> bool:
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


def _parse(pattern: str) -> Iterable[tuple[Any, Any]]:
    """The pattern as the tree of re's parser; empty when it cannot read it."""
    pattern = _GROUP_NAME.sub("(?:", pattern)
    if "[[:" in pattern or _FUZZY.search(pattern):
        return ()
    translated = _PROPERTY.sub(lambda m: r"\w" if m[1] == "p" else r"\W", pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree: Iterable[tuple[Any, Any]] = _parser.parse(translated)
    except (re.error, OverflowError, RecursionError):
        return ()
    return tree


def _score(literals: Literals) -> tuple[int, int]:
    """Longer is rarer; among equals fewer is better."""
    return (min(map(len, literals), default=0), -len(literals))


def _best(candidates: Iterable[Literals]) -> Literals:
    return max(candidates, key=_score, default=frozenset())


def _sequence(tree: Iterable[tuple[Any, Any]]) -> list[Literals]:
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


def _exact_sequence(tree: Iterable[tuple[Any, Any]]) -> Literals | None:
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
