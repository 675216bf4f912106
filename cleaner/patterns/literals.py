"""Strings that must stand in every text a pattern matches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from cleaner.patterns.characters import CharSet
from cleaner.patterns.simplify import Parts
from cleaner.patterns.syntax import Assertion, Atomic, Char, Choice, Node, Repeat, Sequence

__all__ = ["Literals", "required_literals"]

Literals = frozenset[str]
"""Strings, case folded, of which one must occur."""

_MAX_ALTERNATIVES = 250
_MAX_UNION = 1000
_MAX_CLASS = 4  # characters of a class that are multiplied out
_MIN_LENGTH = 2
_COMMON = frozenset(" \t.,-'")  # single characters that say nothing: these, digits, letters of alphabets
_EMPTY: Literals = frozenset([""])


def required_literals(parts: Parts) -> list[Literals]:
    r"""Sets of strings of which one each must occur, the most telling first; none when nothing is known.

    >>> from cleaner.patterns.simplify import simplified
    >>> from cleaner.patterns.syntax import parse
    >>> [sorted(texts) for texts in required_literals(simplified(parse(r"\d+ (?:shares|comments)")))]
    [[' comments', ' shares']]
    """
    found = sorted(_required(parts), key=_score, reverse=True)
    return [
        frozenset(text for text in literals if not any(other != text and other in text for other in literals))
        for literals in found
        if all(map(_is_rare, literals))
    ]


def _is_rare(text: str) -> bool:
    """Whether a text is worth looking for: two characters, or one like "©" or "译"."""
    return len(text) >= _MIN_LENGTH or not (text in _COMMON or text.isdigit() or (text < "\u2e80" and text.isalpha()))


def _score(literals: Literals) -> tuple[int, int]:
    """Longer is rarer; among equals fewer is better."""
    return (min(map(len, literals), default=0), -len(literals))


def _best(candidates: Iterable[Literals]) -> Literals:
    return max(candidates, key=_score, default=frozenset())


def _required(parts: Parts) -> list[Literals]:
    """Sets in the order of the pattern. Neighbouring literals are joined, small choices multiplied out."""
    found: list[Literals] = []
    run = _EMPTY  # the texts that what was read so far must end with
    for part in _words(parts):
        exact = _exact(part)
        joined = None if exact is None else _product(run, exact)
        if joined is not None:
            run = joined
            continue
        found.append(run)
        run = exact or _EMPTY
        if exact is None and not isinstance(part, str):
            found += _inside(part)
    found.append(run)
    return [literals for literals in found if all(literals)]


def _words(parts: Parts) -> Iterator[Node | str]:
    """The parts, with letters that follow each other as one string, case folded."""
    word = ""
    for part in parts:
        letter = _letter(part.chars) if isinstance(part, Char) else ""
        if letter:
            word += letter
            continue
        if word:
            yield word
            word = ""
        yield part
    if word:
        yield word


@lru_cache(maxsize=4096)
def _letter(chars: CharSet) -> str:
    return chars.only.casefold()


def _product(left: Literals, right: Literals) -> Literals | None:
    """Each string of the one followed by each of the other; None when they are too many."""
    if len(left) * len(right) > _MAX_ALTERNATIVES:
        return None
    return frozenset(one + other for one in left for other in right)


def _exact(part: Node | str) -> Literals | None:
    """All texts a node can be, when they are few; None when it is open."""
    if isinstance(part, str):
        return frozenset([part])
    if isinstance(part, Char):
        return _letters(part.chars)
    if isinstance(part, Sequence):
        return _exact_sequence(part.items)
    if isinstance(part, Choice):
        return _exact_choice(part)
    if isinstance(part, Repeat) and (part.least, part.most) == (0, 1):
        exact = _exact(part.body)
        return None if exact is None else exact | _EMPTY
    return _EMPTY if isinstance(part, Assertion) and part.body is None else None


@lru_cache(maxsize=4096)
def _letters(chars: CharSet) -> Literals | None:
    listed = chars.listed
    return frozenset(map(str.casefold, listed)) if 0 < len(listed) <= _MAX_CLASS else None


def _exact_choice(choice: Choice) -> Literals | None:
    texts: set[str] = set()
    for branch in choice.branches:
        exact = _exact(branch)
        if exact is None:
            return None
        texts |= exact
    return frozenset(texts) if len(texts) <= _MAX_ALTERNATIVES else None


def _exact_sequence(parts: Parts) -> Literals | None:
    texts: Literals | None = _EMPTY
    for part in _words(parts):
        exact = _exact(part)
        texts = None if exact is None or texts is None else _product(texts, exact)
        if texts is None:
            return None
    return texts


def _inside(part: Node) -> list[Literals]:
    """Sets that a node requires which is not a few texts."""
    if isinstance(part, Sequence):
        return _required(part.items)
    if isinstance(part, Atomic) or (isinstance(part, Repeat) and part.least >= 1):
        return _inside(part.body)
    if isinstance(part, Choice):
        best = [_best(_inside(branch)) for branch in part.branches]
        union = frozenset[str]().union(*best)
        return [union] if all(best) and len(union) <= _MAX_UNION else []
    return []
