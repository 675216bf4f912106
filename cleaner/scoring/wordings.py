"""What a line says by itself: its words, its shape, and the rules that fit it. It is found out once for each line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from cleaner.rules.model import Confidence, Rule
from cleaner.scoring.sections import marks_of
from cleaner.scoring.shapes import shape_of, words_of
from cleaner.scoring.tokens import hashed
from cleaner.scoring.vocabulary import terms_in
from cleaner.scoring.voices import persons_in

__all__ = ["Fitting", "Wording", "Wordings"]

_CONFIDENCE = {Confidence.LOW: 1, Confidence.MEDIUM: 2, Confidence.HIGH: 3}

Fitting = Callable[[Sequence[str]], Sequence[Collection[Rule]]]
"""Gives for each of some lines the rules whose wording fits it."""


class Wording(NamedTuple):
    """A line by itself.

    Attributes:
        words: its words, as :func:`cleaner.scoring.shapes.words_of` gives them.
        shape: the evidence of its shape.
        confidence: 0 when no rule fits it, else 1 to 3 for the highest confidence of those that do.
        tokens: the numbers of its words and pieces of words.
        words_score: what these numbers are worth, where somebody knows it.
        terms: what it is about.
        marks: which marks of sections it is, by the rules that fit it.
        persons: how many of its words mean who speaks or who is spoken to.
    """

    words: list[str]
    shape: list[float]
    confidence: int
    tokens: Collection[int]
    words_score: int
    terms: frozenset[str]
    marks: int
    persons: int


class Wordings:
    """The wordings of lines, kept while a text is looked at again. It serves one text.

    Args:
        fitting: gives the rules of any confidence that fit lines. Only their wordings are asked, not where they act.
        weigh: says what the numbers of a line's words are worth; without it they are worth nothing.

    >>> wordings = Wordings(lambda lines: [()] * len(lines))
    >>> [wording.words for wording in wordings.of(["The bridge", "Share"])]
    [['The', 'bridge'], ['Share']]
    """

    def __init__(self, fitting: Fitting, weigh: Callable[[Collection[int]], int] = lambda _: 0) -> None:
        self._fitting, self._weigh = fitting, weigh
        self._known: dict[str, Wording] = {}

    def of(self, lines: Sequence[str]) -> list[Wording]:
        """The wordings of lines that are not blank, in their order."""
        known = self._known
        fresh = [line for line in dict.fromkeys(lines) if line not in known]
        for line, rules in zip(fresh, self._fitting(fresh), strict=True):
            words, classes = words_of(line), {rule.scrap_class for rule in rules}
            tokens = hashed(line, words, classes)
            known[line] = Wording(
                words,
                shape_of(line, words),
                max((_CONFIDENCE[rule.confidence] for rule in rules), default=0),
                tokens,
                self._weigh(tokens),
                terms_in(words),
                marks_of(classes),
                persons_in(line, words),
            )
        return [known[line] for line in lines]
