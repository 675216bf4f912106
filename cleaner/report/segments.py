"""A text cut where something was done to it: the pieces that a page shows, each with what happened to it.

A browser counts offsets in UTF-16, Python in code points. Pieces need no offsets, so nothing can slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cleaner.model import Edit

__all__ = ["Segment", "segments", "segments_without_text"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the repaired text.

    Attributes:
        text: the piece; "" where something was only inserted.
        rule: the rule that took it, or "".
        edit: the number of that edit among those of the document; -1 for none.
        replacement: what the edit put there, in the last of its pieces.
        before: the rule that took it in the older rule set, or "".
        original: what the repair found here, in the first piece of a repair; None where nothing was repaired.
        gap: how many code points stand here that nobody recorded.
    """

    text: str
    rule: str = ""
    edit: int = -1
    replacement: str = ""
    before: str = ""
    original: str | None = None
    gap: int = 0


class _Layer:
    """Sorted, disjoint edits that are asked for in the order of the text."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits, self._at = edits, 0

    def at(self, start: int, end: int) -> tuple[int, Edit | None]:
        """The number of the edit that covers a piece, and the edit; -1 and None where there is none."""
        while self._at < len(self._edits) and self._is_behind(self._edits[self._at], start, end):
            self._at += 1
        if self._at < len(self._edits):
            edit = self._edits[self._at]
            if self._covers(edit, start, end):
                return self._at, edit
        return -1, None

    @staticmethod
    def _covers(edit: Edit, start: int, end: int) -> bool:
        """Whether a piece lies in an edit. An empty piece lies inside an edit, or at the place of an insertion."""
        if start == end:
            return edit.start < start < edit.end or edit.start == start == edit.end
        return edit.start <= start and end <= edit.end

    @staticmethod
    def _is_behind(edit: Edit, start: int, end: int) -> bool:
        """Whether an edit ends before a piece. An insertion covers only the empty piece at its place."""
        is_insertion = edit.start == edit.end
        return edit.end < start or (edit.end == start and not (is_insertion and start == end))


def segments(
    text: str, edits: Sequence[Edit], before: Sequence[Edit] = (), repairs: Sequence[Edit] = ()
) -> Iterator[Segment]:
    """Cut a text at the ends of edits; the texts of the pieces, joined, are the text.

    Args:
        text: the repaired text.
        edits: what was done to it.
        before: what an older rule set did to it.
        repairs: edits that lead back to the text before the repair. Those that only move blanks are left out.

    >>> for piece in segments("Go.\\nAd\\n", [Edit(4, 7, "", "ad-marker.label")]):
    ...     print([piece.text, piece.rule])
    ['Go.\\n', '']
    ['Ad\\n', 'ad-marker.label']
    """
    shown = [edit for edit in repairs if edit.replacement.strip() or text[edit.start : edit.end].strip()]
    current, older, repair = _Layer(edits), _Layer(before), _Layer(shown)
    for start, end in _pieces(len(text), (edits, before, shown)):
        number, edit = current.at(start, end)
        _, old = older.at(start, end)
        _, repaired = repair.at(start, end)
        if start == end and not (edit or repaired):
            continue  # an insertion of the older rules only: nothing of the text stands here
        yield Segment(
            text=text[start:end],
            rule=edit.rule if edit else "",
            edit=number,
            replacement=edit.replacement if edit and edit.end == end else "",
            before=old.rule if old else "",
            original=repaired.replacement if repaired and repaired.start == start else None,
        )


def _pieces(length: int, layers: Iterable[Sequence[Edit]]) -> Iterator[tuple[int, int]]:
    """The spans between the ends of edits, and the empty ones where something is inserted."""
    ends, insertions = {0, length}, set[int]()
    for edits in layers:
        for edit in edits:
            ends |= {edit.start, edit.end}
            if edit.start == edit.end:
                insertions.add(edit.start)
    spans = [*pairwise(sorted(ends)), *((at, at) for at in insertions)]
    yield from sorted(spans)


def segments_without_text(edits: Sequence[Edit], pieces: Sequence[str], length: int) -> Iterator[Segment]:
    """What is known of a text from its audit alone: what was taken, and how much stands between.

    Args:
        edits, pieces: the edits, and the text that each took.
        length: of the whole text; 0 where it is not known.

    >>> [piece.text or piece.gap for piece in segments_without_text([Edit(4, 7, "", "ad-marker.label")], ["Ad\\n"], 9)]
    [4, 'Ad\\n', 2]
    """
    at = 0
    for number, (edit, piece) in enumerate(zip(edits, pieces, strict=True)):
        if edit.start > at:
            yield Segment("", gap=edit.start - at)
        yield Segment(piece, edit.rule, number, edit.replacement)
        at = edit.end
    if length > at:
        yield Segment("", gap=length - at)
