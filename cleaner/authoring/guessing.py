"""Guess the class and the language of a wording, by the words it shares with the wordings of a rule set."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import regex

from cleaner.rules.ruleset import RuleSet
from cleaner.text.normalize import caseless

__all__ = ["UNKNOWN_CLASS", "Guess", "Guesser"]

UNKNOWN_CLASS = "learned"
"""The class of a wording that is not like any other."""

_WORD = regex.compile(r"[\p{L}\p{M}']+")
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_LIKELY = 0.45  # likeness from which a wording is taken to be of the same class
_NO_LANGUAGE = ("", "mul")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a wording is most like.

    Attributes:
        scrap_class: the class of that rule, or UNKNOWN_CLASS when the likeness is too small.
        rule: the id of the rule with the likest wording, or "" when the likeness is too small.
        language: the language, or "" when no word gives a hint.
        likeness: 0 to 1.
    """

    scrap_class: str
    rule: str
    language: str
    likeness: float


class _Known(NamedTuple):
    """A wording of a rule, as its words."""

    rule: str
    language: str
    words: frozenset[str]


class _Index(NamedTuple):
    """The wordings of all rules.

    Attributes:
        wordings: the wordings.
        by_word: the numbers of the wordings that hold a word.
        weights: how much each word tells: the rarer, the more.
    """

    wordings: Sequence[_Known]
    by_word: Mapping[str, Sequence[int]]
    weights: Mapping[str, float]


class Guesser:
    """Guesses by the words that the wordings of a rule set have in common with a text.

    Args:
        rules: the rules.

    >>> from cleaner.rules import builtin_rules
    >>> guess = Guesser(builtin_rules()).guess("Folgen Sie der Hügelpost auf Facebook")
    >>> guess.scrap_class, guess.language
    ('follow-us', 'de')
    """

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules

    @cached_property
    def _index(self) -> _Index:
        wordings = [_Known(rule, language, words) for rule, language, words in _wordings(self._rules) if words]
        by_word: dict[str, list[int]] = defaultdict(list)
        for number, wording in enumerate(wordings):
            for word in wording.words:
                by_word[word].append(number)
        weights = {word: math.log(1 + len(wordings) / len(found)) for word, found in by_word.items()}
        return _Index(wordings, by_word, weights)

    @cached_property
    def _languages(self) -> Mapping[str, Counter[str]]:
        """How often each word stands in wordings of each language."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for wording in self._index.wordings:
            if wording.language not in _NO_LANGUAGE:
                for word in wording.words:
                    found[word][wording.language] += 1
        return found

    def guess(self, text: str) -> Guess:
        """Class and language of a wording."""
        words = frozenset(_words(text))
        nearest, likeness = self._nearest(words)
        if nearest is None or likeness < _LIKELY:
            return Guess(UNKNOWN_CLASS, "", self._language(words, ""), likeness)
        language = self._language(words, nearest.language)
        return Guess(nearest.rule.partition(".")[0], nearest.rule, language, likeness)

    def share_known(self, text: str, language: str) -> float:
        """The share of the words of a text, 0 to 1, that stand in wordings of a language.

        >>> from cleaner.rules import builtin_rules
        >>> Guesser(builtin_rules()).share_known("Folgen Sie uns", "de")
        1.0
        """
        words = frozenset(_words(text))
        known = sum(language in self._languages.get(word, ()) for word in words)
        return known / len(words) if words else 0.0

    def _nearest(self, words: frozenset[str]) -> tuple[_Known | None, float]:
        """The wording that shares most with some words, and how much: twice the common weight by the weight of both."""
        wordings, by_word, weights = self._index
        unknown = math.log(1 + len(wordings))
        total = sum(weights.get(word, unknown) for word in words)
        candidates = sorted({number for word in words for number in by_word.get(word, ())})
        best, likeness = None, 0.0
        for number in candidates:
            other = wordings[number].words
            common = sum(weights[word] for word in words & other)
            score = 2 * common / (total + sum(weights[word] for word in other))
            if score > likeness:
                best, likeness = wordings[number], score
        return best, likeness

    def _language(self, words: Iterable[str], nearest: str) -> str:
        """The language that most words are of; of equal ones that of the nearest wording."""
        votes: Counter[str] = Counter()
        for word in words:
            counts = self._languages.get(word)
            if counts:
                total = sum(counts.values())
                for language, count in counts.items():
                    votes[language] += 100 * count // total
        if not votes:
            return "" if nearest == "mul" else nearest
        best = max(votes.values())
        leaders = sorted(language for language, count in votes.items() if count == best)
        return nearest if nearest in leaders else leaders[0]


def _wordings(rules: RuleSet) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Rule, language and words of every wording and every example of what is removed."""
    for rule in rules:
        for table in (rule.lines, rule.prefixes, rule.examples.removes):
            for language, texts in table.items():
                for text in texts:
                    yield rule.id, language, frozenset(_words(text))


def _words(text: str) -> Iterator[str]:
    """The words of a text; of scripts without blanks, all pairs of neighbouring characters."""
    for word in _WORD.findall(caseless(text)):
        if _UNSPACED.search(word):
            yield from (word[i : i + 2] for i in range(max(1, len(word) - 1)))
        else:
            yield word
