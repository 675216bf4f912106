"""What holds for the tests themselves: none measures time, and none is skipped without a reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.places import ROOT

CLOCKS = {"monotonic", "perf_counter", "perf_counter_ns", "process_time", "thread_time", "time_ns"}
MODULES = sorted((ROOT / "tests").rglob("test_*.py"))


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """The calls in a module, each with the last part of the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            yield called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", ""), node


def keywords(call: ast.Call) -> set[str | None]:
    return {keyword.arg for keyword in call.keywords}


def test_there_are_tests() -> None:
    assert len(MODULES) > 30


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_no_test_reads_a_clock(path: Path) -> None:
    """A busy machine is slow, so a limit on seconds fails by chance. benchmarks/ measures time."""
    assert {name for name, _ in calls(path)} & CLOCKS == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "tests").as_posix())
def test_every_skip_gives_a_reason(path: Path) -> None:
    for name, call in calls(path):
        if name in ("importorskip", "skipif"):
            assert "reason" in keywords(call), f"line {call.lineno}"
        if name == "skip":
            assert call.args or "reason" in keywords(call), f"line {call.lineno}"


def test_no_example_of_hypothesis_has_a_deadline() -> None:
    assert settings().deadline is None
