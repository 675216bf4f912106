"""Apply, invert and compose edits: the only place where text changes.

Rules and repair steps yield edits; audit, diff, restore and statistics are views of them. A list of edits is
*valid* for a text when it is sorted, its edits do not overlap and all of them lie inside the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleaner.model import Edit

__all__ = ["apply", "check", "compose", "invert", "trace_back"]


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


def trace_back(spans: Iterable[tuple[int, int]], edits: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    """Where pieces of a text stood before edits led to it: with all that edits took or changed inside them.

    Args:
        spans: half-open spans of the text after the edits, sorted and disjoint.
        edits: the edits, which point into the text before.

    >>> list(trace_back([(0, 16)], [Edit(0, 6, "", "share-bar.label")]))
    [(6, 22)]
    >>> list(trace_back([(0, 5), (6, 9)], [Edit(3, 4, "", "a.a"), Edit(8, 8, "!", "b.b")]))
    [(0, 6), (7, 9)]
    """
    at = shift = 0  # of the edits behind us: their number, and by how much the text was longer before them
    for start, end in spans:
        while at < len(edits) and edits[at].start - shift + len(edits[at].replacement) <= start:
            shift += edits[at].end - edits[at].start - len(edits[at].replacement)
            at += 1
        begin = start + shift
        while at < len(edits) and edits[at].start - shift < end:
            shift += edits[at].end - edits[at].start - len(edits[at].replacement)
            at += 1
        yield begin, end + shift


def compose(first: Sequence[Edit], second: Sequence[Edit], middle: str) -> tuple[Edit, ...]:
    """One list of edits that does what ``first`` and then ``second`` do.

    ``middle`` is the text after ``first``, which ``second`` points into; the result points into the text before
    it: ``apply(middle, second) == apply(text, compose(first, second, middle))``. Where edits of the two overlap
    they become one, which names the later rule. But where the later removes all around an earlier removal, both
    stay, as edits that touch: each names what its own rule took.

    >>> compose([Edit(0, 4, "", "a.a")], [Edit(3, 5, "", "b.b")], "The council")
    (Edit(start=0, end=4, replacement='', rule='a.a'), Edit(start=7, end=9, replacement='', rule='b.b'))
    >>> for edit in compose([Edit(2, 4, "", "a.a")], [Edit(1, 4, "", "b.b")], "The council"):
    ...     print(edit)
    Edit(start=1, end=2, replacement='', rule='b.b')
    Edit(start=2, end=4, replacement='', rule='a.a')
    Edit(start=4, end=6, replacement='', rule='b.b')
    """
    if not first or not second:
        return tuple(first or second)
    out: list[Edit] = []
    shift = 0  # offset in the middle text minus offset in the first text
    for group in _overlapping(first, second):
        grown = sum(len(edit.replacement) - (edit.end - edit.start) for _, _, is_later, edit in group if not is_later)
        begin, end = group[0][0], max(item[1] for item in group)
        out += _merged(group, Edit(begin - shift, end - shift - grown, "", ""), middle[begin:end])
        shift += grown
    return tuple(out)


_Placed = tuple[int, int, bool, Edit]
"""Start and end of an edit in the middle text, whether it is of the second list, and the edit."""


def _overlapping(first: Sequence[Edit], second: Sequence[Edit]) -> Iterator[list[_Placed]]:
    """The edits of both lists in order, those that overlap in the middle text together."""
    placed: list[_Placed] = [(edit.start, edit.end, True, edit) for edit in second]
    shift = 0
    for edit in first:
        start = edit.start + shift
        placed.append((start, start + len(edit.replacement), False, edit))
        shift += len(edit.replacement) - (edit.end - edit.start)
    placed.sort(key=lambda item: item[:3])
    group: list[_Placed] = []
    end = 0
    for item in placed:
        if group and item[0] >= end:
            yield group
            group = []
        end = max(end, item[1]) if group else item[1]
        group.append(item)
    yield group


def _merged(group: Sequence[_Placed], whole: Edit, middle: str) -> list[Edit]:
    """What edits that overlap do together; ``whole`` is their place in the first text, ``middle`` their middle text."""
    if len(group) == 1:
        edit = group[0][3]
        return [Edit(whole.start, whole.end, edit.replacement, edit.rule)]
    begin = group[0][0]
    later = [edit for _, _, is_later, edit in group if is_later]
    rule = later[-1].rule
    replacement = apply(middle, [Edit(e.start - begin, e.end - begin, e.replacement, e.rule) for e in later])
    if replacement:
        return [Edit(whole.start, whole.end, replacement, rule)]
    out: list[Edit] = []
    at = whole.start
    for _, _, is_later, edit in group:
        if not is_later and not edit.replacement and edit.start < edit.end:
            out += [Edit(at, edit.start, "", rule)] if at < edit.start else []
            out.append(edit)
            at = edit.end
    return [*out, Edit(at, whole.end, "", rule)] if at < whole.end else out
