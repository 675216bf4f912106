"""How far a hit reaches: the lines that go with it."""

from __future__ import annotations

from collections.abc import Container

from cleaner.engine.verdicts import Hit
from cleaner.rules.model import Action, Unit
from cleaner.rules.selection import DEFAULT_MAX_LINES
from cleaner.text.lines import TextView
from cleaner.text.prose import count_words
from cleaner.text.zones import Zones

__all__ = ["extent"]

_SUBHEAD_WORDS = 12
_ONLY_LINK_WORDS = 6  # measured: all of 26 only lines below "Read also" and the like are links, these the longer ones


def extent(hit: Hit, view: TextView, zones: Zones, claimed: Container[int]) -> range:
    """Indices of the lines that go with a hit; none for a cut that would take prose.

    Args:
        hit: a hit on whole lines that acts.
        view, zones: the text and its zones.
        claimed: indices of lines that rules fit. They are scraps, so no section ends at them.
    """
    rule, last = hit.rule, hit.last
    first = _first_above(hit, view)
    if rule.action is Action.CUT:
        if rule.cut_from == "start" and (zones.first < 0 or last < zones.first):
            return range(0, last + 1)
        if rule.cut_from == "end" and hit.first > zones.last:
            return range(first, len(view.lines))
        return range(0)
    if rule.unit is Unit.SECTION:
        last = _section_end(hit, view, claimed)
    return range(first, last + 1)


def _first_above(hit: Hit, view: TextView) -> int:
    """The first of the lines directly above that go with the hit, as many as its rule says, and no prose."""
    first, least = hit.first, max(0, hit.first - hit.rule.above)
    while first > least and not view.is_blank(first - 1) and not view.is_prose(first - 1):
        first -= 1
    return first


def _section_end(hit: Hit, view: TextView, claimed: Container[int]) -> int:
    """The last of the short lines under a heading. A line just above prose may be the article's own subhead."""
    taken: list[int] = []
    limit = hit.rule.max_lines or DEFAULT_MAX_LINES
    for i in range(hit.last + 1, len(view.lines)):
        if len(taken) >= limit or "\t" in view.lines[i].strip():
            break  # enough, or a row of a table
        if view.is_blank(i):
            continue
        if i not in claimed and (view.is_prose(i) or view.lines[i].rstrip().endswith((".", ":", "。"))):
            if taken and _may_be_subhead(view.lines[taken[-1]], len(taken)):
                taken.pop()
            break
        taken.append(i)
    return taken[-1] if taken else hit.last


def _may_be_subhead(line: str, taken: int) -> bool:
    """Whether the last line of a section, right above prose, may be the article's own. An only link is a headline."""
    words = count_words(line)
    return words <= _SUBHEAD_WORDS and (taken > 1 or words < _ONLY_LINK_WORDS)
