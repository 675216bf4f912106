"""From what the rules left to what the scorer leaves: one outcome, whose edits still point into the repaired text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cleaner.engine.guard import refusal
from cleaner.engine.line_cache import LineCache
from cleaner.engine.loop import UNSETTLED, run
from cleaner.engine.removal import name_by_line
from cleaner.engine.verdicts import Outcome, Verdict
from cleaner.model import Edit, ScoredSpan
from cleaner.scoring.evidence import TextEvidence
from cleaner.scoring.gaps import NO_GAPS, Gaps, gaps_of
from cleaner.scoring.scorer import RULE, LineScore, Reasons, Scorer
from cleaner.text.edits import apply, compose, trace_back
from cleaner.text.lines import TextView
from cleaner.text.zones import find_zones

__all__ = ["REFUSED", "Look", "apply_scores", "reasons_at", "scored_spans"]

REFUSED = "thorough-guard"
"""The flag of a text of which the scorer would have taken too much: only what the rules took is gone."""

_MOST_LOOKS = 12  # measured: three are enough for nearly all texts
_REFUSALS = ("guard", "emptied", UNSETTLED)


class Look(NamedTuple):
    """The text that the rules left, and what they said about its lines; None when nobody kept it."""

    view: TextView
    cache: LineCache | None = None


class _Step(NamedTuple):
    """One look of the scorer: where the text stood before it, what was scored, and where it stands now."""

    before: Outcome
    text: TextEvidence
    scores: Sequence[LineScore]
    gaps: Gaps
    after: Outcome


def apply_scores(
    repaired: str, outcome: Outcome, look: Look, scorer: Scorer, guard: float, explain: bool = False
) -> tuple[Outcome, tuple[ScoredSpan, ...]]:
    """The outcome after the scorer, and the probability of each line that it looked at.

    Rules and scorer look again at what is left, until nothing goes. So a cleaned text that is cleaned again stays as
    it is, unless it is flagged.

    Args:
        repaired: the text that the edits of the outcome point into.
        outcome: what came of the rules. One that they refused stays as it is.
        look: the text that the rules left, and what they say about its lines.
        scorer: scores the lines.
        guard: the share of the words of prose that rules and scorer together may remove. When a look would take more,
            it takes nothing, and the outcome is flagged :data:`REFUSED`.
        explain: whether verdicts are wanted.
    """
    spans: dict[int, ScoredSpan] = {}
    verdicts = outcome.verdicts
    for step in _steps(repaired, outcome, look, scorer, guard):
        for span in scored_spans(step.text.view, step.scores, step.before.edits):
            if span.probability >= scorer.threshold or span.start not in spans:
                spans[span.start] = span
        if explain and step.after.text != step.before.text:
            verdicts += _verdicts(step.text.view, step.scores, scorer.threshold)
        outcome = step.after
    if verdicts != outcome.verdicts:
        outcome = replace(outcome, verdicts=verdicts)
    return outcome, tuple(sorted(spans.values()))


def _steps(repaired: str, outcome: Outcome, look: Look, scorer: Scorer, guard: float) -> Iterator[_Step]:
    if any(flag in _REFUSALS for flag in outcome.flags):
        return
    first = TextView(repaired, look.view.document)
    wordings = scorer.wordings(look.cache)
    text, gaps = scorer.evidence(look.view, wordings), gaps_of(repaired, outcome.edits, look.view)
    for _ in range(_MOST_LOOKS):
        scores = scorer.scores(text, gaps)
        after = _taken(first, outcome, scorer.edits(text.view, scores), guard)
        yield _Step(outcome, text, scores, gaps, after)
        is_left_alone = after is outcome
        if REFUSED in after.flags or (gaps == NO_GAPS and is_left_alone):
            return
        gaps = NO_GAPS
        if not is_left_alone:
            outcome = _rules_again(first, after, look, guard)
            text = scorer.evidence(_view(outcome.text, look), wordings)


def _taken(first: TextView, outcome: Outcome, more: tuple[Edit, ...], guard: float) -> Outcome:
    """The outcome with more edits of its text; itself when there are none."""
    if not more:
        return outcome
    edits = name_by_line(first, compose(outcome.edits, more, outcome.text))
    after = apply(outcome.text, more)
    if refusal(first, after, edits, guard):
        return replace(outcome, flags=(*outcome.flags, REFUSED))
    return replace(outcome, text=after, edits=edits)


def _rules_again(first: TextView, outcome: Outcome, look: Look, guard: float) -> Outcome:
    """The outcome when the rules look at what the scorer left: a line may now stand where they take it."""
    if look.cache is None:
        return outcome
    found = run(outcome.text, look.cache.rules, look.view.document, guard, cache=look.cache)
    after = _taken(first, outcome, found.edits, guard)
    return replace(after, metadata={**found.metadata, **after.metadata})


def _view(text: str, look: Look) -> TextView:
    return look.cache.view(text, look.view.document) if look.cache else TextView(text, look.view.document)


def reasons_at(repaired: str, outcome: Outcome, look: Look, scorer: Scorer, start: int, guard: float) -> Reasons | None:
    """What the scorer has for and against a line; None when a rule took it or refused the text.

    A line that went has the reasons of the look that took it, another one those of the first look.

    Args:
        repaired, outcome, look, scorer, guard: as for :func:`apply_scores`.
        start: offset of the line in the repaired text.
    """
    found: tuple[_Step, int] | None = None
    for step in _steps(repaired, outcome, look, scorer, guard):
        spans = scored_spans(step.text.view, step.scores, step.before.edits)
        for one, span in zip(step.scores, spans, strict=True):
            if span.start <= start < span.end and (found is None or span.probability >= scorer.threshold):
                found = step, one.line
    if found is None:
        return None
    step, line = found
    return scorer.reasons(step.text, step.gaps, line)


def _verdicts(view: TextView, scores: Sequence[LineScore], threshold: float) -> tuple[Verdict, ...]:
    zones = find_zones(view)
    gone = [one.line for one in scores if one.probability >= threshold]
    return tuple(Verdict(RULE, view.lines[i], zones.of(i), "") for i in gone)


def scored_spans(view: TextView, scores: Sequence[LineScore], edits: Sequence[Edit]) -> Iterator[ScoredSpan]:
    """The scores as spans of the text before some edits.

    Args:
        view: the text after the edits.
        scores: the scores of its lines, in order.
        edits: the edits that led to it.

    >>> view = TextView("The council met.\\n")
    >>> list(scored_spans(view, [LineScore(0, 0.02)], [Edit(0, 6, "", "share-bar.label")]))
    [ScoredSpan(start=6, end=22, probability=0.02)]
    """
    spans = [(view.starts[one.line], view.starts[one.line] + len(view.lines[one.line])) for one in scores]
    for (start, end), one in zip(trace_back(spans, edits), scores, strict=True):
        yield ScoredSpan(start, end, one.probability)
