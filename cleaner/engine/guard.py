"""The guard: when edits would take too much of a text, none of them is made."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.engine.removal import removed_lines
from cleaner.model import Edit
from cleaner.text.lines import TextView
from cleaner.text.prose import count_words

__all__ = ["refusal"]


def refusal(view: TextView, after: str, edits: Sequence[Edit], guard: float) -> str:
    """The flag to raise instead of the edits of a view, or "".

    Args:
        view: the text that the edits point into.
        after: the text after them.
        edits: sorted, disjoint edits.
        guard: the share of the words of prose that may go, 0 to 1.

    >>> view = TextView("Menu\\nShare\\n")
    >>> refusal(view, "", [Edit(0, 11, "", "menus.item")], 0.4)
    'emptied'
    """
    if not edits:
        return ""
    if not after.strip():
        return "emptied"
    lost = sum(count_words(view.lines[i]) for i in removed_lines(view, edits) if view.is_prose(i))
    if not lost:
        return ""
    # The count stops as soon as there is enough: counting every word of every article would cost more than matching.
    total = 0
    for i, line in enumerate(view.lines):
        if guard * total >= lost:
            return ""
        if view.is_prose(i):
            total += count_words(line)
    return "guard" if lost > guard * total else ""
