"""``rules test``: run the examples of rules as a project has them, and see what no test reaches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.authoring.coverage import Coverage, coverage
from cleaner.authoring.examples import Failure, check_examples
from cleaner.authoring.golden import builtin_golden_dir, golden_cases
from cleaner.authoring.rule_files import rules_of_files
from cleaner.config.settings import Config
from cleaner.rules import Rule, RuleSet
from cleaner.rules.schema import texts

__all__ = ["ExampleRun", "golden_coverage", "run_examples"]


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """What came of the examples of some rules.

    Attributes:
        rules: the rules whose examples ran.
        examples: how many there are.
        failures: those that do not hold.
        overridden: how many more of the rules' own examples do not hold because the project overrides the rules.
    """

    rules: RuleSet
    examples: int
    failures: tuple[Failure, ...]
    overridden: int


def run_examples(paths: Sequence[Path], config: Config) -> ExampleRun:
    """Run the examples of the rules in some files, or of all rules, with the overrides of the project.

    Raises:
        RuleError: a file is wrong.
    """
    every = config.rules()
    mine = rules_of_files(paths, every)
    every = every | mine.with_rules(rule for rule in mine if rule.id not in every)
    found = [failure for rule in mine for failure in check_examples(rule, every)]
    failures = tuple(failure for failure in found if not _is_overridden(failure, config))
    return ExampleRun(mine, sum(map(_count, mine)), failures, len(found) - len(failures))


def golden_coverage(rules: RuleSet, folders: Sequence[Path] = ()) -> Coverage:
    """What the examples and the golden cases reach: the built-in cases, and those of some folders."""
    fired = {
        json.loads(line)["rule"]
        for folder in (builtin_golden_dir(), *folders)
        for case in golden_cases(folder)
        for line in (case.edits or "").splitlines()
    }
    return coverage(rules, fired)


def _is_overridden(failure: Failure, config: Config) -> bool:
    """Whether an example of the rule itself fails because the project overrides the rule."""
    override = config.spec.overrides.get(failure.rule.id)
    if override is None or failure.kind.startswith("keeps"):
        return False
    added = [text for found in texts(override.examples.removes).values() for text in found]
    return failure.example not in (*added, *(case.input for case in override.examples.cases))


def _count(rule: Rule) -> int:
    tables = (rule.examples.removes, rule.examples.keeps)
    return sum(len(texts) for table in tables for texts in table.values()) + len(rule.examples.cases)
