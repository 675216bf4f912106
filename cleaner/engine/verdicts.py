"""The values of the engine: what a rule hit, why a hit led to a removal or not, and what came of a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.model import Edit, Zone
from cleaner.rules.model import Rule

__all__ = ["Hit", "Outcome", "Verdict"]


class Hit(NamedTuple):
    """A rule fits lines of a view, or a piece of its text.

    Attributes:
        rule: the rule.
        first, last: indices of the first and the last line, both included.
        fields: metadata that the hit holds, by name.
        start, end: half-open code-point offsets of the piece in the text of the view; -1 for whole lines.
        replacement: what stands in place of the piece afterwards.
    """

    rule: Rule
    first: int
    last: int
    fields: Mapping[str, str]
    start: int = -1
    end: int = -1
    replacement: str = ""


class Verdict(NamedTuple):
    """Why a hit led to a removal or not.

    Attributes:
        rule: id of the rule.
        text: the first line of what was hit.
        zone: where that line stands.
        reason: "" for what was removed, else what spared it: "zone …", "unless …", "site", "once …", "guard",
            "flag only", or what the lines around it say.
    """

    rule: str
    text: str
    zone: Zone
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a text.

    Attributes:
        text: the cleaned text.
        edits: sorted, disjoint edits that lead to it from the text that was given. Offsets are half-open code points.
            Removed lines have one edit a rule and run of lines; a blank line goes with the line above it.
        metadata: what removed lines held, by name; several values are joined by "; ".
        flags: what a reader of the corpus may want to know.
        verdicts: a verdict on every hit, when they were asked for.
    """

    text: str
    edits: tuple[Edit, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
