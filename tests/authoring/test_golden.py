"""What the golden cases of this project must be besides right: the pytest plugin runs them."""

from __future__ import annotations

import pytest

from cleaner.authoring.golden import FILES, GoldenCase, builtin_golden_dir, golden_cases

FOLDER = builtin_golden_dir()
CASES = golden_cases(FOLDER)
REQUIRED = {"label", "language", "origin", "profile", "expect"}


def test_there_are_cases_and_a_third_are_negatives() -> None:
    assert len(CASES) >= 20
    assert sum(case.is_negative for case in CASES) * 3 >= len(CASES)


def test_nothing_but_cases_lies_in_golden() -> None:
    assert [path for path in FOLDER.rglob("*") if path.is_file() and path.name not in FILES] == []


def test_the_plugin_runs_them(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.getini("clean_golden") == [FOLDER]
    assert pytestconfig.getini("clean_rules") == [FOLDER.parent / "rules"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_says_what_it_is_and_which_edits_lead_there(case: GoldenCase) -> None:
    assert REQUIRED - set(case.settings) == set()
    assert case.edits is not None or case.is_known_failure, "run pytest --update-golden and read what it wrote"
