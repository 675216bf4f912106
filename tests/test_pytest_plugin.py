"""The pytest plugin, in sessions of projects of other people."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.pytest_projects import BODY, INPUT, add_case, add_rules


@pytest.fixture
def golden(pytester: pytest.Pytester) -> Path:
    """The folder of cases of a project, with one that passes."""
    add_case(pytester.path / "my-golden" / "harbour", input_txt=INPUT, expected_txt=BODY)
    return pytester.path / "my-golden"


def test_nothing_happens_without_the_options(pytester: pytest.Pytester, golden: Path) -> None:
    add_rules(pytester.path / "my-rules" / "own.toml", "this is no TOML")
    pytester.makepyfile("def test_one(): pass")
    pytester.runpytest().assert_outcomes(passed=1)


def test_importing_the_plugin_loads_nothing() -> None:
    code = "import sys, cleaner.pytest_plugin; print([n for n in sys.modules if n in %r])"
    heavy = (
        "pytest",
        "cleaner.pytest_collection",
        "cleaner.pytest_items",
        "cleaner.authoring.golden",
        "cleaner.io.extractors.registry",
        "trafilatura",
        "msgspec",
        "ftfy",
    )
    found = subprocess.run([sys.executable, "-c", code % (heavy,)], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_hooks_are_only_registered_when_there_is_something_to_collect(
    pytester: pytest.Pytester, golden: Path
) -> None:
    assert not pytester.parseconfigure().pluginmanager.has_plugin("cleaner_collection")
    for options in (["--clean-golden", "my-golden"], ["--clean-rules", "own.toml"], ["--update-golden"]):
        assert pytester.parseconfigure(*options).pluginmanager.has_plugin("cleaner_collection")
