"""Which lines of a text are body, by the words of a body that somebody marked.

The measure of benchmarks: a line is body when at least half of its runs of four words stand in the marked body, and a
second copy of what stands there once is a scrap.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from html import unescape

__all__ = ["agreement", "line_labels", "segment_labels", "shingles", "words_in"]

_WORD = re.compile(r"\w+")
_RUN = 4  # words
_LEAST_PIECE = 12  # characters: a shorter piece of the body may stand in a scrap too
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF])  # characters that nobody sees, which repair takes out


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared: composed, without entities and characters that nobody sees."""
    return _WORD.findall(unicodedata.normalize("NFC", unescape(text).translate(_UNSEEN)))


def shingles(words: Sequence[str]) -> Counter[tuple[str, ...]]:
    """The runs of four words, each as often as it is there; of a shorter text all of it.

    >>> list(shingles("the council met on Tuesday".split()))
    [('the', 'council', 'met', 'on'), ('council', 'met', 'on', 'Tuesday')]
    """
    last = max(1, len(words) - _RUN + 1)
    return Counter(tuple(words[i : i + _RUN]) for i in range(last)) if words else Counter()


def line_labels(lines: Sequence[str], body: str) -> list[bool | None]:
    """For each line whether it is a scrap; None for a line without a word.

    Args:
        lines: the lines of the text, in order.
        body: the body that somebody marked.

    >>> line_labels(["Menu", "", "The council met on Tuesday."], "The council met on Tuesday.")
    [True, None, False]
    """
    marked = [word.lower() for word in words_in(body)]
    whole_lines = {" ".join(words_in(line.lower())) for line in body.split("\n")}
    joined = f" {' '.join(marked)} "
    left = shingles(marked)
    found: list[bool | None] = []
    for line in lines:
        words = words_in(line.lower())
        text = " ".join(words)
        if not words:
            found.append(None)
        elif len(words) < _RUN:
            found.append(not (text in whole_lines or (len(words) == _RUN - 1 and f" {text} " in joined)))
        else:
            own = shingles(words)
            common = own & left
            is_body = common.total() * 2 >= own.total()
            if is_body:
                left.subtract(common)  # "-=" would walk through all of them for each line
            found.append(not is_body)
    return found


def segment_labels(lines: Sequence[str], kept: Sequence[str], dropped: Sequence[str]) -> list[bool | None]:
    """For each line whether it is a scrap, by pieces of text that must stay and pieces that must go.

    None for a line of which the pieces say nothing, or both. A piece that must go makes a scrap only of a line of which
    it is the greater part.

    >>> segment_labels(["Menu", "The council met again.", "Ok"], ["council met again"], ["Menu"])
    [True, False, None]
    """
    found: list[bool | None] = []
    for line in lines:
        stays = any(piece in line for piece in kept if len(piece) >= _LEAST_PIECE)
        goes = any(piece in line and len(piece) * 2 >= len(line.strip()) for piece in dropped if piece)
        found.append(None if stays == goes else goes)
    return found


def agreement(body: Counter[tuple[str, ...]], text: Counter[tuple[str, ...]]) -> tuple[float, float, float]:
    """The shares of what both have, only the text has, and only the body has, of all runs of words.

    >>> agreement(shingles(["a"]), shingles(["b"]))
    (0.0, 0.5, 0.5)
    """
    common, more, less = (body & text).total(), (text - body).total(), (body - text).total()
    whole = common + more + less
    return (common / whole, more / whole, less / whole) if whole else (0.0, 0.0, 0.0)
