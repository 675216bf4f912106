r"""Lines of a text.

Only ``"\n"`` separates lines (``str.splitlines`` also cuts at U+2028, \x0b, \x1c ...), so the lines with their
newlines joined give back the text exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import TypeVar, cast

import regex

from cleaner.model import DocumentInfo
from cleaner.text.normalize import BLANKS, BULLETS, fold
from cleaner.text.prose import is_prose

__all__ = ["TextView", "indent", "is_bulleted", "is_spoken", "unwrap"]

_T = TypeVar("_T")

_SPOKEN = regex.compile(
    r"""\s*(?:["“„«»‘‚'「『].{1,60}["”“«»’'」』][.,!?…]?|[—–] ?\p{L}[^—–]{0,60}[.!?…])\s*""",
)


def is_spoken(line: str) -> bool:
    """Whether a short line is direct speech: all of it in quotation marks, or a sentence behind a dash.

    >>> is_spoken("“No comments.”"), is_spoken("— Home."), is_spoken("– Anzeige –"), is_spoken("Share!")
    (True, True, False, False)
    """
    return _SPOKEN.fullmatch(line) is not None


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
    return len(rest) > 1 and rest[0] in BULLETS and rest[1] in BLANKS


class TextView:
    """A text as lines, with what is known about the document. Lines carry no newline."""

    def __init__(
        self,
        text: str,
        document: DocumentInfo | None = None,
        prose: dict[str, bool] | None = None,
        keys: dict[str, str] | None = None,
    ) -> None:
        self.text = text
        self.document = document or DocumentInfo()
        self.lines: Sequence[str] = text.split("\n")
        # What is known by a line's text: the engine looks at the same lines again after each pass.
        self.prose = {} if prose is None else prose
        self.keys = {} if keys is None else keys
        self._computed: dict[Callable[[TextView], object], object] = {}

    @cached_property
    def starts(self) -> Sequence[int]:
        """Offset of each line in the text."""
        return list(accumulate((len(line) + 1 for line in self.lines), initial=0))

    def compute_once(self, function: Callable[[TextView], _T]) -> _T:
        """What a function finds in this view. It is called the first time only: several matchers ask the same.

        >>> TextView("Newford\\n").compute_once(lambda view: len(view.lines))
        2
        """
        if function not in self._computed:
            self._computed[function] = function(self)
        return cast("_T", self._computed[function])

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
