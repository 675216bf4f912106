"""What rules do on a corpus, and what they remove from texts that hold no scraps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from cleaner.authoring.explain import fates, line_numbers
from cleaner.authoring.fitting import fitting_rules
from cleaner.engine.compiler import CompiledRules
from cleaner.engine.loop import run
from cleaner.engine.verdicts import Verdict
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner, CleanResult
from cleaner.rules import RuleSet
from cleaner.text.prose import count_words
from cleaner.text.repair import repair

__all__ = [
    "CorpusStats",
    "FalsePositives",
    "RemovedLine",
    "RuleStats",
    "RuleTrial",
    "find_false_positives",
    "rule_stats",
    "try_rules",
]

_LINES_AROUND = 2
_MOST_FALSE_POSITIVES = 5


class RemovedLine(NamedTuple):
    """A line that a rule removes or changes.

    Attributes:
        place: the document.
        number: the 1-based number of the line there.
        above, below: the nearest lines that are not blank.
        text: the line, after repair.
        is_new: whether no rule that is in force touches it.
    """

    place: str
    number: int
    above: tuple[str, ...]
    text: str
    below: tuple[str, ...]
    is_new: bool


@dataclass(slots=True)
class RuleTrial:
    """What one new rule did on a corpus.

    Attributes:
        documents: how many documents it changed.
        lines: how many lines it removed or changed.
        new_lines: how many of them no rule that is in force touches.
        spared: how often it spared a line, by the reason.
        hits: the first of the lines.
    """

    documents: int = 0
    lines: int = 0
    new_lines: int = 0
    spared: Counter[str] = field(default_factory=Counter)
    hits: list[RemovedLine] = field(default_factory=list)

    def add(self, lines: int, new_lines: int, hits: Iterable[RemovedLine]) -> None:
        """Count what the rule did to one document."""
        self.documents += 1
        self.lines += lines
        self.new_lines += new_lines
        self.hits.extend(hits)


def try_rules(
    rules: RuleSet, current: Cleaner, documents: Iterable[tuple[str, str, DocumentInfo]], most: int = 10
) -> tuple[int, dict[str, RuleTrial]]:
    """Run new rules, alone, on a corpus.

    Args:
        rules: the new rules.
        current: the cleaner without them.
        documents: place, text, and what is known besides.
        most: how many lines of each rule are kept.

    Returns:
        The number of documents, and by rule what it did.
    """
    alone = Cleaner(rules, profile="all", repair=current.repair)
    trials = {rule.id: RuleTrial() for rule in rules}
    count = 0
    for place, text, info in documents:
        count += 1
        result, verdicts = alone.explain(text, info)
        for rule, reason in _spared(verdicts):
            trials[rule].spared[reason] += 1
        if result.edits:
            known = frozenset(fates(current.clean_document(text, info)))
            for rule, indices in _touched(result).items():
                trial = trials[rule]
                hits = _removed_lines(result, place, indices[: most - len(trial.hits)], known)
                trial.add(len(indices), len(set(indices) - known), hits)
    return count, trials


def _spared(verdicts: Iterable[Verdict]) -> Iterator[tuple[str, str]]:
    """Rule and reason of every verdict that spared a line, each once in a document."""
    return ((verdict.rule, verdict.reason.partition(":")[0]) for verdict in set(verdicts) if verdict.reason)


def _touched(result: CleanResult) -> dict[str, list[int]]:
    """By rule, the indices of the lines it removed or changed that are not blank."""
    lines = result.repaired.split("\n")
    found: dict[str, list[int]] = {}
    for index, (_, rule) in fates(result).items():
        found.setdefault(rule, []).extend([index] if lines[index].strip() else [])
    return found


def _removed_lines(
    result: CleanResult, place: str, indices: Iterable[int], known: frozenset[int]
) -> Iterator[RemovedLine]:
    """Lines in their place; ``known`` are the indices of the lines that other rules touch."""
    lines = result.repaired.split("\n")
    for index in indices:
        above = tuple(line for line in lines[:index] if line.strip())[-_LINES_AROUND:]
        below = tuple(line for line in lines[index + 1 :] if line.strip())[:_LINES_AROUND]
        number = line_numbers(result)[index]
        yield RemovedLine(place, number, above, lines[index], below, index not in known)


@dataclass(slots=True)
class RuleStats:
    """What one rule did on a corpus.

    Attributes:
        documents: how many documents it changed.
        lines: how many lines it removed or changed.
        words: how many words it removed.
        spared: how often it spared a line, by the reason.
    """

    documents: int = 0
    lines: int = 0
    words: int = 0
    spared: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class CorpusStats:
    """What all rules did on a corpus.

    Attributes:
        documents: how many documents there are.
        changed: how many of them the rules changed.
        rules: the figures of each rule, by id.
        overlaps: how many lines two rules fit by their wording.
    """

    documents: int = 0
    changed: int = 0
    rules: dict[str, RuleStats] = field(default_factory=dict)
    overlaps: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def never_fired(self) -> list[str]:
        """Rules that fit no line at all."""
        return [rule for rule, stats in self.rules.items() if not stats.lines and not stats.spared]

    def add(self, result: CleanResult, verdicts: Iterable[Verdict]) -> None:
        """Count what the rules did to one document."""
        self.documents += 1
        self.changed += bool(result.edits)
        for rule, reason in _spared(verdicts):
            self.rules[rule].spared[reason] += 1
        for rule, indices in _touched(result).items():
            self.rules[rule].documents += 1
            self.rules[rule].lines += len(indices)
        for edit in result.edits:
            self.rules[edit.rule].words += count_words(result.repaired[edit.start : edit.end])


def rule_stats(cleaner: Cleaner, documents: Iterable[tuple[str, DocumentInfo]]) -> CorpusStats:
    """Run a cleaner on a corpus and count.

    Args:
        cleaner: the rules.
        documents: texts, and what is known about each.
    """
    stats = CorpusStats(rules={rule.id: RuleStats() for rule in cleaner.rules})
    compiled = CompiledRules(cleaner.rules)
    for text, info in documents:
        result, verdicts = cleaner.explain(text, info)
        stats.add(result, verdicts)
        stats.overlaps.update(_overlaps(result.repaired, compiled))
    return stats


def _overlaps(text: str, compiled: CompiledRules) -> Iterator[tuple[str, str]]:
    """The pairs of rules that fit the same line of a text; each different line counts once."""
    for rules in fitting_rules(compiled, text.split("\n")).values():
        yield from combinations(sorted(rule.id for rule in rules), 2)


class FalsePositives(NamedTuple):
    """What one rule removes from clean texts.

    Attributes:
        documents: how many texts it touches.
        words: how many words it removes from them.
        lines: the first of the lines, each with the name of its text.
    """

    documents: int = 0
    words: int = 0
    lines: tuple[tuple[str, str], ...] = ()

    def with_edits(self, name: str, removed: Iterable[str]) -> FalsePositives:
        """These, and what was removed from one more text."""
        pieces = [piece.strip() for piece in removed]
        lines = (*self.lines, *((name, piece.partition("\n")[0]) for piece in pieces))
        words = self.words + sum(map(count_words, pieces))
        return FalsePositives(self.documents + 1, words, lines[:_MOST_FALSE_POSITIVES])


def find_false_positives(
    rules: RuleSet, clean_texts: Iterable[tuple[str, str]]
) -> tuple[int, Mapping[str, FalsePositives]]:
    """Run all rules of a set on clean texts: whatever they remove there should have been kept.

    Args:
        rules: the rules, whatever their profile and status.
        clean_texts: names and texts.

    Returns:
        The number of texts, and by rule what it removes from them; rules that remove nothing are left out.

    >>> from cleaner.rules import builtin_rules
    >>> text = "The council met on Tuesday to vote on the old bridge.\\n\\nFollow us on:\\n"
    >>> find_false_positives(builtin_rules(), [("a poem", text)])[1]["follow-us.networks"].lines
    (('a poem', 'Follow us on:'),)
    """
    compiled = CompiledRules(rules)
    count = 0
    found: dict[str, FalsePositives] = {}
    for name, clean_text in clean_texts:
        count += 1
        text = repair(clean_text).text
        removed: dict[str, list[str]] = {}
        for edit in run(text, compiled, guard=1.0).edits:
            removed.setdefault(edit.rule, []).append(text[edit.start : edit.end])
        for rule, pieces in removed.items():
            found[rule] = found.get(rule, FalsePositives()).with_edits(name, pieces)
    return count, found
