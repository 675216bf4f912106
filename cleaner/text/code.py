"""Whether a place in a text is program code, where what looks broken is what the author writes about.

This is about single lines and places: it never needs the language of the code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["fenced_blocks", "in_backticks", "looks_like_code"]

# A call with a string, operators that no prose has, a quoted value, or a line that ends as a statement does.
_CODE = re.compile(
    r"\w\(['\"]|\w\(\)|['\"]\);|=>|[=!+|]=|&&|\|\||\w::\w|\$\{|\w ?= ?['\"]|[;{}][ \t]*$"
    r"|^[ \t]*(?:[{}$]|//|/\*)\W*(?:$|[a-z])"
)
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_NEAR = 500  # characters around a place, so that very long lines take no square of time
_FENCE = re.compile(r"^[ \t]*(```|~~~)", re.MULTILINE)


def looks_like_code(line: str) -> bool:
    """Whether a line has signs of program code. Tags and entities are no such signs.

    >>> looks_like_code('text.replace("&", "&amp;");'), looks_like_code("R&amp;D costs <b>more</b>; it pays.")
    (True, False)
    """
    if "&" in line:
        line = _ENTITY.sub("x", line)
    if "<" in line:
        line = _TAG.sub("", line)
    return _CODE.search(line) is not None


def in_backticks(line: str, at: int) -> bool:
    """Whether a place in a line stands between backticks.

    >>> in_backticks("Write `&amp;` for &amp;.", 7), in_backticks("Write `&amp;` for &amp;.", 18)
    (True, False)
    """
    return line.count("`", max(0, at - _NEAR), at) % 2 == 1 and "`" in line[at : at + _NEAR]


def fenced_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of the blocks between lines of three backticks or tildes.

    >>> list(fenced_blocks("a\\n```\\nb\\n```\\nc"))
    [(2, 11)]
    """
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if opened is None:
            opened = fence
        elif opened[1] == fence[1]:
            yield opened.start(), fence.end()
            opened = None
