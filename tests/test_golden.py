"""Golden cases come out as expected, by the edits that are written down."""

from __future__ import annotations

from functools import cache

import pytest

from cleaner import Cleaner
from tests.golden import CASES, FOLDER, GoldenCase, edit_lines


@cache
def cleaner_for(profile: str) -> Cleaner:
    return Cleaner(profile=profile)


def test_there_are_cases_and_a_third_are_negatives() -> None:
    assert len(CASES) >= 20
    assert sum(case.is_negative for case in CASES) * 3 >= len(CASES)


def test_nothing_but_cases_lies_in_golden() -> None:
    known = {"input.txt", "input.html", "expected.txt", "edits.jsonl", "case.toml"}
    strangers = [path for path in FOLDER.rglob("*") if path.is_file() and path.name not in known]
    assert strangers == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: GoldenCase, request: pytest.FixtureRequest) -> None:
    update = request.config.getoption("--update-golden")
    if case.settings["expect"] == "known-failure" and not update:
        request.applymarker(pytest.mark.xfail(strict=True, reason="known failure: a limit of the rules"))
    result = case.clean(cleaner_for(case.profile))
    edits = case.folder / "edits.jsonl"
    if update:
        if case.settings["expect"] == "pass":
            (case.folder / "expected.txt").write_bytes(result.text.encode())
        edits.write_text(edit_lines(result), encoding="utf-8", newline="\n")
    assert result.text == case.expected
    assert edits.exists(), "run pytest --update-golden, and read what it wrote before you commit it"
    if case.settings["expect"] == "pass":
        assert edit_lines(result) == edits.read_text(encoding="utf-8")
