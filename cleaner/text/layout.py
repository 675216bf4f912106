"""Layout repair: runs of blanks, blank lines and the newline at the end.

Each function finds one kind of fault and yields the edits that mend it, sorted and without overlap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from cleaner.model import Edit
from cleaner.text.code import looks_like_code
from cleaner.text.lazy_regex import lazily
from cleaner.text.prose import is_prose

__all__ = [
    "blank_lines",
    "blank_runs",
    "final_newline",
    "leading_lines",
    "trailing_blanks",
    "wide_gaps",
]

# One no-break space is typography (« bonjour »); two, or one beside an ordinary space, are layout.
_BLANK_RUN = regex.compile(r"(?<=\S)[ \xa0\u202f]{2,}+(?=\S)")
# Two spaces after a sentence are typography as well. A name in capitals or a label at the beginning of a line, and
# what is no prose (columns, code, verse), have their blanks for a reason.
_GAP = lazily(
    regex.compile,
    r"(?:(?<=[\p{Ll}\p{Lo}\p{M}],?)[ \t]*+(?<=\t ?|  )(?=[\"'“‘«(]?\p{L})"
    r"|(?<=[.!?…])[ \t]*+(?<=\t|   )(?=[\"'“‘«(]?\p{L})|(?<=\p{L} \d{1,4})[ \t]*+(?<=\t ?|  )(?=\p{Ll}))",
)
_BLANKS = re.compile(r"[ \t]+")
_NO_GAPS = re.compile(r"[|*>+#\s\d-]|[^\n]*(?:[|{}]|[ \t]{6})")
_LABEL = 10  # characters
_BLANK_LINES = re.compile(r"\n\n(\n+)")

# re looks for the one character that each of these begins with, 1,000 million characters a second and more, where
# the patterns above, which look behind at every place, make 20 million.
_TWO_BLANKS = {
    blank: re.compile(f"{blank}(?:(?<=[ \xa0\u202f].)|[ \xa0\u202f])")
    for blank in "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
}
_BLANK_END = re.compile(r"\n(?<=[^\S\n]\n)")


def blank_runs(text: str) -> Iterator[Edit]:
    """Make one space of several blanks inside a line, where one of them is a no-break space.

    >>> [edit.start for edit in blank_runs("wide\\N{NO-BREAK SPACE} gap, narrow\\N{NO-BREAK SPACE}gap")]
    [4]
    """
    if any(blank in text and pair.search(text) for blank, pair in _TWO_BLANKS.items()):
        for match in _BLANK_RUN.finditer(text):
            if not match[0].isascii():
                yield Edit(match.start(), match.end(), " ", "repair.blanks")


def wide_gaps(text: str) -> Iterator[Edit]:
    """Make one space of runs of blanks and tabs between the words of running text.

    >>> prose = "The council met on   Tuesday evening and\\tvoted to close the old bridge.  It is old."
    >>> [(edit.start, edit.end) for edit in wide_gaps(prose)]
    [(18, 21), (40, 41)]
    """
    if "  " not in text and "\t" not in text:
        return
    end, start, keeps = 0, 0, False
    for gap in _wide_runs(text):
        match = _GAP.match(text, gap)
        if match is None:
            continue
        if match.start() >= end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start()) + 1 or len(text)
            line = text[start:end]
            keeps = _NO_GAPS.match(line) is not None or looks_like_code(line) or not is_prose(line.rstrip())
        is_label = match.start() - start < _LABEL and text[match.end() : match.end() + 1].isupper()
        if not keeps and not is_label:
            yield Edit(match.start(), match.end(), " ", "repair.blanks")


def _wide_runs(text: str) -> Iterator[int]:
    """Where the runs of spaces and tabs begin that are more than one space.

    A string is found at a tenth of what re takes, which tries every single space.

    >>> list(_wide_runs("a  b c \\td"))
    [1, 6]
    """
    end, double, tab = 0, text.find("  "), text.find("\t")
    while double >= 0 or tab >= 0:
        at = double if tab < 0 or 0 <= double < tab else tab
        start = at - 1 if at > end and text[at - 1] == " " else at
        yield start
        run = _BLANKS.match(text, at)
        end = run.end() if run else at + 1
        if 0 <= double < end:
            double = text.find("  ", end)
        if 0 <= tab < end:
            tab = text.find("\t", end)


def trailing_blanks(text: str) -> Iterator[Edit]:
    """Take out blanks at the ends of lines, and of the text.

    >>> [(edit.start, edit.end) for edit in trailing_blanks("a  \\nb ")]
    [(1, 3), (5, 6)]
    """
    for match in _BLANK_END.finditer(text):
        yield _blanks_before(match.start(), text)
    if text[-1:].isspace() and text[-1] != "\n":
        yield _blanks_before(len(text), text)


def _blanks_before(end: int, text: str) -> Edit:
    start = end
    while start and text[start - 1] != "\n" and text[start - 1].isspace():
        start -= 1
    return Edit(start, end, "", "repair.blanks")


def leading_lines(text: str) -> Iterator[Edit]:
    """Take out blank lines at the beginning of a text. The indent of its first line stays.

    >>> [(edit.start, edit.end) for edit in leading_lines("\\n \\n  a")]
    [(0, 3)]
    """
    if end := text.rfind("\n", 0, len(text) - len(text.lstrip())) + 1:
        yield Edit(0, end, "", "repair.blank-lines")


def blank_lines(text: str) -> Iterator[Edit]:
    """Leave one of several blank lines, which must hold no blanks.

    >>> [(edit.start, edit.end) for edit in blank_lines("a\\n\\n\\n\\nb")]
    [(3, 5)]
    """
    if "\n\n\n" in text:
        for match in _BLANK_LINES.finditer(text):
            yield Edit(match.start(1), match.end(), "", "repair.blank-lines")


def final_newline(text: str) -> Iterator[Edit]:
    """Make a text end with exactly one newline. An empty text stays empty.

    >>> [edit.replacement for edit in final_newline("a")], list(final_newline("a\\n"))
    (['\\n'], [])
    """
    if text and not text.endswith("\n"):
        yield Edit(len(text), len(text), "\n", "repair.final-newline")
    elif text.endswith("\n\n") and (kept := len(text.rstrip("\n"))):
        yield Edit(kept, len(text), "\n", "repair.blank-lines")
