"""Findings as a person reads them: what is wrong, with the place in the source underlined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cleaner.text.visible import visible

if TYPE_CHECKING:  # rich costs 60 ms, and only a person needs it
    from rich.text import Text

    from cleaner.authoring.lint.linter import Finding

__all__ = ["render", "summary"]

WIDTH = 100
"""Cells of an excerpt, without the number of the line."""

_MORE = "…"
_COLOURS = {"error": "bold red", "warning": "bold yellow"}


def render(finding: Finding, source: str, width: int = WIDTH) -> Text:
    r"""A finding with an excerpt of its source, without a newline at its end.

    Args:
        finding: what was found.
        source: the text of the file; "" when it could not be read, and then there is no excerpt.
        width: cells the excerpt may take; a longer line is clipped around the place.

    >>> from pathlib import Path
    >>> from cleaner.authoring.lint.linter import Finding
    >>> found = Finding("error", "invalid", "unknown key 'zonne'", Path("own.toml"), 2, 1, 5, "own.by", "write 'zone'")
    >>> print(render(found, "[[rule]]\nzonne = 'head'\n").plain)
    error[invalid]: unknown key 'zonne'
     --> own.toml:2:1 (rule own.by)
      |
    2 | zonne = 'head'
      | ^^^^^
      = help: write 'zone'
    """
    from rich.text import Text

    colour = _COLOURS[finding.severity]
    margin = " " * len(str(finding.line or ""))
    text = Text()
    text.append(f"{finding.severity}[{finding.code}]", colour).append(f": {visible(finding.message)}\n", "bold")
    text.append(f"{margin}--> ", "blue").append(_place(finding))
    lines = source.split("\n")
    if 0 < finding.line <= len(lines):
        excerpt = _excerpt(lines[finding.line - 1], finding.column - 1, finding.length, width)
        text.append(f"\n{margin} |\n{finding.line} | ", "blue").append(excerpt.text)
        text.append(f"\n{margin} | ", "blue").append(" " * excerpt.before).append("^" * excerpt.marked, colour)
    if finding.hint:
        text.append(f"\n{margin} = ", "blue").append("help: ", "bold").append(visible(finding.hint))
    return text


def summary(findings: Iterable[Finding]) -> str:
    """How many there are.

    >>> summary([])
    'no findings'
    """
    severities = [finding.severity for finding in findings]
    counts = [(severities.count(name), name) for name in ("error", "warning")]
    return ", ".join(f"{n} {name}{'s' * (n != 1)}" for n, name in counts if n) or "no findings"


def _place(finding: Finding) -> str:
    place = f"{finding.path}:{finding.line}:{finding.column}" if finding.line else str(finding.path)
    return f"{place} (rule {finding.rule})" if finding.rule else place


class _Excerpt(NamedTuple):
    """A line as it is shown, with the cells before the place and those of the place."""

    text: str
    before: int
    marked: int


def _excerpt(line: str, start: int, length: int, width: int) -> _Excerpt:
    """The line, clipped around a piece of it.

    >>> _excerpt("lines = ['" + "x" * 90 + "', 'Share', '" + "y" * 90 + "']", 104, 5, 30)
    _Excerpt(text="…xxx', 'Share', 'yyyyyyyyyyyy…", before=8, marked=5)
    """
    pieces = [visible(char) for char in line.removesuffix("\r")]
    start = min(start, len(pieces))
    end = min(start + length, len(pieces))
    first, last = _window(pieces, start, end, width)
    head = (_MORE if first else "") + "".join(pieces[first:start])
    middle = "".join(pieces[start : min(end, last)])
    tail = "".join(pieces[min(end, last) : last]) + (_MORE if last < len(pieces) else "")
    return _Excerpt(head + middle + tail, _cells(head), max(1, _cells(middle)))


def _window(pieces: Sequence[str], start: int, end: int, width: int) -> tuple[int, int]:
    """The first and the last of the pieces that fit: first those of the place, then others. Two cells are for dots."""
    free = width - 2
    if _cells("".join(pieces)) <= width:
        return 0, len(pieces)
    last = start
    while last < end and free >= _cells(pieces[last]):
        free -= _cells(pieces[last])
        last += 1
    first, left = start, free // 3 if last == end else 0
    while first and left >= _cells(pieces[first - 1]):
        first -= 1
        left -= _cells(pieces[first])
        free -= _cells(pieces[first])
    while last < len(pieces) and free >= _cells(pieces[last]):
        free -= _cells(pieces[last])
        last += 1
    return first, last


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
