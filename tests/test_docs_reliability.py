"""Each row of the page on reliability names its tests, and they exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.places import ROOT


def rows() -> Iterator[tuple[str, list[str]]]:
    """The first cell of each row of the tables that name tests, and those tests."""
    has_tests = False
    for line in (ROOT / "docs" / "reliability.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if not cells or cells[-1] == "tests":
            has_tests = bool(cells)
        elif has_tests and not line.startswith("| ---"):
            yield cells[0], re.findall("`([a-z0-9_]+)`", cells[-1])


@cache
def names_of_tests() -> frozenset[str]:
    """The names of all tests, without "test_"."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "tests").rglob("test_*.py"))
    names = (node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return frozenset(name.removeprefix("test_") for name in names if name.startswith("test_"))


def test_the_tables_are_read() -> None:
    assert len(dict(rows())) >= 31


@pytest.mark.parametrize(
    ("what", "named"), list(rows()), ids=lambda value: value[:40] if isinstance(value, str) else ""
)
def test_each_row_has_a_test(what: str, named: list[str]) -> None:
    assert named
    assert [name for name in named if name not in names_of_tests()] == []
