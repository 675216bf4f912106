r"""Lines of a text, and what a line looks like to a rule.

Only ``"\n"`` separates lines (``str.splitlines`` also cuts at U+2028, \x0b, \x1c ...), so the lines with their
newlines joined give back the text exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate

import regex

from cleaner.model import Document
from cleaner.prose import is_prose

__all__ = [
    "BLANKS",
    "PLAIN",
    "View",
    "bare",
    "caseless",
    "fold",
    "is_bulleted",
    "is_spoken",
    "plain",
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
_EDGE = BLANKS + _BULLETS + _PICTOGRAMS + _QUOTES + _END_PUNCTUATION + _BRACKETS + "=~_#+/\\"

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


def fold(line: str) -> str:
    """The key of a line in the look-up of exact lines.

    Case, bullets, pictograms, quotes, brackets and punctuation at the ends and runs of blanks make no difference.

    >>> fold("  • Follow us on:") == fold("FOLLOW US ON")
    True
    >>> fold("– Anzeige –")
    'anzeige'
    """
    key = line.strip(_EDGE)
    if not key.isascii():
        key = key.translate(_PLAIN).replace("\N{SOFT HYPHEN}", "")
    key = caseless(key)
    return " ".join(key.split()) if "  " in key or "\t" in key else key


def bare(line: str) -> str:
    """The line as full-line patterns see it: plain, without bullets and blanks at its ends, no runs of blanks.

    >>> bare("  •  (Reporting  by Jane Doe) ")
    '(Reporting by Jane Doe)'
    """
    text = plain(line).replace("\N{SOFT HYPHEN}", "").strip(BLANKS + _BULLETS + _PICTOGRAMS)
    return " ".join(text.split()) if "  " in text else text


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

    def __init__(self, text: str, document: Document | None = None, prose: dict[str, bool] | None = None) -> None:
        self.text = text
        self.document = document or Document()
        self.lines: Sequence[str] = text.split("\n")
        # Verdicts by line text: the engine looks at the same lines again after each pass.
        self._prose = {} if prose is None else prose

    @cached_property
    def starts(self) -> Sequence[int]:
        """Offset of each line in the text."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def is_blank(self, index: int) -> bool:
        return not self.lines[index] or self.lines[index].isspace()

    def is_prose(self, index: int) -> bool:
        line = self.lines[index]
        verdict = self._prose.get(line)
        if verdict is None:
            verdict = self._prose[line] = is_prose(line)
        return verdict

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
