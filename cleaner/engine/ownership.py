"""Which hit removes which line: of several that claim it the surer one. Scraps are evidence about their neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.context import Context, ambiguous_rules, entry_lines
from cleaner.engine.deciding import Decision, Situation, decide, objection
from cleaner.engine.extent import extent
from cleaner.engine.limits import Limits
from cleaner.engine.matchers.registry import MATCHERS
from cleaner.engine.order import FreeLines, Rounds
from cleaner.engine.verdicts import Hit, Verdict
from cleaner.rules.model import Action
from cleaner.rules.selection import precedence
from cleaner.text.lines import TextView
from cleaner.text.zones import find_zones

__all__ = ["Ownership", "accept_neighbours", "own_lines"]

_Owners = Mapping[int, Hit]


class Ownership(NamedTuple):
    """The lines that go, and what else comes of the hits on them.

    Attributes:
        owners: the hit that removes a line, by the index of the line.
        used: the hits whose metadata is kept, in order.
        flags: flags that hits raise.
        verdicts: verdicts on all hits, when they were asked for.
    """

    owners: _Owners
    used: tuple[Hit, ...]
    flags: tuple[str, ...]
    verdicts: tuple[Verdict, ...]


def own_lines(
    hits: Sequence[Hit], view: TextView, rules: CompiledRules, explain: bool = False, limits: Limits | None = None
) -> Ownership:
    """Decide on hits on whole lines, and find out which of them removes which line.

    Args:
        hits: all hits on the lines of the view.
        view: the text.
        rules: the compiled rules, for antipatterns and context matchers.
        explain: whether verdicts are wanted.
        limits: what antipatterns may cost.

    Raises:
        OutOfTimeError: the document of the limits has no time left.
    """
    claimed = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    zones = find_zones(view, claimed)
    context = Context(view, zones, claimed, ambiguous_rules(hits, view), entry_lines(hits, view))
    situation = Situation(view, zones, rules, context, explain, limits or Limits())
    if not hits:
        alone, decision = _ask_context_matchers({}, situation)
        return Ownership(alone, decision.accepted, decision.flags, decision.verdicts)
    first = decide(hits, situation)
    owners: dict[int, Hit] = {}
    free = FreeLines()
    used: list[Hit] = []
    # The surer rule owns a line that several claim; among equals the one that stands first.
    for hit in sorted(first.accepted, key=lambda hit: precedence(hit.rule)):
        lines = extent(hit, view, zones, claimed)
        if lines:
            used.append(hit)
        for i in free.take(lines):
            owners[i] = hit
    grown, neighbours = accept_neighbours(hits, owners, situation)
    final, second = _ask_context_matchers(grown, situation)
    return Ownership(
        final, (*used, *neighbours, *second.accepted), first.flags + second.flags, first.verdicts + second.verdicts
    )


def accept_neighbours(hits: Sequence[Hit], owners: _Owners, situation: Situation) -> tuple[_Owners, tuple[Hit, ...]]:
    """Accept hits outside their zone that stand next to a scrap of their own class.

    "Vote now" between paragraphs may be a subhead; below "Take our poll" it is the button.

    Args:
        hits: all hits on the text.
        owners: the lines that go already.
        situation: what the hits are judged by.

    Returns:
        The lines that go now, with their hits, and the hits that were accepted.
    """
    view, zones = situation.view, situation.zones
    grown = dict(owners)
    accepted: list[Hit] = []
    outside = [hit for hit in hits if hit.first not in grown and not zones.fit(hit.first, hit.rule.zones)]
    beside = [(view.previous(hit.first), view.next(hit.last)) for hit in outside]
    waiting = _hits_beside(beside)
    settled: set[int] = set()
    # As long as some are accepted, but only those beside which a line has come to go: a thousand labels above a share
    # bar would be looked at a thousand times.
    rounds = Rounds(len(outside))
    for number in rounds:
        hit = outside[number]
        if number in settled or not _has_company(hit, beside[number], grown):
            continue
        settled.add(number)
        if hit.rule.action is Action.REMOVE and not objection(hit, situation, any_zone=True):
            accepted.append(hit)
            for i in extent(hit, view, zones, grown):
                if i not in grown:
                    grown[i] = hit
                    for other in waiting.get(i, ()):
                        rounds.again(other)
    return grown, tuple(accepted)


def _has_company(hit: Hit, beside: tuple[int, int], owners: _Owners) -> bool:
    """Whether a line above or below a hit goes with a scrap of the same class."""
    others = (owners.get(i) for i in beside)
    return any(other is not None and other.rule.scrap_class == hit.rule.scrap_class for other in others)


def _hits_beside(beside: Sequence[tuple[int, int]]) -> dict[int, set[int]]:
    """The numbers of hits by the lines above and below them."""
    found: dict[int, set[int]] = {}
    for number, lines in enumerate(beside):
        for i in lines:
            found.setdefault(i, set()).add(number)
    return found


def _ask_context_matchers(owners: _Owners, situation: Situation) -> tuple[_Owners, Decision]:
    """Let the context matchers add neighbours of what goes. Each sees what those before it have added."""
    grown = dict(owners)
    scraps = _classes(grown)
    decisions = []
    for rule, matcher in situation.rules.context_matchers:
        if not scraps and MATCHERS[rule.matcher].needs_scraps:
            continue
        found = list(matcher(situation.view, situation.zones, scraps))
        if not found:  # nearly always
            continue
        decision = decide((Hit(rule, one.first, one.last, one.fields) for one in found), situation)
        for hit in decision.accepted:
            for i in range(hit.first, hit.last + 1):
                grown.setdefault(i, hit)
        scraps = _classes(grown)
        decisions.append(decision)
    accepted, flags, verdicts = zip(*decisions, strict=True) if decisions else ((), (), ())
    return grown, Decision(tuple(chain(*accepted)), tuple(chain(*flags)), tuple(chain(*verdicts)))


def _classes(owners: _Owners) -> Mapping[int, str]:
    """The class of scrap of each line that goes."""
    return {i: hit.rule.scrap_class for i, hit in owners.items()}
