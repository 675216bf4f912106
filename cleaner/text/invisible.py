"""Invisible characters: zero-width ones that do nothing where they stand, and soft hyphens.

Zero-width characters have uses: U+200B separates words in South-East Asian scripts, and U+180E vowels in Mongolian.
The joiners are part of the spelling in Arabic, Indic and other scripts: the chillus of Malayalam end in one, Kurdish
makes a letter of ه with one, and Persian puts one before an ending (also of "CD" or of a year). They glue emoji, too.

Each run is looked at once, with the two characters around it: one regex for all of this looks behind and ahead at
every place, and takes the square of the time on a run that stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

import regex

from cleaner.model import Edit
from cleaner.text.lazy_regex import lazily

__all__ = ["invisible_characters"]

_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_ZWJ = "\N{ZERO WIDTH JOINER}"

# Letters of these scripts never change their shape:
_RIGID = r"\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Ethiopic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
_RIGID += r"\p{Bopomofo}\p{Thai}\p{Lao}\u0300-\u036f\ufe00-\ufe0f"


def _is_one_of(pattern: str) -> Callable[[str], bool]:
    """Whether a character, or "" where there is none, is one of a class. Each is asked about once."""
    compiled = lazily(regex.compile, pattern, regex.V1)
    return lru_cache(maxsize=4096)(lambda char: compiled.match(char) is not None)


_is_shaped = _is_one_of(rf"[[\p{{L}}\p{{M}}]--[{_RIGID}]]")
_is_unspaced = _is_one_of(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_is_mongolian = _is_one_of(r"\p{Mongolian}")
_is_emoji = _is_one_of(r"[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f]")
_is_picture = _is_one_of(r"\p{Extended_Pictographic}")
_is_letter = _is_one_of(r"\S")

# It begins with one class of characters: re looks for that ten times as fast as for several alternatives.
_NOTHINGS = "\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}"
_SINGLES = "\N{MONGOLIAN VOWEL SEPARATOR}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}"
_RUN = re.compile(
    f"[{_NOTHINGS}{_SINGLES}{_ZWNJ}{_ZWJ}](?:(?<=[{_NOTHINGS}])[{_NOTHINGS}]*|(?<=[{_ZWNJ}{_ZWJ}])[{_ZWNJ}{_ZWJ}]*"
    + "".join(f"|(?<={char}){char}*" for char in _SINGLES)
    + ")"
)
_SAME_JOINERS = re.compile(f"{_ZWNJ}+|{_ZWJ}+")
_SOFT_HYPHEN = "\N{SOFT HYPHEN}"


def invisible_characters(text: str, zero_width: bool = True, soft_hyphens: bool = True) -> Iterator[Edit]:
    """Take out zero-width characters that do nothing where they stand, and soft hyphens.

    >>> [edit.start for edit in invisible_characters("Wer\\N{SOFT HYPHEN}bung")]
    [3]
    """
    for run in _RUN.finditer(text):
        start, end = run.span()
        char = text[start]
        if soft_hyphens if char == _SOFT_HYPHEN else zero_width:
            find = _FINDERS.get(char)
            if find is None:
                yield Edit(start, end, "", "repair.invisible")
            # Most joiners stand alone behind a letter that they shape, as those of Persian do.
            elif end - start > 1 or find is not _joiners or not _is_shaped(text[start - 1 : start]):
                for first, last in find(run[0], start, text[start - 1 : start], text[end : end + 1]):
                    yield Edit(first, last, "", "repair.invisible")


_Piece = tuple[int, int]


def _separators(run: str, start: int, before: str, after: str) -> Iterator[_Piece]:
    """Vowel separators that stand at no Mongolian letter."""
    if not (_is_mongolian(before) and _is_mongolian(after)):
        yield start, start + len(run)


def _spaces(run: str, start: int, before: str, after: str) -> Iterator[_Piece]:
    """Zero-width spaces; one stays at a letter of a script that has no other ones."""
    first = start + (_is_unspaced(before))
    last = start + len(run) - (_is_unspaced(after))
    if first < last:
        yield first, last


def _joiners(run: str, start: int, before: str, after: str) -> Iterator[_Piece]:
    """Joiners that join nothing; of the same ones in a row all but the first."""
    end = start + len(run)
    if not _is_shaped(before) and not _is_shaped(after) and not _glues(run, before, after):
        yield start, end
        return
    if not _is_letter(before):
        kept = run.lstrip(_ZWNJ)
        if len(kept) < len(run):
            yield start, end - len(kept)
            run, start = kept, end - len(kept)
    for same in _SAME_JOINERS.finditer(run):
        if len(same[0]) > 1:
            yield start + same.start() + 1, start + same.end()


def _glues(run: str, before: str, after: str) -> bool:
    return run == _ZWJ and _is_emoji(before) and _is_picture(after)


_FINDERS: Mapping[str, Callable[[str, int, str, str], Iterator[_Piece]]] = MappingProxyType(
    {
        "\N{MONGOLIAN VOWEL SEPARATOR}": _separators,
        "\N{ZERO WIDTH SPACE}": _spaces,
        _ZWNJ: _joiners,
        _ZWJ: _joiners,
    }
)
