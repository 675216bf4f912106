"""Shared fixtures: where things are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from cleaner import Cleaner

# A build must not fail by chance; whoever works on the code gets new examples each time.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Fast tests first."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is not None)


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
