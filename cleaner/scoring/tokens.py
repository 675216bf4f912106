"""The words and pieces of words of a line as numbers: a table of weights is small, and holds no words of anybody.

The hash is CRC-32: the same on every machine and in every process.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from zlib import crc32

from cleaner.scoring.shapes import is_unspaced
from cleaner.text.normalize import caseless

__all__ = ["BUCKETS", "hashed"]

BUCKETS = 1 << 18
"""How many different numbers there are."""

_FIRST_WORDS, _LAST_WORDS = 7, 5
_SHORT_LINE = 90  # characters of the longest line that is looked at by pieces of words
_END = 20  # characters at either end of a longer line
_PIECE = 4
_SIGNS = 2  # characters of a piece where no blanks stand between words
_DIGIT = re.compile(r"\d")


def tokens_of(line: str, words: Sequence[str], rules: Iterable[str] = ()) -> set[str]:
    """What is hashed of a line: words at its beginning and end, pairs, pieces of words, the rules that fit it.

    Digits are all the same, and case makes no difference.

    >>> sorted(tokens_of("No 12", ["No", "12"]))
    ['0 00', '0 no', '1 00', '1 no', '2 no', '=no 00', '^no 00', '_ 00_', '__no ', '_no 0', '_o 00', 'no 00']
    """
    ends = "\n".join((*words[:_FIRST_WORDS], *words[-_LAST_WORDS:]))
    folded = _DIGIT.sub("0", caseless(ends)).split("\n") if ends else []
    head, tail = folded[: min(len(words), _FIRST_WORDS)], folded[-min(len(words), _LAST_WORDS) :]
    found = {f"1 {word}" for word in head} | {f"0 {word}" for word in tail[-2:]}
    found.update(f"{first} {second}" for first, second in pairwise(head))
    if head:
        found.add(f"2 {head[0]}")
        found.add("^" + " ".join(head[:2]))
    if 0 < len(words) <= 5:
        found.add("=" + " ".join(head))
    text = line.strip()
    has_signs = is_unspaced(line)
    for end in [text] if len(text) <= _SHORT_LINE else [text[:_END], text[-_END:]]:
        piece = f"_{_DIGIT.sub('0', caseless(end))}_"
        found.update(["_" + piece[i : i + _PIECE] for i in range(len(piece) - _PIECE + 1)])
        if has_signs:
            found.update(["=" + piece[i : i + _SIGNS] for i in range(len(piece) - _SIGNS + 1)])
    found.update(f"r {rule}" for rule in rules)
    return found


def hashed(line: str, words: Sequence[str], rules: Iterable[str] = ()) -> list[int]:
    """The numbers of a line's words and pieces, below :data:`BUCKETS`, in order, each once.

    Args:
        line: the line.
        words: its words.
        rules: the classes of the rules that fit it, whether or not they act.

    >>> hashed("Share", ["Share"]) == hashed("SHARE", ["SHARE"]) != hashed("Photo", ["Photo"])
    True
    """
    tokens = "\n".join(tokens_of(line, words, rules)).encode("utf-8", "surrogatepass")
    return sorted({number % BUCKETS for number in map(crc32, tokens.split(b"\n"))})
