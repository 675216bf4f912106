"""One pass over a text: find hits, decide on them, and turn those that act into edits."""

from __future__ import annotations

from typing import NamedTuple

from cleaner.engine.compiler import CompiledRules
from cleaner.engine.deciding import Decision, Situation, decide
from cleaner.engine.glued import glued_hits, glued_pieces
from cleaner.engine.hits import line_hits, matcher_hits, span_hits
from cleaner.engine.line_cache import LineCache
from cleaner.engine.ownership import own_lines
from cleaner.engine.pieces import edit_pieces, emptied_lines
from cleaner.engine.removal import remove_lines
from cleaner.engine.verdicts import Hit, Verdict
from cleaner.model import Edit
from cleaner.text.lines import TextView
from cleaner.text.zones import find_zones

__all__ = ["Pass", "look"]


class Pass(NamedTuple):
    """What one pass over a text gives.

    Attributes:
        edits: sorted, disjoint edits on the text of the pass; none when nothing is left to do.
        used: the hits whose metadata is kept, in order.
        flags: flags that hits raise, in order; one may be there several times.
        verdicts: verdicts on the hits, when they were asked for.
    """

    edits: tuple[Edit, ...] = ()
    used: tuple[Hit, ...] = ()
    flags: tuple[str, ...] = ()
    verdicts: tuple[Verdict, ...] = ()


def look(view: TextView, rules: CompiledRules, cache: LineCache, explain: bool = False) -> Pass:
    """Look at a text once: pieces of lines first, and only when none goes, whole lines.

    Args:
        view: the text.
        rules: the compiled rules.
        cache: what is known about lines; it is asked about all lines of the view.
        explain: whether verdicts are wanted.

    Raises:
        OutOfTimeError: the text has taken longer than the limits of the cache allow.
    """
    glued = glued_pieces(view, rules)
    cache.add((*view.lines, *glued.texts))  # all at once: each question has a cost of its own
    matched = matcher_hits(view, rules, cache.limits)
    found_lines = line_hits(view, rules, cache)
    pieces = [
        *(hit for hit in (*matched, *found_lines) if hit.end >= 0),
        *span_hits(view, rules, cache),
        *glued_hits(view, cache, glued),
    ]
    decision, emptied = Decision(), list[Hit]()
    if pieces:
        situation = Situation(view, find_zones(view), rules, explain=explain, limits=cache.limits)
        decision = decide(pieces, situation)
        emptied = emptied_lines(decision.accepted, view)
        empty = {hit.first for hit in emptied}
        found = edit_pieces((hit for hit in decision.accepted if hit.first not in empty), view)
        if found.edits:
            return Pass(found.edits, found.used, decision.flags)  # the lines get their verdicts in the next pass
    hits = [*(hit for hit in found_lines if hit.end < 0), *emptied, *(hit for hit in matched if hit.end < 0)]
    if not hits and not rules.context_matchers:
        return Pass((), (), decision.flags, decision.verdicts)
    owned = own_lines(hits, view, rules, explain, cache.limits)
    edits = remove_lines(view, {i: hit.rule.id for i, hit in owned.owners.items()})
    return Pass(edits, owned.used, decision.flags + owned.flags, decision.verdicts + owned.verdicts)
