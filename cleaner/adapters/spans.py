"""Edits as spans of the text that was given, for engines that take spans out or put fixed texts in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cleaner.adapters.base import Cleaned
from cleaner.model import Edit
from cleaner.text.edits import apply, compose

__all__ = ["OLD", "FixedSpan", "fixed_spans", "whole_edits"]

OLD = "{}"
"""Stands for the text of the span itself in what replaces it."""


class FixedSpan(NamedTuple):
    """A span that is never empty, and what stands in its place: a text, in which ``{}`` is the text of the span.

    Attributes:
        start, end: half-open code points of the text that was given.
        replacement: "" removes the span.
        scrap_class: the class of the rule; "repair" for a repair.
    """

    start: int
    end: int
    replacement: str
    scrap_class: str


def whole_edits(text: str, cleaned: Cleaned) -> tuple[Edit, ...]:
    """All that became of the text of a row, repairs included: ``apply(text, whole_edits(text, …)) == cleaned.text``.

    The edits point into the text that was given, are sorted and disjoint, and begin and end with what they change.

    >>> from cleaner.adapters.base import clean_row, default_cleaner
    >>> from cleaner.model import DocumentInfo
    >>> text = "“It couldnâ€™t wait,” she said of the bridge.\\n\\nFollow us on:"
    >>> for edit in whole_edits(text, clean_row(text, DocumentInfo(), default_cleaner())):
    ...     print(edit)
    Edit(start=10, end=13, replacement='’', rule='repair.mojibake')
    Edit(start=45, end=60, replacement='', rule='follow-us.networks')
    """
    result = cleaned.result
    if result is None:
        return ()
    steps = [*(step.edits for step in result.repairs), result.edits]
    if cleaned.text != result.text:  # a row keeps its own ending
        end = len(result.text)
        at_end = [edit.rule for edit in result.edits if edit.end == len(result.repaired)]
        steps.append((Edit(end - 1, end, "", at_end[-1] if at_end else "repair.final-newline"),))
    edits: tuple[Edit, ...] = ()
    middle = text
    for step in steps:
        edits = compose(edits, step, middle)
        middle = apply(middle, step)
    trimmed = (_trimmed(text, edit) for edit in edits)
    return tuple(_joined(edit for edit in trimmed if edit.start < edit.end or edit.replacement))


def fixed_spans(text: str, cleaned: Cleaned) -> list[FixedSpan]:
    """The same as spans that are never empty, sorted and disjoint, with as few different replacements as can be.

    One character is replaced by one as long as it goes, so that a text in broken Cyrillic needs a replacement for
    each letter and not for each word. What is put in between two characters is put in front of the second.
    """
    edits = list(whole_edits(text, cleaned))
    end = len(text)
    if edits and edits[-1].start == end > (edits[-2].end if edits[1:] else 0):  # nothing follows that could be replaced
        edits[-1] = Edit(end - 1, end, text[-1] + edits[-1].replacement, edits[-1].rule)
    return [span for edit in _joined(edits) for span in _spans(edit)]


def _trimmed(text: str, edit: Edit) -> Edit:
    """The edit without what it leaves as it is at its ends."""
    old, new = text[edit.start : edit.end], edit.replacement
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    return Edit(edit.start + head, edit.end - tail, new[head : len(new) - tail], edit.rule)


def _joined(edits: Iterable[Edit]) -> list[Edit]:
    """The edits; of those that touch, insertions are one with the other, and so are removals by the same rule."""
    joined: list[Edit] = []
    for edit in edits:
        last = joined[-1] if joined else None
        if last and last.end == edit.start and _are_one(last, edit):
            rule = last.rule if edit.start == edit.end else edit.rule
            joined[-1] = Edit(last.start, edit.end, last.replacement + edit.replacement, rule)
        else:
            joined.append(edit)
    return joined


def _are_one(last: Edit, edit: Edit) -> bool:
    if last.start == last.end or edit.start == edit.end:
        return True
    return last.rule == edit.rule and not last.replacement and not edit.replacement


def _spans(edit: Edit) -> Iterator[FixedSpan]:
    start, end, new = edit.start, edit.end, edit.replacement
    alone = max(0, min(end - start, len(new)) - 1)
    for at in range(alone):
        yield FixedSpan(start + at, start + at + 1, new[at], edit.scrap_class)
    if OLD in new[alone:]:  # the engine would put the old text there
        return
    if start == end:
        yield FixedSpan(start, start + 1, new + OLD, edit.scrap_class)
    else:
        yield FixedSpan(start + alone, end, new[alone:], edit.scrap_class)
