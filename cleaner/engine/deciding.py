"""Deciding: which hits act, by their site, zone, antipatterns and neighbours, and which do not, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.context import Context
from cleaner.engine.limits import Limits
from cleaner.engine.verdicts import Hit, Verdict
from cleaner.rules.model import Action
from cleaner.rules.selection import acts_on_page
from cleaner.text.code import fenced_blocks
from cleaner.text.lines import TextView
from cleaner.text.zones import Zones

__all__ = ["Decision", "Situation", "code_lines", "decide", "objection"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What hits are judged by.

    Attributes:
        view, zones: the text and its zones.
        rules: the compiled rules, for their antipatterns.
        context: what the lines around say; None where only pieces of lines are looked at.
        explain: whether verdicts are wanted.
        limits: what antipatterns may cost.
    """

    view: TextView
    zones: Zones
    rules: CompiledRules
    context: Context | None = None
    explain: bool = False
    limits: Limits = field(default_factory=Limits)


class Decision(NamedTuple):
    """The hits that act, in the order they came in, the flags they raise, and the verdicts on all hits."""

    accepted: tuple[Hit, ...] = ()
    flags: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


def decide(hits: Iterable[Hit], situation: Situation) -> Decision:
    """Judge hits. A rule that only flags is never among those that act."""
    accepted, flags, verdicts = [], [], []
    for hit in hits:
        reason = objection(hit, situation)
        if not reason and hit.rule.flag:
            flags.append(hit.rule.flag)
        if not reason and hit.rule.action is Action.FLAG:
            reason = "flag only"
        if not reason:
            accepted.append(hit)
        if situation.explain:
            verdicts.append(_verdict(hit, reason, situation))
    return Decision(tuple(accepted), tuple(flags), tuple(verdicts))


def objection(hit: Hit, situation: Situation, any_zone: bool = False) -> str:
    """Why a hit must not act, or "". With ``any_zone`` it does not matter where it stands."""
    rule, view, zones = hit.rule, situation.view, situation.zones
    if not acts_on_page(rule, view.document.url):
        return "site"
    if not any_zone and not zones.fit(hit.first, rule.zones):
        return f"zone {zones.of(hit.first)} is not {' or '.join(rule.zones)}"
    code = view.compute_once(code_lines)
    if code and (hit.first in code or hit.last in code):
        return "it stands in a block of code"
    if situation.context is not None and (reason := situation.context.objection(hit)):
        return reason
    return _antipattern(hit, situation)


def code_lines(view: TextView) -> frozenset[int]:
    """Indices of the lines between fences of Markdown, the fences included, where no line between them is prose.

    >>> sorted(code_lines(TextView("Run this:\\n```sh\\nclean in -o out\\n```\\n")))
    [1, 2, 3]
    """
    found: set[int] = set()
    for start, end in fenced_blocks(view.text):
        first, last = bisect_right(view.starts, start) - 1, bisect_right(view.starts, end - 1) - 1
        if not any(view.is_prose(i) for i in range(first, last + 1)):
            found.update(range(first, last + 1))
    return frozenset(found)


def _antipattern(hit: Hit, situation: Situation) -> str:
    unless, view = hit.rule.unless, situation.view
    for name, patterns, index in (
        ("line", unless.line, hit.first),
        ("previous", unless.previous, view.previous(hit.first) if unless.previous else -1),
        ("next", unless.next, view.next(hit.last) if unless.next else -1),
    ):
        if patterns and index >= 0:
            found = situation.rules.search(hit.rule, patterns, view.lines[index], situation.limits)
            if found:
                return f"unless {name}: {found}"
    return ""


def _verdict(hit: Hit, reason: str, situation: Situation) -> Verdict:
    return Verdict(hit.rule.id, situation.view.lines[hit.first], situation.zones.of(hit.first), reason)
