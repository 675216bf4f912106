r"""Lines of a text, and what a line looks like to a rule.

Only ``"\n"`` separates lines (``str.splitlines`` also cuts at U+2028, \x0b, \x1c ...), so the lines with their
newlines joined give back the text exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import regex

from cleaner.model import Document
from cleaner.prose import is_prose

__all__ = [
    "BLANKS",
    "PLAIN",
    "FoldedLines",
    "View",
    "bare",
    "caseless",
    "fold",
    "fold_lines",
    "is_bulleted",
    "is_spoken",
    "plain",
    "searchable",
    "trimmed",
    "unwrap",
]

_BULLETS = "•·∙‣▪▫■□●○◦◆◇★☆►▶▷▸➤➜➔→»›>|*–—-"
_PICTOGRAMS = "📷📸🔴👉➡⬇👇📢🔥📱✉📩🎧📹🗞📌✅⚡🔔🎥🔗\N{VARIATION SELECTOR-16}"
_QUOTES = "\"'“”„‟‘’‚«»‹›「」『』"
_WIDE_BLANKS = (
    "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}"
    "\N{THIN SPACE}\N{IDEOGRAPHIC SPACE}\N{EN SPACE}\N{EM SPACE}"
)
BLANKS = " \t\r\f\v\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}" + _WIDE_BLANKS
_END_PUNCTUATION = ".,:;!?…。、，！？：；؟،؛।॥"
_BRACKETS = "()[]{}<>【】（）〔〕［］〈〉《》"
_LAYOUT = BLANKS + _BULLETS + _PICTOGRAMS
_BLANK_RUN = re.compile(" {2,}")
_EDGE = _LAYOUT + _QUOTES + _END_PUNCTUATION + _BRACKETS + "=~_#+/\\"

PLAIN: Mapping[str, str] = {
    **dict.fromkeys(_WIDE_BLANKS + "\t", " "),
    **dict.fromkeys("‘’‚‛`´ʼ", "'"),
    **dict.fromkeys("“”„‟", '"'),
    "：": ":",
    "（": "(",
    "）": ")",
    "\N{NON-BREAKING HYPHEN}": "-",
}
"""What patterns see instead of a character. One for one, so offsets into plain text are offsets into the line."""

_PLAIN = str.maketrans(dict(PLAIN))


def plain(text: str) -> str:
    """The text as patterns see it: straight quotes, ordinary spaces; as many code points as before.

    >>> plain("Reuters\\N{NO-BREAK SPACE}’s “file”")
    'Reuters \\'s "file"'
    """
    return text if text.isascii() and "\t" not in text and "`" not in text else text.translate(_PLAIN)


_SPOKEN = regex.compile(
    r"""\s*(?:["“„«»‘‚'「『].{1,60}["”“«»’'」』][.,!?…]?|[—–] ?\p{L}[^—–]{0,60}[.!?…])\s*""",
)


def is_spoken(line: str) -> bool:
    """Whether a short line is direct speech: all of it in quotation marks, or a sentence behind a dash.

    >>> is_spoken("“No comments.”"), is_spoken("— Home."), is_spoken("– Anzeige –"), is_spoken("Share!")
    (True, True, False, False)
    """
    return _SPOKEN.fullmatch(line) is not None


def caseless(text: str) -> str:
    """The text without differences of case, those between the Turkish i's included.

    >>> caseless("DİNLE") == caseless("dinle"), caseless("ALINTI") == caseless("alıntı")
    (True, True)
    """
    text = text.casefold()
    if text.isascii():
        return text
    return text.replace("i\N{COMBINING DOT ABOVE}", "i").replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")


def bare(line: str) -> str:
    """The line as full-line patterns see it: plain, without bullets and blanks at its ends, no runs of blanks.

    >>> bare("  •  (Reporting  by Jane Doe) ")
    '(Reporting by Jane Doe)'
    """
    return _even(line).strip(_LAYOUT)


def fold(line: str) -> str:
    """The key of a line in the look-up of exact lines.

    Case, bullets, pictograms, quotes, brackets and punctuation at the ends and runs of blanks make no difference.

    >>> fold("  • Follow us on:") == fold("FOLLOW US ON")
    True
    >>> fold("– Anzeige –")
    'anzeige'
    """
    return caseless(bare(line)).strip(_EDGE)


class FoldedLines(NamedTuple):
    """Lines as they are looked up, made in one go: five times as fast as line by line.

    Attributes:
        text: the lines as keywords are looked for in them, joined by newlines.
        lines: the same, one by one.
        bare: each line as :func:`bare` has it.
        caseless: the same without differences of case.
        keys: each line as :func:`fold` has it.
    """

    text: str
    lines: list[str]
    bare: list[str]
    caseless: list[str]
    keys: list[str]


def fold_lines(given: Iterable[str]) -> FoldedLines:
    """Many lines folded. They hold no newline.

    >>> fold_lines(["• Follow us:", "“No comment.”"]).keys
    ['follow us', 'no comment']
    """
    even = _even("\n".join(given))
    text = caseless(even)
    bare_lines = [line.strip(_LAYOUT) for line in even.split("\n")]
    lines = text.split("\n")
    caseless_lines = [line.strip(_LAYOUT) for line in lines]
    return FoldedLines(text, lines, bare_lines, caseless_lines, [line.strip(_EDGE) for line in caseless_lines])


def searchable(text: str) -> str:
    """The text as keywords are looked for in it, its own among them: what rules see as equal is equal here."""
    return caseless(_even(text))


def _even(text: str) -> str:
    """Plain text without soft hyphens and runs of blanks. Asking for each character costs a tenth of translate()."""
    if not text.isascii() or "\t" in text or "`" in text:
        text = text.replace("\N{SOFT HYPHEN}", "")
        for char, instead in PLAIN.items():
            if char in text:
                text = text.replace(char, instead)
    return _BLANK_RUN.sub(" ", text) if "  " in text else text


def trimmed(line: str) -> str:
    """The line without bullets, quotes, brackets and punctuation at its ends, in its own letters.

    >>> trimmed("— (Reuters).")
    'Reuters'
    """
    return plain(line.strip(_EDGE))


def unwrap(lines: Sequence[str]) -> str:
    """Soft-wrapped lines as one.

    >>> unwrap(["  • Oops!", "    Something went wrong."])
    '• Oops! Something went wrong.'
    """
    return " ".join(line.strip() for line in lines)


def indent(line: str) -> int:
    """Number of blanks the line begins with."""
    return len(line) - len(line.lstrip())


def is_bulleted(line: str) -> bool:
    """Whether the line begins like an item of a list: a bullet and a blank.

    >>> is_bulleted("  • Oops!"), is_bulleted("-5 degrees"), is_bulleted("Oops!")
    (True, False, False)
    """
    rest = line.lstrip(BLANKS)
    return len(rest) > 1 and rest[0] in _BULLETS and rest[1] in BLANKS


class View:
    """A text as lines, with what is known about the document. Lines carry no newline."""

    def __init__(
        self,
        text: str,
        document: Document | None = None,
        prose: dict[str, bool] | None = None,
        keys: dict[str, str] | None = None,
    ) -> None:
        self.text = text
        self.document = document or Document()
        self.lines: Sequence[str] = text.split("\n")
        # What is known by a line's text: the engine looks at the same lines again after each pass.
        self.prose = {} if prose is None else prose
        self.keys = {} if keys is None else keys
        self.title: tuple[list[int], int] | None = None  # where matchers found the known title, once they looked

    @cached_property
    def starts(self) -> Sequence[int]:
        """Offset of each line in the text."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def is_blank(self, index: int) -> bool:
        return not self.lines[index] or self.lines[index].isspace()

    def is_prose(self, index: int) -> bool:
        line = self.lines[index]
        verdict = self.prose.get(line)
        if verdict is None:
            verdict = self.prose[line] = is_prose(line)
        return verdict

    def key(self, index: int) -> str:
        """The line as :func:`fold` has it."""
        line = self.lines[index]
        key = self.keys.get(line)
        if key is None:
            key = self.keys[line] = fold(line)
        return key

    def previous(self, index: int) -> int:
        """Index of the nearest line above that is not blank, or -1."""
        index -= 1
        while index >= 0 and self.is_blank(index):
            index -= 1
        return index

    def next(self, index: int) -> int:
        """Index of the nearest line below that is not blank, or -1."""
        for i in range(index + 1, len(self.lines)):
            if not self.is_blank(i):
                return i
        return -1
