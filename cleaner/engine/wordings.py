"""The exact wordings and prefixes of a rule set, as they are looked up: the cost does not grow with their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.rules.model import Rule, Texts, Unit
from cleaner.rules.selection import DEFAULT_MAX_WORDS
from cleaner.rules.wording_keys import PrefixKey, prefix_keys
from cleaner.text.lines import is_spoken, unwrap
from cleaner.text.normalize import fold, fold_lines
from cleaner.text.prose import count_words

__all__ = ["Wordings", "all_texts"]

_BUCKET = 4  # characters of a prefix that name its bucket
_MOST_BLOCK_LINES = 6

_Prefixes = Mapping[str, Sequence[tuple[str, str, tuple[int, ...]]]]
"""By the first characters: the key of a prefix, the mark it must end in, and the rules."""


class Wordings:
    """Finds rules by the folded text of a line. Rules go by their number in the order of the rule set.

    Args:
        rules: all rules, in order.

    Attributes:
        block_starts: folded lines that a wording of several lines may begin with.

    >>> from cleaner.rules.model import Rule
    >>> wordings = Wordings([Rule(id="own.x", description="X", lines={"en": ("Follow us",)})])
    >>> list(wordings.fitting(["• Follow us:"], ["follow us"]))
    [(0, 0)]
    """

    __slots__ = ("_blocks", "_exact", "_max_words", "_prefix_lengths", "_prefixes", "block_starts")

    def __init__(self, rules: Sequence[Rule]) -> None:
        keys = _fold_all(text for rule in rules for text in all_texts(rule.lines))
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for number, rule in enumerate(rules):
            table = self._blocks if rule.unit is Unit.BLOCK else self._exact
            for text in all_texts(rule.lines):
                table[keys[text]].append(number)
        starts = [start for key in self._blocks for start in _starts(key)]
        self.block_starts = frozenset(fold_lines(starts).keys if starts else ())
        self._prefixes = _prefix_table(rules)
        self._prefix_lengths = sorted({len(bucket) for bucket in self._prefixes})
        self._max_words = [rule.max_words or DEFAULT_MAX_WORDS for rule in rules]

    def fitting(self, lines: Sequence[str], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Pairs of the index of a line and the number of a rule it fits; ``keys`` are the lines folded."""
        exact, prefixes, lengths = self._exact, self._prefixes, self._prefix_lengths
        for i, key in enumerate(keys):
            if key in exact and not is_spoken(lines[i]):
                for rule in exact[key]:
                    yield i, rule
            for length in lengths:
                bucket = prefixes.get(key[:length])
                if bucket is not None and len(key) >= length:
                    for prefix, mark, rules in bucket:
                        if _begins(key, prefix, mark):
                            words = count_words(lines[i])
                            for rule in rules:
                                if words <= self._max_words[rule]:
                                    yield i, rule

    def lists(self, rule: int, key: str) -> bool:
        """Whether a folded line is one of the exact wordings of a rule."""
        return rule in self._exact.get(key, ())

    def blocks_at(self, lines: Sequence[str], first: int) -> Iterator[tuple[int, int]]:
        """Wordings that begin at a line and may be broken over several: pairs of the last line and the rule."""
        for last in range(first, min(first + _MOST_BLOCK_LINES, len(lines))):
            if not lines[last].strip():
                return
            key = fold(unwrap(lines[first : last + 1]))
            for rule in self._blocks.get(key, ()):
                yield last, rule
            if key not in self.block_starts:
                return


def all_texts(table: Texts) -> list[str]:
    """The texts of all languages.

    >>> all_texts({"en": ("Share",), "de": ("Teilen", "Drucken")})
    ['Share', 'Teilen', 'Drucken']
    """
    return [text for texts in table.values() for text in texts]


def _fold_all(texts: Iterable[str]) -> dict[str, str]:
    """Each wording with its key. One that holds a newline is folded on its own."""
    listed = list(texts)
    single = [text for text in listed if "\n" not in text]
    keys = dict(zip(single, fold_lines(single).keys, strict=True)) if single else {}
    return keys | {text: fold(text) for text in listed if text not in keys}


def _starts(key: str) -> Iterator[str]:
    """What the first lines of a wording may be: a soft wrap can come after any word."""
    words = key.split(" ")
    return (" ".join(words[:n]) for n in range(1, len(words) + 1))


def _prefix_table(rules: Sequence[Rule]) -> _Prefixes:
    found: dict[str, dict[PrefixKey, list[int]]] = defaultdict(lambda: defaultdict(list))
    numbered = [(number, text) for number, rule in enumerate(rules) for text in all_texts(rule.prefixes)]
    for (number, _), key in zip(numbered, prefix_keys([text for _, text in numbered]), strict=True):
        found[key.text[:_BUCKET]][key].append(number)
    return {
        bucket: [(key, mark, tuple(numbers)) for (key, mark), numbers in keys.items()] for bucket, keys in found.items()
    }


def _begins(key: str, prefix: str, mark: str) -> bool:
    """Whether the key begins with the whole words of the prefix. Scripts without blanks have no word ends."""
    if not key.startswith(prefix):
        return False
    if mark and len(key) > len(prefix) and not key[len(prefix) :].lstrip().startswith(mark):
        return False
    following = key[len(prefix) : len(prefix) + 1]
    return not (following.isalnum() and prefix[-1].isascii() and prefix[-1].isalnum())
