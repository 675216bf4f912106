"""Editing by lines: the edits that take lines out, with the blank lines beside them, each named by its own rule."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleaner.model import Edit
from cleaner.text.lines import TextView

__all__ = ["name_by_line", "remove_lines", "removed_lines"]


def remove_lines(view: TextView, rules: Mapping[int, str]) -> tuple[Edit, ...]:
    """Edits that take out lines, and the blank lines that would be left doubled, leading or trailing.

    Where lines went between two that stay, one blank line is left if there was any. There is one edit a rule and run
    of lines: a blank line goes with the line above it, the first ones of a run with the line below.

    Args:
        view: the text.
        rules: the id of the rule that takes each line, by the index of the line.

    >>> view = TextView("The council met.\\n\\nAdvertisement\\n\\nShare\\n")
    >>> for edit in remove_lines(view, {2: "ad-marker.label", 4: "share-bar.label"}):
    ...     print(repr(view.text[edit.start:edit.end]), edit.rule)
    '\\nAdvertisement\\n\\n' ad-marker.label
    'Share\\n' share-bar.label
    """
    count = _line_count(view)
    removed = sorted(i for i in rules if i < count and not view.is_blank(i))
    gone: dict[int, str] = {}
    for group in _groups(view, removed):
        begin, end = group[0], group[-1] + 1
        while begin > 0 and view.is_blank(begin - 1):
            begin -= 1
        while end < count and view.is_blank(end):
            end += 1
        blanks = [i for i in range(begin, end) if view.is_blank(i)]
        spared = blanks[0] if blanks and begin > 0 and end < count else -1
        rule = rules[group[0]]
        for i in range(begin, end):
            rule = rule if view.is_blank(i) else rules[i]
            if i != spared:
                gone[i] = rule
    return tuple(_edits_of(view, gone))


def name_by_line(view: TextView, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The same changes, where every line that goes as a whole is named by the rule that took it.

    Edits of several passes over a text, composed, touch and cut through lines: an earlier rule took a word out of a
    line and a later one the rest; an earlier one took a line, a later one the line below and the blank lines around
    both. Here each run of removals gets one edit a rule and run of lines, as :func:`remove_lines` gives them. The rule
    that took the newline took the line, since pieces never hold one.

    Args:
        view: the text that the edits point into.
        edits: sorted, disjoint edits.

    >>> view = TextView("(VOA)\\n\\n0\\n")
    >>> name_by_line(view, [Edit(0, 7, "", "agency-credit.name"), Edit(7, 9, "", "share-counter.number")])
    (Edit(start=0, end=7, replacement='', rule='agency-credit.name'), \
Edit(start=7, end=9, replacement='', rule='share-counter.number'))
    """
    named: list[Edit] = []
    for run in _touching_removals(edits):
        lines = _lines_inside(view, run[0].start, run[-1].end) if len(run) > 1 else range(0)
        if not lines:
            named += run
            continue
        named += _clipped(run, run[0].start, view.starts[lines.start])
        named += _edits_of(view, _rules_of(view, lines, run))
        named += _clipped(run, view.starts[lines.stop], run[-1].end)
    return tuple(named)


def removed_lines(view: TextView, edits: Iterable[Edit]) -> Iterator[int]:
    """Indices of the lines that lie wholly inside a removal."""
    for edit in edits:
        if not edit.replacement:
            yield from _lines_inside(view, edit.start, edit.end)


def _line_count(view: TextView) -> int:
    """Number of lines. str.split leaves an empty one behind the final newline; it is no line of the text."""
    return len(view.lines) - 1 if not view.lines[-1] else len(view.lines)


def _lines_inside(view: TextView, start: int, end: int) -> range:
    """Indices of the lines of which all, the newline included, lies between two offsets."""
    first = bisect_left(view.starts, start)
    last = _line_count(view) if end >= len(view.text) else bisect_right(view.starts, end) - 1
    return range(first, max(first, last))


def _groups(view: TextView, removed: Sequence[int]) -> Iterator[list[int]]:
    """Removed lines with nothing but blank lines between them."""
    group: list[int] = []
    for i in removed:
        if group and not all(view.is_blank(between) for between in range(group[-1] + 1, i)):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


def _edits_of(view: TextView, rules: Mapping[int, str]) -> Iterator[Edit]:
    """One edit a rule and run of lines. The rule of a blank line counts only where no other line is in its run."""
    length = len(view.text)
    for run in _runs(sorted(rules)):
        filled = [i for i in run if not view.is_blank(i)] or run
        first, rule = run[0], rules[filled[0]]
        for i in filled:
            if rules[i] != rule:
                yield Edit(view.starts[first], view.starts[i], "", rule)
                first, rule = i, rules[i]
        yield Edit(view.starts[first], min(view.starts[run[-1] + 1], length), "", rule)


def _runs(indices: Iterable[int]) -> Iterator[list[int]]:
    """Numbers in order, split where one is missing."""
    run: list[int] = []
    for i in indices:
        if run and run[-1] + 1 != i:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _touching_removals(edits: Iterable[Edit]) -> Iterator[list[Edit]]:
    """Removals that touch, together, and every other edit alone."""
    run: list[Edit] = []
    for edit in edits:
        if run and (edit.replacement or run[-1].replacement or run[-1].end != edit.start):
            yield run
            run = []
        run.append(edit)
    if run:
        yield run


def _rules_of(view: TextView, lines: range, run: Sequence[Edit]) -> dict[int, str]:
    """For each of some lines the rule of the edit that takes its last character, its newline if it has one."""
    ends = [edit.end for edit in run]
    length = len(view.text)
    return {i: run[bisect_left(ends, min(view.starts[i + 1], length))].rule for i in lines}


def _clipped(edits: Iterable[Edit], start: int, end: int) -> Iterator[Edit]:
    """What the removals take between two offsets."""
    for edit in edits:
        first, last = max(edit.start, start), min(edit.end, end)
        if first < last:
            yield Edit(first, last, "", edit.rule)
