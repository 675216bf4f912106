"""What a line shares with the title and with the other lines of the article.

A headline of another article shares few words with this one, a caption shares names, and a teaser or a pull quote
says again what stands elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from cleaner.text.normalize import caseless

__all__ = ["VOCABULARY", "Terms", "Vocabulary", "terms_in", "terms_of"]

VOCABULARY: tuple[tuple[str, str], ...] = (
    ("title-known", "the title {is/is not} known"),
    ("title-words", "{%} of its words stand in the title"),
    ("title-held", "it holds {%} of the words of the title"),
    ("known-words", "{%} of its words stand in other paragraphs"),
    ("new-words", "{} of its words stand in no other line"),
    ("known-pairs", "{%} of its pairs of words stand in other lines"),
    ("near-words", "{%} of its words stand in the lines around it"),
    ("topic-words", "{%} of its words stand in several other lines"),
    ("names-known", "{%} of its words with a capital stand in other paragraphs"),
    ("names-new", "{} of its words with a capital stand in no other line"),
    ("copies-above", "it stands {} times above already"),
    ("copies-below", "it stands {} times below again"),
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


def _names_of(words: Sequence[str]) -> list[str]:
    """The longer words with a capital, the first word aside: in most scripts names, or a headline in title case.

    >>> _names_of(["The", "Mayor", "of", "Newford"])
    ['mayor', 'newford']
    """
    return [caseless(word) for word in words[1:_MOST_TERMS] if len(word) >= _LEAST_LETTERS and word[0].isupper()]


class Terms(NamedTuple):
    """What a line is about.

    Attributes:
        distinct: its terms, each once.
        pairs: the pairs of terms that stand side by side.
        names: its longer words with a capital.
    """

    distinct: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: Sequence[str]


def terms_in(words: Sequence[str]) -> Terms:
    """The terms of a line.

    >>> sorted(terms_in(["The", "Mayor", "votes", "again"]).pairs)
    [('mayor', 'votes'), ('votes', 'again')]
    """
    terms = terms_of(words)
    return Terms(frozenset(terms), frozenset(pairwise(terms)), _names_of(words))


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
        self, lines: Sequence[Terms], keys: Sequence[str], is_prose: Sequence[bool], title: Sequence[str]
    ) -> None:
        self._lines = lines
        self._is_prose = is_prose
        self._title = set(title)
        self._in_lines = Counter(chain.from_iterable([line.distinct for line in lines]))
        prose = [line.distinct for line, is_running in zip(lines, is_prose, strict=True) if is_running]
        self._in_prose = Counter(chain.from_iterable(prose))
        self._pairs_in_lines = Counter(chain.from_iterable([line.pairs for line in lines]))
        self._copies = Counter(keys)
        self._keys = keys
        self._above: Counter[str] = Counter()
        self._copies_above = []
        for key in keys:
            self._copies_above.append(self._above[key])
            self._above[key] += 1

    def title_overlap(self, index: int) -> float:
        """Which share of the line and the title together they have in common, 0 to 1."""
        terms = self._lines[index].distinct
        both = terms | self._title
        return len(terms & self._title) / len(both) if self._title and both else 0.0

    def evidence(self, index: int) -> list[float]:
        """The evidence of :data:`VOCABULARY` for a line, in its order."""
        terms, pairs, names = self._lines[index]
        many = len(terms) or 1
        common = len(terms & self._title)
        own = int(self._is_prose[index])
        in_prose, in_lines, pairs_in_lines = self._in_prose, self._in_lines, self._pairs_in_lines
        known = sum([in_prose.get(term, 0) > own for term in terms])
        new = sum([in_lines[term] == 1 for term in terms])
        again = sum([pairs_in_lines[pair] > 1 for pair in pairs])
        above = self._copies_above[index]
        around = (*self._lines[max(0, index - _NEAR) : index], *self._lines[index + 1 : index + 1 + _NEAR])
        near = terms.intersection(chain.from_iterable([line.distinct for line in around]))
        return [
            bool(self._title),
            round(common / many, 3),
            round(common / (len(self._title) or 1), 3),
            round(known / many, 3) if terms else -1,
            new,
            round(again / len(pairs), 3) if pairs else -1,
            round(len(near) / many, 3) if terms else -1,
            round(sum([in_lines[term] > _SEVERAL for term in terms]) / many, 3) if terms else -1,
            round(sum([in_prose.get(name, 0) > own for name in names]) / len(names), 3) if names else -1,
            sum([in_lines[name] == 1 for name in names]),
            above,
            self._copies[self._keys[index]] - above - 1,
        ]
