"""The words and pieces of words of a line as numbers: a table of weights is small, and holds no words of anybody.

The hash is CRC-32: the same on every machine and in every process. Each kind of piece begins from a number of its own,
so that a word at the beginning of a line is another one than the same word at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum
from itertools import pairwise
from zlib import crc32

from cleaner.scoring.shapes import is_unspaced
from cleaner.text.normalize import caseless

__all__ = ["BUCKETS", "Kind", "hashed", "number_of"]

BUCKETS = 1 << 18
"""How many different numbers there are."""

_FIRST_WORDS, _LAST_WORDS = 7, 2
_FEW_WORDS = 5  # of a line that counts as a whole
_SHORT_LINE = 90  # characters of the longest line that is looked at by pieces of words
_END = 20  # characters at either end of a longer line
_DIGIT = re.compile(r"\d")
_ENCODING = "utf-32-le", "surrogatepass"  # all characters have one width, so pieces are slices
_WIDTH = 4  # bytes of a character
_PIECE = 4 * _WIDTH
_SIGNS = 2 * _WIDTH  # of a piece where no blanks stand between words
_BLANK = " ".encode(*_ENCODING)


class Kind(IntEnum):
    """What a piece of a line is. The values are part of every model file: a new kind takes a new one."""

    HEAD = 1
    """One of the first words."""
    TAIL = 2
    """One of the last two words."""
    PAIR = 3
    """Two words that stand side by side near the beginning."""
    FIRST = 4
    """The first word."""
    OPENING = 5
    """The first two words."""
    WHOLE = 6
    """All words of a line of at most five."""
    PIECE = 7
    """Four characters in a row; the ends of the line count as characters."""
    SIGNS = 8
    """Two characters in a row, where no blanks stand between words."""
    RULE = 9
    """The class of a rule that fits the line, whether or not it acts."""


# As plain numbers they are quicker.
_AT_HEAD, _AT_TAIL, _AS_PAIR, _AS_FIRST, _AS_OPENING, _AS_WHOLE, _AS_PIECE, _AS_SIGNS, _AS_RULE = map(int, Kind)


def number_of(kind: Kind, text: str) -> int:
    """The number of a piece of a line, below :data:`BUCKETS`.

    Args:
        kind: what it is.
        text: the piece, without differences of case; digits stand as 0, and words are parted by a blank.

    >>> number_of(Kind.HEAD, "share") in hashed("Share this", ["Share", "this"])
    True
    """
    return crc32(text.encode(*_ENCODING), kind) % BUCKETS


def hashed(line: str, words: Sequence[str], rules: Iterable[str] = ()) -> set[int]:
    """The numbers of a line's words and pieces, below :data:`BUCKETS`.

    Digits are all the same, and case makes no difference.

    Args:
        line: the line.
        words: its words.
        rules: the classes of the rules that fit it, whether or not they act.

    >>> hashed("Share", ["Share"]) == hashed("SHARE", ["SHARE"]) != hashed("Photo", ["Photo"])
    True
    """
    found = [*_of_words(words), *_of_pieces(line)]
    found += [crc32(rule.encode(*_ENCODING), _AS_RULE) for rule in rules]
    return {number % BUCKETS for number in found}


def _of_words(words: Sequence[str]) -> list[int]:
    if not words:
        return []
    head = [word.encode(*_ENCODING) for word in _folded(words[:_FIRST_WORDS])]
    tail = head[-_LAST_WORDS:]
    if len(words) > _FIRST_WORDS:
        tail = [word.encode(*_ENCODING) for word in _folded(words[-_LAST_WORDS:])]
    found = [crc32(word, _AT_HEAD) for word in head]
    found += [crc32(word, _AT_TAIL) for word in tail]
    found += [crc32(first + _BLANK + second, _AS_PAIR) for first, second in pairwise(head)]
    found.append(crc32(head[0], _AS_FIRST))
    found.append(crc32(_BLANK.join(head[:2]), _AS_OPENING))
    if len(words) <= _FEW_WORDS:
        found.append(crc32(_BLANK.join(head), _AS_WHOLE))
    return found


def _folded(words: Sequence[str]) -> list[str]:
    return _DIGIT.sub("0", caseless("\n".join(words))).split("\n")


def _of_pieces(line: str) -> list[int]:
    text, has_signs = line.strip(), is_unspaced(line)
    found: list[int] = []
    for end in [text] if len(text) <= _SHORT_LINE else [text[:_END], text[-_END:]]:
        data = f"_{_DIGIT.sub('0', caseless(end))}_".encode(*_ENCODING)
        last = len(data) - _PIECE
        found += [crc32(data[i : i + _PIECE], _AS_PIECE) for i in range(0, last + 1, _WIDTH)]
        if has_signs:
            found += [crc32(data[i : i + _SIGNS], _AS_SIGNS) for i in range(0, len(data) - _SIGNS + 1, _WIDTH)]
    return found
