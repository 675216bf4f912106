"""The codes of the linter are documented and have a severity."""

from __future__ import annotations

import pytest

from cleaner.authoring.lint.findings import CODES, WARNINGS, severity_of
from tests.authoring.lint.own_rules import FILES
from tests.places import ROOT


def test_there_is_a_file_for_every_code() -> None:
    assert {path.stem for path in FILES.glob("*.toml")} == {*CODES, "clean"}


def test_every_code_is_in_the_docs() -> None:
    docs = (ROOT / "docs" / "rule-format.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"| `{code}` |" not in docs] == []


@pytest.mark.parametrize("code", CODES)
def test_a_finding_is_an_error_unless_it_only_costs_time_or_readability(code: str) -> None:
    assert severity_of(code) == ("warning" if code in WARNINGS else "error")


def test_warnings_are_codes() -> None:
    assert set(CODES) > WARNINGS
