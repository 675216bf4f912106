"""The tests of a rule pack: what the linter finds, its examples and its golden cases."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from cleaner.authoring.coverage import unfired_patterns
from cleaner.authoring.examples import check_examples
from cleaner.authoring.golden import GoldenCase, golden_cases
from cleaner.authoring.lint.linter import lint
from cleaner.authoring.pack_project import PackProject
from cleaner.errors import CleanerError
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.loader import load_rules
from cleaner.rules.model import PackId, ProfileChoice
from cleaner.rules.pack_joining import joined_with_pack
from cleaner.rules.packs import Figures

__all__ = ["pack_figures"]

_MOST = 20


def pack_figures(project: PackProject) -> tuple[RuleSet, Figures]:
    """The rules of a pack and the figures of its tests, all of which hold.

    Raises:
        RuleError: the rules do not load, or an id is taken.
        CleanerError: a test does not hold; all that is wrong is told.
    """
    mine = load_rules(project.rules).from_pack(PackId(project.name, project.version))
    every = joined_with_pack(builtin_rules(), mine)
    wrong = [
        *(
            f"{found.path}:{found.line}:{found.column}: {found.code}: {found.message}"
            for found in lint(project.rules, builtin_rules())
            if found.severity == "error"
        ),
        *(str(failure) for rule in mine for failure in check_examples(rule, every)),
    ]
    cases = golden_cases(project.golden) if project.golden else []
    _refuse([*dict.fromkeys(wrong), *_failing(cases, every)], project.folder)
    return mine, Figures(
        removes=sum(len(texts) for rule in mine for texts in rule.examples.removes.values()),
        keeps=sum(len(texts) for rule in mine for texts in rule.examples.keeps.values()),
        cases=sum(len(rule.examples.cases) for rule in mine),
        golden=len(cases),
        golden_negative=sum(not case.is_known_failure and case.is_negative for case in cases),
        known_failures=sum(case.is_known_failure for case in cases),
        unreached_patterns=sum(len(unfired_patterns(rule, every)) for rule in mine),
    )


def _failing(cases: Iterable[GoldenCase], rules: RuleSet) -> list[str]:
    @cache
    def cleaner(profile: ProfileChoice) -> Cleaner:
        return Cleaner(rules.select(profile))

    found = []
    for case in cases:
        comes_out = case.clean(cleaner(case.profile)).text == case.expected
        if comes_out is case.is_known_failure:
            what = (
                "comes out as expected; it is no known failure any more"
                if comes_out
                else "does not come out as expected"
            )
            found.append(f"{case.folder}: the golden case {what}; `pytest` in the folder of the pack shows more")
    return found


def _refuse(wrong: list[str], folder: Path) -> None:
    if wrong:
        more = [f"and {len(wrong) - _MOST} more"] if len(wrong) > _MOST else []
        advice = f"{folder}: no pack is made of rules whose tests do not hold; mend this first"
        raise CleanerError("\n".join([*wrong[:_MOST], *more, advice]))
