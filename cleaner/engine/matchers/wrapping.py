"""The matcher for newlines inside a sentence, as pages of a fixed width have them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

import regex

from cleaner.engine.matchers.base import MatcherHit, NoOptions
from cleaner.engine.matchers.options import words
from cleaner.text.layout import wide_gaps
from cleaner.text.lines import TextView, is_bulleted
from cleaner.text.prose import count_words, ends_sentence

__all__ = ["HardWrapOptions", "gaps_between_words", "hard_wrap"]

# Where one search of the text finds what _JOINABLE and _CONTINUES may fit: most lines begin in upper case.
# Classes of what does not fit hold ASCII alone, which re compiles in a tenth of the time.
_MAY_GO_ON = re.compile(r"\n(?=[^\x00-/:-`{-\x7f])(?<=[^\x00-+\--:<-`{-\x7f].)", re.DOTALL)
_JOINABLE = regex.compile(r"[\p{Ll}\p{Lo},;]")
_CONTINUES = regex.compile(r"(?:\p{Ll}[\p{Ll}'’-]*|\d[\d.,]*(?:-\p{Ll}+)?)(?=[\s,;:.!?)]|$)")
_SENTENCE = regex.compile(r"\p{Ll}+(?:['’-]\p{Ll}+)*[.!?…]")
_HEADING_RATIO = 1.5
_LEAST_WORDS = 8
_LEAST_CHARACTERS = 55  # verse is narrower
_WIDEST = 100
_LEAST_BREAKS = 3
_LEAST_FULL = 0.8
_LONGEST_ITEM = 200
_FEWEST_WORDS = 5
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ROW = regex.compile(r"[|\t]|[^\s.!?:;\"'”’)] {2,}\S")
_FEWEST_DIGITS = 3  # one in so many characters of a row of numbers
_LAST_NUMBER = regex.compile(r"\d[\d.,:]*\p{L}{0,3}[.!?;]")
_ITEM = regex.compile(r"\s|[(\[]?(?:\d{1,3}|\p{L})[.)\]] ")


@dataclass(frozen=True, slots=True)
class HardWrapOptions:
    """The options of :func:`hard_wrap`."""

    open_ends: frozenset[str] = words("words after which a sentence goes on, in the case they are written in")


class _Width(NamedTuple):
    """How a text is wrapped: the width of its lines, 0 when they have none; whether blank lines part its paragraphs."""

    characters: int = 0
    is_parted: bool = False


def hard_wrap(view: TextView, options: HardWrapOptions) -> Iterator[MatcherHit]:
    """A newline in the middle of a paragraph: found is the newline with the blanks around it.

    In a text whose lines are all filled to one width that is any newline before which the next word had no room. In
    another text the line above is long and stops without punctuation, and the line below goes on in lower case or
    with a number. A number alone is weak, so then the line above must end in a word that leaves the sentence open.
    Wide gaps between the words of lines that become one are found, too.
    """
    first = last = -1  # of the lines that have become one
    for i in _wrapped(view, options):
        if i != last:
            yield from _gaps(view, first, last) if first >= 0 else ()
            first = i
        last = i + 1
        start = view.starts[i] + len(view.lines[i])
        yield MatcherHit(i, i + 1, {}, start, start + 1)
    if first >= 0:
        yield from _gaps(view, first, last)


def gaps_between_words(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """The wide gaps between the words of running text. Repair has mended those that it saw.

    A gap is left in a line that begins with a blank, a bullet or a number. When such a beginning goes, it is seen here.

    >>> text = "The council met on  Tuesday evening to vote on the bridge.\\n"
    >>> [(hit.start, hit.end) for hit in gaps_between_words(TextView(text), NoOptions())]
    [(18, 20)]
    """
    for gap in wide_gaps(view.text):
        i = bisect_right(view.starts, gap.start) - 1
        yield MatcherHit(i, i, {}, gap.start, gap.end)


def _wrapped(view: TextView, options: HardWrapOptions) -> Iterator[int]:
    """Indices of the lines whose sentence goes on in the next one."""
    followed = _followed(view)
    width = _width(view, followed)
    if width.characters:
        lines = view.lines
        yield from (i for i in followed if _is_filled(lines[i], lines[i + 1], width, options))
        return
    for newline in _MAY_GO_ON.finditer(view.text):
        i = bisect_right(view.starts, newline.start()) - 1
        if _goes_on(view, i, options):
            yield i


def _followed(view: TextView) -> list[int]:
    """The lines with another one right below them; none where one is so long that the text has no width."""
    found = []
    for i, (upper, lower) in enumerate(pairwise(view.lines)):
        if upper and lower:
            if len(upper) > _WIDEST:
                return []
            found.append(i)
    return found


def _goes_on(view: TextView, index: int, options: HardWrapOptions) -> bool:
    """Whether the sentence at the end of a line goes on in the next one, in a text that has no width."""
    upper, lower = view.lines[index], view.lines[index + 1]
    # Asked first what hardly any line does.
    if not _CONTINUES.match(lower) or not _JOINABLE.match(upper[-1:]):
        return False
    found = upper.split()
    if len(found) < _LEAST_WORDS:
        return False
    if found[-1] in options.open_ends and len(lower.split()) >= 2:
        return True
    if not lower[0].islower() or len(upper) < _LEAST_CHARACTERS:
        return False
    if (index == 0 or view.is_blank(index - 1)) and len(lower) > len(upper) * _HEADING_RATIO:
        return False  # a heading: in lines of one width more of the sentence would stand above
    if _is_listed(view, index):
        return False
    return count_words(lower) >= 3 or _SENTENCE.fullmatch(lower.split(" ", 1)[-1]) is not None


def _gaps(view: TextView, first: int, last: int) -> Iterator[MatcherHit]:
    """The wide gaps in lines that become one. Repair has left them where a line alone is no prose.

    Left as they are, they would be mended when the text is cleaned again.
    """
    start, end = view.starts[first], view.starts[last] + len(view.lines[last])
    for gap in wide_gaps(view.text[start:end].replace("\n", " ")):
        i = bisect_right(view.starts, start + gap.start) - 1
        yield MatcherHit(i, i, {}, start + gap.start, start + gap.end)


class _Paragraph(NamedTuple):
    """Lines without a blank line between them: their number, and the characters of the longest."""

    lines: int
    width: int


def _is_listed(view: TextView, index: int) -> bool:
    """Whether a line stands in a list without bullets: several lines in a row, one of which is much longer."""
    paragraph = view.compute_once(_paragraphs)[index]
    is_short = not _has_no_room(view.lines[index], view.lines[index + 1], int(paragraph.width * _LEAST_FULL))
    return paragraph.lines > _LEAST_BREAKS and paragraph.width <= _LONGEST_ITEM and is_short


def _paragraphs(view: TextView) -> list[_Paragraph]:
    """For each line the paragraph it stands in."""
    found: list[_Paragraph] = []
    for blank, group in groupby(range(len(view.lines)), view.is_blank):
        lines = list(group)
        found += [_Paragraph(len(lines), 0 if blank else max(len(view.lines[i]) for i in lines))] * len(lines)
    return found


def _width(view: TextView, followed: Sequence[int]) -> _Width:
    """The width to which the lines of a text are filled; 0 characters unless nearly all of them are.

    ``followed`` are the lines with another one right below them.

    >>> _width(TextView("Roses are red\\nviolets are blue\\n"), [0]).characters
    0
    """
    lines = view.lines
    if len(followed) < _LEAST_BREAKS:
        return _Width()
    width = max(len(lines[i]) for i in followed)
    if not _LEAST_CHARACTERS <= width <= _WIDEST:
        return _Width()
    breaks, full, is_parted = 0, 0, True
    for i in followed:
        is_full = _has_no_room(lines[i], lines[i + 1], width)
        if not is_full and ends_sentence(lines[i]):
            is_parted = False  # the end of a paragraph
        else:
            breaks, full = breaks + 1, full + is_full
    return _Width(width, is_parted) if breaks >= _LEAST_BREAKS and full >= breaks * _LEAST_FULL else _Width()


def _has_no_room(upper: str, lower: str, width: int) -> bool:
    return len(upper.rstrip()) + 1 + len(lower.split(" ", 1)[0]) > width


def _is_filled(upper: str, lower: str, width: _Width, options: HardWrapOptions) -> bool:
    """Whether a line of a text of some width is full, and the next one goes on with its paragraph.

    The last word of a paragraph may be a number ("2024."), and behind an open end ("am") "3. Mai" is no item.
    """
    if not _has_no_room(upper, lower, width.characters) or (ends_sentence(upper) and not width.is_parted):
        return False
    is_open = upper.rsplit(" ", 1)[-1] in options.open_ends
    if upper.endswith(("-", "–", "—")) or is_bulleted(lower) or (_ITEM.match(lower) and not is_open):
        return False
    if (
        _is_row(upper)
        or (_is_row(lower) and not (is_open or _LAST_NUMBER.fullmatch(lower)))
        or _UNSPACED.search(upper[-1:] + lower[:1])
    ):
        return False
    return count_words(upper) >= _FEWEST_WORDS


def _is_row(line: str) -> bool:
    """Whether a line looks like the row of a table: cells that are parted, or mostly numbers."""
    return _ROW.search(line) is not None or sum(map(str.isdigit, line)) * _FEWEST_DIGITS > len(line)
