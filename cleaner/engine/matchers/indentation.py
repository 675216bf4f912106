"""The matcher for an indent that all lines of a text share, as a page's markup leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

import regex

from cleaner.engine.matchers.base import MatcherHit, NoOptions
from cleaner.text.code import looks_like_code
from cleaner.text.lines import TextView
from cleaner.text.prose import is_prose

__all__ = ["common_indent"]

_BLANKS = " \t"  # no-break and ideographic spaces are an author's indent
_LEAST_PROSE = 2  # lines: one line alone shares its indent with nothing
_LEAST_WRAPPED, _WRAPPED_WIDTH = 4, 55  # lines of a wrapped paragraph, and characters of each; verse is narrower
_FENCES = ("```", "~~~")
_CODE_INDENT = 4  # blanks that make code of a line in Markdown
_MARKDOWN = regex.compile(r"[#>*+-]|\d{1,3}[.)] ")


def common_indent(view: TextView, options: NoOptions) -> Iterator[MatcherHit]:
    """The blanks and tabs with which every line begins, in a text that has prose. What a line has beyond them stays.

    >>> prose = "  The council met on Tuesday evening and voted to close the old bridge.\\n"
    >>> text = f"{prose}    - lamps\\n{prose}"
    >>> [(hit.start, hit.end) for hit in common_indent(TextView(text), NoOptions())]
    [(0, 2), (72, 74), (84, 86)]
    """
    # Asked first what hardly any text does.
    if next((line for line in view.lines if line), "")[:1] not in {" ", "\t"}:
        return
    filled = [i for i in range(len(view.lines)) if not view.is_blank(i)]
    indents = [line[: len(line) - len(line.lstrip(_BLANKS))] for line in map(view.lines.__getitem__, filled)]
    # What the first and the last in order share, all between them share.
    width = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(min(indents), max(indents), strict=False)))
    lines = [view.lines[i] for i in filled]
    if width and _is_running(lines) and not _means_something(lines, width):
        for i in filled:
            yield MatcherHit(i, i, {}, view.starts[i], view.starts[i] + width)


def _is_running(lines: Sequence[str]) -> bool:
    """Whether there are lines of prose, or lines of one width that are prose when they are joined."""
    if sum(is_prose(line.strip()) for line in lines) >= _LEAST_PROSE:
        return True
    wide = [line.strip() for line in lines if len(line.strip()) >= _WRAPPED_WIDTH]
    return len(wide) >= max(_LEAST_WRAPPED, len(lines) // 2) and is_prose(" ".join(line.strip() for line in lines))


def _means_something(lines: Sequence[str], width: int) -> bool:
    """Whether the indent makes code of the lines: by what they say, or because a mark of Markdown stands behind it."""
    if any(looks_like_code(line) or line.lstrip().startswith(_FENCES) for line in lines):
        return True
    makes_code = width >= _CODE_INDENT or "\t" in lines[0][:width]
    return makes_code and any(_MARKDOWN.match(line, width) for line in lines)
