"""What a sentence of running text looks like, in any script."""

from __future__ import annotations

import re

import regex

from cleaner.text.lazy_regex import lazily

__all__ = ["count_words", "ends_full", "ends_sentence", "is_prose"]

# Chinese, Japanese, Thai, Lao, Khmer and Burmese do not put blanks between words.
_UNSPACED = lazily(regex.compile, r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_MAYBE_UNSPACED = lazily(re.compile, "[\u0e00-\u1dff\u2e80-\U0010ffff]")  # a superset that re finds ten times as fast
_WORD = lazily(regex.compile, r"[\p{L}\p{M}\p{N}]+(?:['’\-.,][\p{L}\p{M}\p{N}]+)*")
# Where no letter is followed by a mark, as in Latin letters with what stands between them, re counts the same words
# in a third of the time.
_SIMPLE = re.compile(r"[^\x00-\u02ff\u2000-\u206f]")
_SIMPLE_WORD = re.compile(r"[^\W_]++(?:['’\-.,][^\W_]++)*+")
_UNSPACED_PER_WORD = 2  # Chinese and Japanese words are about two characters long

_CLOSERS = "\"'”’»›“‘)]）］」』】 \N{NO-BREAK SPACE}\t"
_SENTENCE_END = ".!?…。！？｡؟۔।॥։"
_INNER_END = lazily(regex.compile, r"[.!?…。！？؟۔।॥]['\"”’»)\]]*\s+['\"“‘«(\[]?\p{L}|[。！？]")

# Ten times a letter of an alphabet with what follows to the next blank: at least ten words, counted or not.
_TEN_WORDS = re.compile(r"(?>['\"“‘«(]?[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u02af\u0370-\u052f][^ \n]*+ ++){10}")

_PROSE_WORDS = 10
_LONG_WORDS = 40
_ENOUGH = (300, 1000)  # characters: mostly, and in any script, more than _LONG_WORDS words are in so many


def count_words(text: str) -> int:
    """Number of words; in scripts without blanks two characters count as one.

    >>> count_words("The council met on Tuesday."), count_words("市议会星期二开会。")
    (5, 4)
    """
    if text.isascii() or not _SIMPLE.search(text):
        return len(_SIMPLE_WORD.findall(text))
    if not _MAYBE_UNSPACED.search(text):
        return len(_WORD.findall(text))
    spaced, unspaced = _UNSPACED.subn(" ", text)
    return len(_WORD.findall(spaced)) + unspaced // _UNSPACED_PER_WORD


def ends_sentence(line: str) -> bool:
    """Whether the line ends as a sentence does, closing quotes and brackets aside.

    >>> ends_sentence('“We do,” he said.”'), ends_sentence("Related articles")
    (True, False)
    """
    last = line.rstrip(_CLOSERS)[-1:]
    return bool(last) and last in _SENTENCE_END


def ends_full(line: str) -> bool:
    """Whether the line ends in a full stop. Headlines end in question marks, but hardly ever in full stops.

    >>> ends_full("The bridge is closed."), ends_full("Is the bridge closed?")
    (True, False)
    """
    return line.rstrip(_CLOSERS)[-1:] in tuple(".。।")


def is_prose(line: str) -> bool:
    """Whether a line reads as running text: several words and the end of a sentence.

    Deliberately about shape only. Subheads, captions without a full stop and list items are not prose; they are
    body all the same when prose stands on both sides of them.

    >>> is_prose("The council voted on Tuesday to close the old bridge for three months of repairs.")
    True
    >>> is_prose("Council votes to close the old bridge for three months of repairs")
    False
    """
    if len(line) < 20:
        return False
    # Counting words costs ten times as much as these two, which settle most lines of an article.
    ended = ends_sentence(line)
    if ended and _TEN_WORDS.match(line):
        return True
    if not ended and len(line) < _PROSE_WORDS * 4 - 1:
        return False  # twice as many words would not fit
    words = 0
    for enough in _ENOUGH:  # the beginning of a long line settles it
        words = count_words(line[:enough])
        if words >= (_PROSE_WORDS if ended else _LONG_WORDS):
            return True
        if len(line) <= enough:
            break
    return not ended and words >= _PROSE_WORDS * 2 and _INNER_END.search(line) is not None
