"""Apply, invert and compose edits: the only place where text changes.

Rules and repair steps yield edits; audit, diff, restore and statistics are views of them. A list of edits is
*valid* for a text when it is sorted, its edits do not overlap and all of them lie inside the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.model import Edit

__all__ = ["apply", "check", "compose", "invert"]


def check(edits: Sequence[Edit], length: int) -> None:
    """Raise ValueError unless the edits are sorted, disjoint and inside a text of ``length`` code points.

    Two edits may touch, but two insertions at the same place may not: their order would be undefined.

    >>> check([Edit(0, 2, "", "a"), Edit(2, 3, "x", "b")], 3)
    >>> check([Edit(0, 2, "", "a"), Edit(1, 3, "", "b")], 3)
    Traceback (most recent call last):
    ...
    ValueError: edit 1 (b, 1:3) overlaps the one before it, which ends at 2
    """
    at = 0
    for i, edit in enumerate(edits):
        if edit.start < at:
            raise ValueError(
                f"edit {i} ({edit.rule}, {edit.start}:{edit.end}) overlaps the one before it, which ends at {at}"
            )
        if edit.end < edit.start or edit.end > length:
            raise ValueError(f"edit {i} ({edit.rule}, {edit.start}:{edit.end}) is outside the text of {length}")
        at = edit.end


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after its edits, which must be valid for it.

    >>> apply("0%\\n\\nThe council met.\\n", [Edit(0, 4, "", "reading-progress.percent")])
    'The council met.\\n'
    """
    parts: list[str] = []
    at = 0
    for edit in edits:
        parts += (text[at : edit.start], edit.replacement)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


def invert(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Edits that lead back: ``apply(apply(text, edits), invert(text, edits)) == text``.

    >>> back = invert("ab cd", [Edit(2, 5, "", "x.y")])
    >>> apply("ab", back)
    'ab cd'
    """
    inverse = []
    shift = 0
    for edit in edits:
        start = edit.start + shift
        inverse.append(Edit(start, start + len(edit.replacement), text[edit.start : edit.end], edit.rule))
        shift += len(edit.replacement) - (edit.end - edit.start)
    return tuple(inverse)


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> tuple[Edit, ...]:
    """One list of edits that does what ``first`` and then ``second`` do.

    ``middle`` is the text after ``first``, which ``second`` points into; the result points into the text before
    it: ``apply(middle, second) == apply(text, compose(first, second, middle))``. Where edits of the two overlap
    they become one, which names the later rule.

    >>> compose([Edit(0, 4, "", "a.a")], [Edit(3, 5, "", "b.b")], "The council")
    (Edit(start=0, end=4, replacement='', rule='a.a'), Edit(start=7, end=9, replacement='', rule='b.b'))
    """
    if not first or not second:
        return tuple(first or second)
    # All edits by their place in the middle text: (start, end, second?, edit).
    placed: list[tuple[int, int, bool, Edit]] = []
    shift = 0
    for edit in first:
        start = edit.start + shift
        placed.append((start, start + len(edit.replacement), False, edit))
        shift += len(edit.replacement) - (edit.end - edit.start)
    placed += [(edit.start, edit.end, True, edit) for edit in second]
    placed.sort(key=lambda item: item[:3])

    out: list[Edit] = []
    shift = i = 0  # shift: offset in the middle text minus offset in the first text
    while i < len(placed):
        begin, end = placed[i][:2]
        origin = begin - shift
        group: list[tuple[bool, Edit]] = []
        while i < len(placed) and (not group or placed[i][0] < end):
            _, until, later, edit = placed[i]
            group.append((later, edit))
            end = max(end, until)
            if not later:
                shift += len(edit.replacement) - (edit.end - edit.start)
            i += 1
        laters = [edit for later, edit in group if later]
        if len(group) == 1:
            replacement, rule = group[0][1].replacement, group[0][1].rule
        else:
            moved = [Edit(e.start - begin, e.end - begin, e.replacement, e.rule) for e in laters]
            replacement, rule = apply(middle[begin:end], moved), laters[-1].rule
        out.append(Edit(origin, end - shift, replacement, rule))
    return tuple(out)
