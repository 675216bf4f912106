"""What rules do to texts that are clean: everything they touch there is harm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.engine import run
from cleaner.golden import golden_cases
from cleaner.matching import CompiledRules
from cleaner.repair import repair
from cleaner.rules import RuleSet

__all__ = ["Harm", "golden_bodies", "measure_harm"]

_MOST_LINES = 5


@dataclass(slots=True)
class Harm:
    """What one rule takes from clean texts: documents, words, and the first of the lines with where they stand."""

    documents: int = 0
    words: int = 0
    lines: list[tuple[str, str]] = field(default_factory=list)


def golden_bodies(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and expected bodies of the golden cases in a folder, but for those of profiles that keep scraps."""
    for case in golden_cases(folder):
        if case.profile != "facts":
            yield case.name, case.expected


def measure_harm(rules: RuleSet, bodies: Iterable[tuple[str, str]]) -> tuple[int, dict[str, Harm]]:
    """Run all rules of a set on clean texts, given with their names.

    Returns:
        The number of texts, and the harm of each rule that touched one.
    """
    compiled = CompiledRules(rules)
    count = 0
    found: dict[str, Harm] = {}
    for name, body in bodies:
        count += 1
        text = repair(body).text
        touched = set()
        for edit in run(text, compiled, guard=1.0).edits:
            harm = found.setdefault(edit.rule, Harm())
            gone = text[edit.start : edit.end].strip()
            harm.words += len(gone.split())
            if edit.rule not in touched:
                touched.add(edit.rule)
                harm.documents += 1
            if len(harm.lines) < _MOST_LINES:
                harm.lines.append((name, gone.partition("\n")[0]))
    return count, found
