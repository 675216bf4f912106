"""Shared fixtures: where things are."""

from __future__ import annotations

import os
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from cleaner import Cleaner
from tests.places import SHARED

# No deadline, because a busy machine is slow. A build in CI must not fail by chance, so its examples are always the
# same; a developer gets new examples each time.
settings.register_profile("developer", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "developer")

# Without it a test that starts Ray joins the cluster of a test that runs beside it, and loses it in the middle.
os.environ.setdefault("RAY_ADDRESS", "local")

# Tests tell nobody outside that they ran.
os.environ.setdefault("HAYSTACK_TELEMETRY_ENABLED", "False")

pytest_plugins = ["pytester"]


@pytest.hookimpl(wrapper=True)
def pytest_collect_file() -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """No doctests in tests. With them pytest imports a file twice, and takes one that cannot be imported for empty."""
    collectors = yield
    return [one for one in collectors if type(one).__name__ != "DoctestModule"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first. The examples of the Arrow kernel need Arrow."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)
    if find_spec("pyarrow") is None:
        for item in items:
            if item.nodeid.startswith("cleaner/adapters/arrow.py::"):
                item.add_marker(pytest.mark.skip(reason="needs Arrow: pip install 'article-cleaner[arrow]'"))


@pytest.fixture(scope="session")
def cleaner() -> Cleaner:
    return Cleaner()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Other people's texts, which are read in place and never copied here."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: the corpora and seeds are not part of the project")
    return SHARED


@pytest.fixture
def run_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder that is the working directory, with Python's output in UTF-8."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "PYTHONUTF8", "1")
    return tmp_path
