"""The measures: how close a text is to the marked body, which of its lines are body, and what is gone.

They are those of the article-extraction-benchmark (shingles of four tokens), and those by line that cleaner has been
measured with from the beginning; a test holds them against the script that the project was measured with.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import mean
from typing import NamedTuple

__all__ = ["Line", "comparable", "f1", "is_exact", "labelled", "surviving", "tokens"]

SHINGLE = 4
_TOKEN = re.compile(r"\w+")
_UNSEEN = "\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
_SAME = {
    **dict.fromkeys(map(ord, _UNSEEN)),
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
    **dict.fromkeys(map(ord, "“”„‟"), '"'),
}

Shingle = tuple[str, ...]


class Line(NamedTuple):
    """A line of a text that has tokens.

    Attributes:
        tokens: its tokens in small letters.
        is_body: whether it belongs to the marked body; else it is scrap.
    """

    tokens: tuple[str, ...]
    is_body: bool


def comparable(text: str) -> str:
    """A text as it is compared, so that repairs of the encoding count neither way.

    Curly and straight quotes are the same here, too.

    >>> comparable("cafe\\N{COMBINING ACUTE ACCENT} &amp; co\\N{SOFT HYPHEN}op")
    'café & coop'
    """
    return unicodedata.normalize("NFC", html.unescape(text).translate(_SAME))


def tokens(text: str) -> list[str]:
    """The words of a text: runs of letters, digits and underscores.

    >>> tokens("It’s 5 p.m.")
    ['It', 's', '5', 'p', 'm']
    """
    return _TOKEN.findall(text)


def _shingles(words: Sequence[str]) -> Counter[Shingle]:
    """Every four tokens in a row, with their number; fewer tokens are one shingle."""
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))


def is_exact(body: str, text: str) -> bool:
    """Whether a text has the tokens of the body and no others."""
    return tokens(body) == tokens(text)


def f1(pairs: Iterable[tuple[str, str]]) -> float:
    """F1 of precision and recall, each the mean over documents.

    Args:
        pairs: of each document the marked body and the text.

    A document without text counts for recall only, and one without body for precision only.

    >>> f1([("The council met on Tuesday.", "The council met on Tuesday. Share")])
    0.8
    """
    precisions, recalls = [], []
    for body, text in pairs:
        wanted, found = _shingles(tokens(body)), _shingles(tokens(text))
        both = (wanted & found).total()
        if found:
            precisions.append(both / found.total())
        if wanted:
            recalls.append(both / wanted.total())
    precision, recall = mean(precisions or [0.0]), mean(recalls or [0.0])
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def labelled(text: str, body: str) -> list[tuple[str, Line]]:
    """The lines of a text that have tokens, each with what it is.

    A line is body when half of its shingles stand in the body. What stands there once is body once, so that a second
    copy is scrap. A line of fewer than four tokens is body when it is a line of the body, or three tokens in a row
    there.
    """
    words = tokens(body.lower())
    joined = f" {' '.join(words)} "
    whole = {" ".join(tokens(line.lower())) for line in body.split("\n")}
    left = _shingles(words)
    found = []
    for line in text.split("\n"):
        mine = tokens(line.lower())
        if not mine:
            continue
        if len(mine) < SHINGLE:
            plain = " ".join(mine)
            is_body = plain in whole or (len(mine) == SHINGLE - 1 and f" {plain} " in joined)
        else:
            shingles = _shingles(mine)
            shared = shingles & left
            is_body = shared.total() * 2 >= shingles.total()
            if is_body:
                left -= shared
        found.append((line.strip(), Line(tuple(mine), is_body)))
    return found


def surviving(lines: Iterable[Line], cleaned: str) -> list[float]:
    """The share of each line that still stands in the cleaned text. What stands there once survives once."""
    words = tokens(cleaned.lower())
    left, joined = _shingles(words), f" {'  '.join(words)} "  # two blanks: neighbours share none
    seen: Counter[str] = Counter()
    shares = []
    for line in lines:
        if len(line.tokens) < SHINGLE:
            plain = f" {'  '.join(line.tokens)} "
            seen[plain] += 1
            shares.append(1.0 if joined.count(plain) >= seen[plain] else 0.0)
            continue
        hits, places = 0, len(line.tokens) - SHINGLE + 1
        for start in range(places):
            shingle = line.tokens[start : start + SHINGLE]
            if left[shingle] > 0:
                left[shingle] -= 1
                hits += 1
        shares.append(hits / places)
    return shares
