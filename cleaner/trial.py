"""What rules do on a corpus: a trial of new ones, and figures of those there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from cleaner.explanation import fates, line_numbers
from cleaner.matching import CompiledRules, Memo
from cleaner.model import Document
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.rulecheck import pieces_not_fired
from cleaner.rules import RuleSet

__all__ = ["CorpusStats", "Coverage", "RuleStats", "TrialHit", "TrialOfRule", "coverage", "rule_stats", "try_rules"]

_AROUND = 2


class TrialHit(NamedTuple):
    """A line that goes: where it stands, and the lines around it that are not blank. ``is_new`` when no rule that is
    in force takes it."""

    place: str
    number: int
    above: tuple[str, ...]
    text: str
    below: tuple[str, ...]
    is_new: bool


@dataclass(slots=True)
class TrialOfRule:
    """What one new rule did: documents it touched, lines it took, why it spared others, and the first of the lines."""

    documents: int = 0
    lines: int = 0
    new_lines: int = 0
    spared: Counter[str] = field(default_factory=Counter)
    hits: list[TrialHit] = field(default_factory=list)


def try_rules(
    rules: RuleSet, current: Cleaner, documents: Iterable[tuple[str, str, Document]], most: int = 10
) -> tuple[int, dict[str, TrialOfRule]]:
    """Run new rules, alone, on a corpus.

    Args:
        rules: the new rules.
        current: the cleaner without them.
        documents: place, text, and what is known besides.
        most: hits of each rule that are kept.

    Returns:
        The number of documents, and by rule what it did.
    """
    alone = Cleaner(rules, profile="all", repair=current.repair)
    found = {rule.id: TrialOfRule() for rule in rules}
    count = 0
    for place, text, document in documents:
        count += 1
        result, verdicts = alone.explain(text, document)
        for verdict in set(verdicts):
            if verdict.reason:
                found[verdict.rule].spared[verdict.reason.partition(":")[0]] += 1
        taken = fates(result)
        if taken:
            known = fates(current.clean_document(text, document))
            for rule in {rule for _, rule in taken.values()}:
                found[rule].documents += 1
            for index, (_, rule) in taken.items():
                _note(found[rule], result, place, index, index not in known, most)
    return count, found


def _note(trial: TrialOfRule, result: CleanResult, place: str, index: int, is_new: bool, most: int) -> None:
    lines = result.repaired.split("\n")
    if not lines[index].strip():
        return
    trial.lines += 1
    trial.new_lines += is_new
    if len(trial.hits) < most:
        above = tuple(line for line in lines[:index] if line.strip())[-_AROUND:]
        below = tuple(line for line in lines[index + 1 :] if line.strip())[:_AROUND]
        trial.hits.append(TrialHit(place, line_numbers(result)[index], above, lines[index], below, is_new))


@dataclass(slots=True)
class RuleStats:
    """What one rule did on a corpus: documents and lines it changed, words it took, and why it spared others."""

    documents: int = 0
    lines: int = 0
    words: int = 0
    spared: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class CorpusStats:
    """What all rules did. ``overlaps`` counts the lines that two rules fit by their wording."""

    documents: int = 0
    changed: int = 0
    rules: dict[str, RuleStats] = field(default_factory=dict)
    overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def never_fired(self) -> list[str]:
        """Rules that fit no line at all."""
        return [rule for rule, stats in self.rules.items() if not stats.lines and not stats.spared]


def rule_stats(cleaner: Cleaner, documents: Iterable[tuple[str, Document]]) -> CorpusStats:
    """Run a cleaner on a corpus and count."""
    stats = CorpusStats(rules={rule.id: RuleStats() for rule in cleaner.rules})
    compiled = CompiledRules(cleaner.rules)
    for text, document in documents:
        result, verdicts = cleaner.explain(text, document)
        stats.documents += 1
        stats.changed += bool(result.edits)
        for verdict in set(verdicts):
            if verdict.reason:
                stats.rules[verdict.rule].spared[verdict.reason.partition(":")[0]] += 1
        taken = fates(result)
        lines = result.repaired.split("\n")
        for rule in {rule for _, rule in taken.values()}:
            stats.rules[rule].documents += 1
        for index, (_, rule) in taken.items():
            stats.rules[rule].lines += bool(lines[index].strip())
        for edit in result.edits:
            stats.rules[edit.rule].words += len(result.repaired[edit.start : edit.end].split())
        memo = Memo()
        compiled.match_lines(lines, memo)
        for matches in memo.lines.values():
            ids = sorted({compiled.rules[match.rule].id for match in matches})
            stats.overlaps.update(combinations(ids, 2))
    return stats


class Coverage(NamedTuple):
    """What the tests of a rule set reach. ``pieces`` are patterns that no example fires, with their rule; ``unused``
    are rules that no golden case fires."""

    pieces: list[tuple[str, str]]
    unused: list[str]


def coverage(rules: RuleSet, fired: Iterable[str]) -> Coverage:
    """What examples and golden cases reach; ``fired`` are the rules of the edits of the cases."""
    known = set(fired)
    pieces = [(rule.id, pattern) for rule in rules for pattern in pieces_not_fired(rule, rules)]
    return Coverage(pieces, [rule.id for rule in rules if rule.id not in known])
