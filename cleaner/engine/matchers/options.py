"""The options of matchers: declared as fields of a frozen dataclass, read from a rule and checked.

A matcher declares what it takes in a class of its own, field by field, with the functions of this module. What a rule
file gives is read into a value of that class once, when the rules are compiled, so a matcher never meets a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from typing import Any, NamedTuple, TypeVar

__all__ = [
    "OptionDoc",
    "OptionProblem",
    "describe_options",
    "listed",
    "option_problems",
    "read_options",
    "whole_number",
    "word_lists",
    "words",
]

Terms = Mapping[str, str]
_T = TypeVar("_T")


class OptionProblem(NamedTuple):
    """What is wrong with one option: its key ("" when one is missing), a message, and what to do."""

    key: str
    message: str
    hint: str


class OptionDoc(NamedTuple):
    """What the documentation says about an option. ``default`` is "" for one that must be given."""

    key: str
    kind: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of value: how messages name it, and how it is read; reading raises ValueError with the reason."""

    name: str
    read: Callable[[object, Terms], object]


def whole_number(description: str, default: int) -> int:
    """Declares an option that takes a whole number, 1 or more."""
    kind = _Kind("a whole number, 1 or more", _read_number)
    found: int = field(default=default, metadata={"kind": kind, "description": description})
    return found


def listed(description: str) -> tuple[str, ...]:
    """Declares an option that takes names, one or several, and must be given."""
    kind = _Kind("a text or a list of texts", lambda value, _: _texts(value))
    found: tuple[str, ...] = field(metadata={"kind": kind, "description": description})
    return found


def words(description: str) -> frozenset[str]:
    """Declares an option that takes words, and must be given. ``{term}`` stands for the words of a term."""
    kind = _Kind("a word or a list of words; {term} stands for the words of a term", _read_words)
    found: frozenset[str] = field(metadata={"kind": kind, "description": description})
    return found


def word_lists(description: str, count: int) -> tuple[frozenset[str], ...]:
    """Declares an option that takes ``count`` groups of words, and must be given; a group is a word or a term."""

    def read(value: object, terms: Terms) -> tuple[frozenset[str], ...]:
        groups = _texts(value)
        if len(groups) != count:
            raise ValueError(f"it has {len(groups)}")
        return tuple(_read_words(group, terms) for group in groups)

    kind = _Kind(f"a list of {count} words, each of which may be the {{term}} of several", read)
    found: tuple[frozenset[str], ...] = field(metadata={"kind": kind, "description": description})
    return found


def option_problems(cls: type[Any], values: Mapping[str, object], terms: Terms) -> list[OptionProblem]:
    """All that is wrong with some values for an options class, in the order in which they are given.

    >>> @dataclass(frozen=True)
    ... class Limit:
    ...     words: int = whole_number("words of the longest line", 6)
    >>> option_problems(Limit, {"wrods": 3}, {})
    [OptionProblem(key='wrods', message="there is no option 'wrods'", hint="did you mean 'words'?")]
    >>> option_problems(Limit, {"words": "six"}, {})[0].message
    "the option 'words' cannot be 'six'"
    """
    known = _by_key(cls)
    problems = []
    for key, value in values.items():
        if key not in known:
            problems.append(OptionProblem(key, f"there is no option {key!r}", _suggestion(key, known)))
            continue
        kind = _kind(known[key])
        try:
            kind.read(value, terms)
        except ValueError as error:
            hint = f"give {kind.name}" + (f": {error}" if str(error) else "")
            problems.append(OptionProblem(key, f"the option {key!r} cannot be {_shown(value)}", hint))
    for key, one in known.items():
        if one.default is MISSING and key not in values:
            hint = f"give {_kind(one).name}: {one.metadata['description']}"
            problems.append(OptionProblem("", f"the option {key!r} is missing", hint))
    return problems


def read_options(cls: type[_T], values: Mapping[str, object], terms: Terms) -> _T:
    """A value of an options class. The values must have no problems."""
    known = _by_key(cls)
    return cls(**{known[key].name: _kind(known[key]).read(value, terms) for key, value in values.items()})


def describe_options(cls: type[Any]) -> Iterator[OptionDoc]:
    """What the documentation says about the options of a class."""
    for key, one in _by_key(cls).items():
        default = "" if one.default is MISSING else str(one.default)
        yield OptionDoc(key, _kind(one).name, default, one.metadata["description"])


def _by_key(cls: type[Any]) -> dict[str, Field[Any]]:
    return {one.name.replace("_", "-"): one for one in fields(cls)}


def _kind(one: Field[Any]) -> _Kind:
    kind: _Kind = one.metadata["kind"]
    return kind


def _suggestion(key: str, known: Mapping[str, object]) -> str:
    from difflib import get_close_matches  # importing cleaner must stay quick

    close = get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"allowed are {', '.join(known) or 'none'}"


def _shown(value: object) -> str:
    return repr(list(value) if isinstance(value, tuple) else value)


def _read_number(value: object, _: Terms) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError
    return value


def _texts(value: object) -> tuple[str, ...]:
    several = value if isinstance(value, (tuple, list)) else (value,)
    texts = tuple(one for one in several if isinstance(one, str) and one)
    if not texts or len(texts) != len(several):
        raise ValueError
    return texts


_TERM = re.compile(r"\{([a-z][a-z0-9_-]*)\}")
_REGEX_SIGN = re.compile(r"[\\()\[\]{}*+?^$]")


def _read_words(value: object, terms: Terms) -> frozenset[str]:
    return frozenset(word for text in _texts(value) for word in _words(text, terms, frozenset()))


def _words(text: str, terms: Terms, above: frozenset[str]) -> Iterator[str]:
    """The words that a text stands for: itself, or the alternatives of a term, which may name terms again."""
    term = _TERM.fullmatch(text)
    if not term:
        if _REGEX_SIGN.search(text):
            raise ValueError(f"{text!r} is a regex and no word")
        yield text
        return
    name = term[1]
    if name not in terms:
        raise ValueError(f"there is no term {text}; {_suggestion(name, terms)}")
    if name in above:
        raise ValueError(f"the term {text} names itself")
    for part in terms[name].split("|"):
        yield from _words(part, terms, above | {name})
