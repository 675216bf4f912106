"""What lines have in common though they are not the same: numbers, dates, names, a beginning, an end.

A line is looked at in several ways. Each gives an anchor: its *kind*, a *key* that lines with the same fixed part
share, and the *filling*, which is what differs. Slots of known types stand in keys as one noncharacter
each, which no text holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import regex

from cleaner.prose import ends_sentence
from cleaner.rules.model import RuleSet
from cleaner.segment import bare, caseless, fold

__all__ = ["KINDS", "Anchor", "Templates", "exact_key", "pattern_of"]

KINDS = ("exact", "typed", "label", "prefix", "suffix")
"""From the surest to the boldest: the whole line but for its numbers; all that differs is a date, a name, a number, a
link; what stands behind a label with a colon or before a separator; any end; any beginning."""

LEAST_WORDS, MOST_WORDS = 3, 6
"""Words of a free beginning or end."""

NUMBER, DATE, NAME, LINK, HANDLE, ANY = (chr(0xFDD0 + i) for i in range(6))

_SLOTS: Mapping[str, str] = {
    NUMBER: r"\d+(?:[.,:]\d+)*\+?(?: ?[kKmM](?!\p{L}))?",
    DATE: "{datetime}",
    NAME: "{name}",
    LINK: r"(?:(?:https?://|www\.|pic\.twitter\.com/)\S+|[\p{L}\d._-]+@[\p{L}\d.-]+\.\p{L}{2,})",
    HANDLE: r"@\w{2,30}",
}
_LISTED = f"{NAME}(?:(?:,| and|, and| und| et| y| e| en| och| og| i| ve| и| dan| &) {NAME})+"
_NUMBER = regex.compile(_SLOTS[NUMBER])
_LINK = regex.compile(_SLOTS[LINK])
_HANDLE = regex.compile(rf"(?<!\S){_SLOTS[HANDLE]}")
_NAMES = regex.compile(_LISTED)
_LABEL = regex.compile(r"(.{1,40}?(?:[:：]|\s[|»>]))\s*(\S.*)")
_SEPARATED = regex.compile(r"(.*\S)(\s[|·•–—-]\s(?:[^|·•–—]{2,40}))")
_FIRST_WORD = regex.compile(r"\P{L}*\p{L}[\p{L}\p{M}'’.-]*")
_LETTERS = regex.compile(r"\p{L}\p{M}*\p{L}|[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_QUOTED = regex.compile(r"""["“„«‘「『]""")
_LONGEST_DATED = 200
_MARKS = r"[^\p{L}\p{N}]{0,3}"


class Anchor(NamedTuple):
    """One way to look at a line; see the module."""

    kind: str
    key: str
    filling: str


def exact_key(line: str) -> str:
    """The key of a line with its numbers folded.

    >>> exact_key("• 16.8k SHARES") == exact_key("335 shares")
    True
    """
    return _NUMBER.sub(NUMBER, fold(line)) if any(char.isdigit() for char in line) else fold(line)


class Templates:
    """Finds anchors of lines with the terms of a rule set, which know dates and names of many languages.

    >>> from cleaner.rules import builtin_rules
    >>> found = Templates(builtin_rules()).anchors("Photo: Jane Doe / River Post")
    >>> [(anchor.kind, anchor.filling) for anchor in found][:3]
    [('exact', ''), ('typed', 'Jane Doe|River Post'), ('label', 'Jane Doe / River Post')]
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules

    @cached_property
    def _date(self) -> regex.Pattern[str]:
        return regex.compile(self._rules.expand(r"(?<!\w)(?:{datetime})(?!\w)"), regex.IGNORECASE)

    @cached_property
    def _name(self) -> regex.Pattern[str]:
        return regex.compile(self._rules.expand("(?<!\\w){name}"), regex.IGNORECASE)

    def anchors(self, line: str) -> Iterator[Anchor]:
        """The anchors of a line, by kind; the first is that of the whole line. A line without letters has none."""
        key = exact_key(line)
        if not _LETTERS.search(key):
            return
        yield Anchor("exact", key, "")
        text = bare(line)
        seen = set()
        for protected in (True, False):
            typed = self._typed(text, protected)
            if typed is not None and typed.key not in seen:
                seen.add(typed.key)
                yield typed
        if _QUOTED.match(text):
            return  # a saying, with its author behind it
        label = _LABEL.fullmatch(text)
        if label:
            yield Anchor("label", _fixed(label[1]), label[2])
        separated = _SEPARATED.fullmatch(text)
        if separated and not ends_sentence(separated[1]):
            yield Anchor("label", ANY + _fixed(separated[2]), separated[1])
        yield from _edges(text)

    def _typed(self, text: str, protected: bool) -> Anchor | None:
        """The line with slots for what is of a known type. The first word begins with a capital for no reason of its
        own, so that it is once taken for the beginning of a name and once not."""
        fillings: list[str] = []

        def slot(kind: str) -> Callable[[regex.Match[str]], str]:
            def put(match: regex.Match[str]) -> str:
                fillings.append(match[0])
                return kind

            return put

        key = _LINK.sub(slot(LINK), text)
        key = _HANDLE.sub(slot(HANDLE), key)
        if len(text) <= _LONGEST_DATED and any(char.isdigit() for char in key):
            key = self._date.sub(slot(DATE), key)
        first = _FIRST_WORD.match(key) if protected else None
        start = first.end() if first else 0
        key = key[:start] + self._name.sub(slot(NAME), key[start:])
        key = _NAMES.sub(NAME, key)
        if not fillings:
            return None
        key = caseless(_NUMBER.sub(NUMBER, key)).strip()
        if not _LETTERS.search(key) and DATE not in key:
            return None  # a name or a link alone, which may be anybody's
        return Anchor("typed", key, "|".join(fillings))


def _fixed(text: str) -> str:
    """A fixed part as it is compared: numbers and case make no difference."""
    return caseless(_NUMBER.sub(NUMBER, text))


def _edges(text: str) -> Iterator[Anchor]:
    """Beginnings and ends of several words."""
    words = text.split(" ")
    for count in range(LEAST_WORDS, min(MOST_WORDS, len(words) - 1) + 1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        yield Anchor("prefix", _fixed(head), rest)
        tail, rest = " ".join(words[-count:]), " ".join(words[:-count])
        yield Anchor("suffix", _fixed(tail), rest)


def pattern_of(kind: str, key: str, longest: int) -> str:
    """A regex for the lines of an anchor; what differs becomes a term, a class of characters, or at most ``longest``
    characters of anything.

    >>> pattern_of("label", "read also:", 60)
    'read also: ?.{1,60}'
    >>> pattern_of("typed", f"by {NAME}", 0)
    'by {names}'
    """
    slots = {**_SLOTS, NAME: "{names}", ANY: f".{{1,{longest}}}"}
    body = "".join(slots.get(char) or regex.escape(char, literal_spaces=True) for char in key)
    if kind == "label":
        return body if key.startswith(ANY) else f"{body} ?{slots[ANY]}"
    if kind == "prefix":
        return f"{body} {slots[ANY]}"
    if kind == "suffix":
        return f"{slots[ANY]} {body}"
    # The key of a whole line is without the marks at its ends, which a pattern has to match.
    return f"{_MARKS}{body}{_MARKS}" if kind == "exact" else body
