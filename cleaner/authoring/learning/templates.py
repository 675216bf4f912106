"""What lines have in common though they are not the same: numbers, dates, names, a beginning, an end.

A line is looked at in several ways. Each gives an anchor: its *kind*, a *key* that lines with the same fixed part
share, and the *filling*, which is what differs. Slots of known types stand in keys as one noncharacter
each, which no text holds.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import regex

from cleaner.rules.ruleset import RuleSet
from cleaner.text.normalize import bare, caseless, fold
from cleaner.text.prose import ends_sentence

__all__ = ["KINDS", "Anchor", "Templates", "exact_key", "pattern_of", "without_slots"]

KINDS = ("exact", "typed", "label", "prefix", "suffix")
"""From the surest to the boldest: the whole line but for its numbers; all that differs is a date, a name, a number, a
link; what stands behind a label with a colon or before a separator; any end; any beginning."""

LEAST_WORDS, MOST_WORDS = 3, 6
"""Words of a free beginning or end."""

NUMBER, DATE, NAME, LINK, HANDLE, ANY = (chr(0xFDD0 + i) for i in range(6))

_ALL_SLOTS = frozenset((NUMBER, DATE, NAME, LINK, HANDLE, ANY))
_SLOTS: Mapping[str, str] = {
    NUMBER: r"\d+(?:[.,:]\d+)*\+?(?: ?[kKmM](?!\p{L}))?",
    DATE: "{datetime}",
    NAME: "{name}",
    LINK: r"(?:(?:https?://|www\.|pic\.twitter\.com/)\S+|[\p{L}\d._-]+@[\p{L}\d.-]+\.\p{L}{2,})",
    HANDLE: r"@\w{2,30}",
}
_LISTED = f"{NAME}(?:(?:,|,? (?:{{and-word}})) {NAME})+"
_NUMBER = regex.compile(_SLOTS[NUMBER])
_DIGIT = regex.compile(r"\d")
_LINK = regex.compile(_SLOTS[LINK])
_HANDLE = regex.compile(rf"(?<!\S){_SLOTS[HANDLE]}")
_LABEL = regex.compile(r"(.{1,40}?(?:[:：]|\s[|»>]))\s*(\S.*)")
_SEPARATED = regex.compile(r"(.*\S)(\s[|·•–—-]\s(?:[^|·•–—]{2,40}))")
_FIRST_WORD = regex.compile(r"\P{L}*\p{L}[\p{L}\p{M}'’.-]*")
_LETTERS = regex.compile(r"\p{L}\p{M}*\p{L}|[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_QUOTED = regex.compile(r"""["“„«‘「『]""")
_LONGEST_DATED = 200
_MARKS = r"[^\p{L}\p{N}]{0,3}"


class Anchor(NamedTuple):
    """One way to look at a line.

    Attributes:
        kind: one of KINDS.
        key: the fixed part, which lines that belong together share.
        filling: what differs.
    """

    kind: str
    key: str
    filling: str


def exact_key(line: str) -> str:
    """The key of a line with its numbers folded.

    >>> exact_key("• 16.8k SHARES") == exact_key("335 shares")
    True
    """
    return _NUMBER.sub(NUMBER, fold(line)) if _DIGIT.search(line) else fold(line)


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

    @cached_property
    def _names(self) -> regex.Pattern[str]:
        """Several slots of names with what joins them, which become one slot."""
        return regex.compile(self._rules.expand(_LISTED))

    def anchors(self, line: str, kinds: Container[str] = KINDS) -> Iterator[Anchor]:
        """The anchors of a line, by kind; the first is that of the whole line. A line without letters has none.

        Args:
            line: the line.
            kinds: the kinds that are wanted besides "exact"; looking for typed parts takes long.
        """
        key = exact_key(line)
        if not _LETTERS.search(key):
            return
        yield Anchor("exact", key, "")
        text = bare(line)
        if "typed" in kinds:
            yield from self._typed(text)
        if _QUOTED.match(text):
            return  # a saying, with its author behind it
        if "label" in kinds:
            yield from _labels(text)
        if "prefix" in kinds or "suffix" in kinds:
            yield from (anchor for anchor in _edges(text) if anchor.kind in kinds)

    def _typed(self, text: str) -> Iterator[Anchor]:
        """The line with slots for what is of a known type; nothing when nothing is."""
        key, fillings = _put(LINK, _LINK, text)
        key, more = _put(HANDLE, _HANDLE, key)
        fillings += more
        if len(text) <= _LONGEST_DATED and _DIGIT.search(key):
            key, more = _put(DATE, self._date, key)
            fillings += more
        # The first word of a line has a capital anyway: names are looked for behind it, and with it.
        first = _FIRST_WORD.match(key)
        found: dict[str, Anchor] = {}
        for start in dict.fromkeys((first.end() if first else 0, 0)):
            named, names = _put(NAME, self._name, key[start:])
            anchor = self._typed_anchor(key[:start] + named, [*fillings, *names])
            if anchor is not None:
                found.setdefault(anchor.key, anchor)
        yield from found.values()

    def _typed_anchor(self, key: str, fillings: Sequence[str]) -> Anchor | None:
        """None without fillings, and for a name or a link alone, which may be anybody's."""
        if not fillings:
            return None
        folded = caseless(_NUMBER.sub(NUMBER, self._names.sub(NAME, key))).strip()
        return Anchor("typed", folded, "|".join(fillings)) if _LETTERS.search(folded) or DATE in folded else None


def _put(slot: str, pattern: regex.Pattern[str], text: str) -> tuple[str, list[str]]:
    """The text with a slot for each match, and the matches."""
    found: list[str] = []

    def replace(match: regex.Match[str]) -> str:
        found.append(match[0])
        return slot

    return pattern.sub(replace, text), found


def without_slots(key: str) -> str:
    """A key with a blank in the place of each slot.

    >>> without_slots(f"photo: {NAME} / river post")
    'photo:   / river post'
    """
    return "".join(" " if char in _ALL_SLOTS else char for char in key)


def _fixed(text: str) -> str:
    """A fixed part as it is compared: numbers and case make no difference."""
    return caseless(_NUMBER.sub(NUMBER, text))


def _labels(text: str) -> Iterator[Anchor]:
    """What stands behind a label with a colon, and what stands before a separator with a few words behind it."""
    label = _LABEL.fullmatch(text)
    if label:
        yield Anchor("label", _fixed(label[1]), label[2])
    separated = _SEPARATED.fullmatch(text)
    if separated and not ends_sentence(separated[1]):
        yield Anchor("label", ANY + _fixed(separated[2]), separated[1])


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
