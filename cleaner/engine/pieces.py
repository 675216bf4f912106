"""Editing inside lines: pieces that go or are replaced, and the blanks at the seams they leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cleaner.engine.verdicts import Hit
from cleaner.model import Edit
from cleaner.rules.model import Action
from cleaner.text.lines import TextView
from cleaner.text.normalize import BLANKS

__all__ = ["PieceEdits", "edit_pieces", "emptied_lines"]


class PieceEdits(NamedTuple):
    """Sorted, disjoint edits inside lines, and the hits they come from."""

    edits: tuple[Edit, ...]
    used: tuple[Hit, ...]


def edit_pieces(hits: Iterable[Hit], view: TextView) -> PieceEdits:
    """The edits of hits on pieces. Of pieces that overlap, the one that begins first counts, then the longer one."""
    edits: list[Edit] = []
    used: list[Hit] = []
    at = 0
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.start < at:
            continue
        edit = _with_seam(hit, view.text)
        if edit.start < at or view.text[edit.start : edit.end] == edit.replacement:
            continue
        edits.append(edit)
        used.append(hit)
        at = edit.end
    return PieceEdits(tuple(edits), tuple(used))


def _with_seam(hit: Hit, text: str) -> Edit:
    """The edit of a piece. A removal takes along a blank that would be doubled or stand before punctuation."""
    start, end = hit.start, hit.end
    if hit.rule.action is Action.REMOVE:
        left, right = start, end
        while left and text[left - 1] in BLANKS:
            left -= 1
        while right < len(text) and text[right] in BLANKS:
            right += 1
        if text[right : right + 1] in ("", "\n"):
            start, end = left, right
        elif left == 0 or text[left - 1] == "\n" or (left < start and right > end):
            end = right
        elif left < start and text[end] in ",.;:!?…":
            start = left
    return Edit(start, end, hit.replacement, hit.rule.id)


def emptied_lines(hits: Iterable[Hit], view: TextView) -> list[Hit]:
    """Hits on the whole lines of which nothing but blanks is left when their pieces go."""
    by_line: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.rule.action is Action.REMOVE:
            by_line.setdefault(hit.first, []).append(hit)
    return [
        Hit(pieces[0].rule, i, i, pieces[0].fields)
        for i, pieces in by_line.items()
        if not _without(pieces, view.lines[i], view.starts[i]).strip()
    ]


def _without(pieces: Iterable[Hit], line: str, offset: int) -> str:
    """A line with blanks in place of its pieces; ``offset`` is where the line begins in the text."""
    characters = list(line)
    for hit in pieces:
        start, end = hit.start - offset, hit.end - offset
        characters[start:end] = " " * (end - start)
    return "".join(characters)
