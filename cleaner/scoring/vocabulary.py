"""What a line shares with the title and with the other lines of the article.

A headline of another article shares few words with this one, a caption shares names, and a teaser or a pull quote
says again what stands elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain

from cleaner.text.normalize import caseless

__all__ = ["VOCABULARY", "Vocabulary", "terms_in", "terms_of"]

VOCABULARY: tuple[tuple[str, str], ...] = (
    ("title-known", "the title {is/is not} known"),
    ("title-words", "{%} of its words stand in the title"),
    ("title-held", "it holds {%} of the words of the title"),
    ("known-words", "{%} of its words stand in other paragraphs"),
    ("new-words", "{} of its words stand in no other line"),
    ("near-words", "{%} of its words stand in the lines around it"),
    ("topic-words", "{%} of its words stand in several other lines"),
    ("copies-above", "it stands {} times above already"),
)
"""The evidence of the vocabulary: the name of each piece, and what it says in words."""

_UNSPACED_RUN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
_LEAST_LETTERS = 4  # shorter words are mostly those that every text has
_NEAR = 3  # lines on either side
_SEVERAL = 3  # lines, with the line itself
_MOST_TERMS = 60  # of a line: long lines are running text whatever they share


def terms_of(words: Sequence[str]) -> list[str]:
    """The words that say what a line is about, without differences of case; of Chinese and the like, pairs of signs.

    >>> terms_of(["The", "Council", "votes"]), terms_of(["市议会"])
    (['council', 'votes'], ['市议', '议会'])
    """
    if all(map(str.isascii, words)):
        return caseless("\n".join([word for word in words if len(word) >= _LEAST_LETTERS][:_MOST_TERMS])).split()
    found: list[str] = []
    for word in words:
        if word.isascii() or not _UNSPACED_RUN.match(word):
            if len(word) >= _LEAST_LETTERS:
                found.append(caseless(word))
        else:
            found.extend(word[i : i + 2] for i in range(len(word) - 1))
        if len(found) >= _MOST_TERMS:
            break
    return found


def terms_in(words: Sequence[str]) -> frozenset[str]:
    """The terms of a line, each once.

    >>> sorted(terms_in(["The", "Mayor", "votes", "votes"]))
    ['mayor', 'votes']
    """
    return frozenset(terms_of(words))


class Vocabulary:
    """The words of a text by the lines that they stand in.

    Args:
        lines: the terms of each line.
        keys: the folded form of each line, for copies.
        is_prose: whether each line is running text.
        title: the terms of the title; none when it is not known.

    >>> lines = [["Council", "closes", "bridge"], ["The", "council", "closed", "the", "bridge"], ["Lottery", "winners"]]
    >>> words = Vocabulary(list(map(terms_in, lines)), ["a", "b", "c"], [False, True, False], [])
    >>> found = dict(zip((name for name, _ in VOCABULARY), words.evidence(0)))
    >>> found["known-words"], found["new-words"]
    (0.667, 1)
    """

    def __init__(
        self, lines: Sequence[frozenset[str]], keys: Sequence[str], is_prose: Sequence[bool], title: Sequence[str]
    ) -> None:
        self._lines = lines
        self._is_prose = is_prose
        self._title = frozenset(title)
        counts = Counter(chain.from_iterable(lines))
        self._new = {term for term, count in counts.items() if count == 1}
        self._topic = {term for term, count in counts.items() if count > _SEVERAL}
        prose = Counter(chain.from_iterable([terms for terms, is_one in zip(lines, is_prose, strict=True) if is_one]))
        # What a paragraph itself says does not count as said elsewhere.
        self._known = set(prose), {term for term, count in prose.items() if count > 1}
        above: Counter[str] = Counter()
        self._copies_above = []
        for key in keys:
            self._copies_above.append(above[key])
            above[key] += 1

    def title_overlap(self, index: int) -> float:
        """Which share of the line and the title together they have in common, 0 to 1."""
        terms = self._lines[index]
        both = terms | self._title
        return len(terms & self._title) / len(both) if self._title and both else 0.0

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`VOCABULARY` for a line, in its order."""
        terms, title, above = self._lines[index], self._title, self._copies_above[index]
        many = len(terms)
        common = len(terms & title)
        if not terms:
            return [bool(title), 0.0, 0.0, -1, 0, -1, -1, above]
        return [
            bool(title),
            round(common / many, 3),
            round(common / (len(title) or 1), 3),
            round(len(terms & self._known[self._is_prose[index]]) / many, 3),
            len(terms & self._new),
            round(self._near(index) / many, 3),
            round(len(terms & self._topic) / many, 3),
            above,
        ]

    def _near(self, index: int) -> int:
        """How many terms of a line stand in the lines around it."""
        terms = left = self._lines[index]
        for other in (*self._lines[max(0, index - _NEAR) : index], *self._lines[index + 1 : index + 1 + _NEAR]):
            left -= other
        return len(terms) - len(left)
