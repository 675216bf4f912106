"""A rule file of somebody's own, which tests of several commands use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.own_rules import OWN


@pytest.fixture
def own(run_in: Path) -> Path:
    """The rule file own.toml in a fresh working directory."""
    path = run_in / "own.toml"
    path.write_text(OWN, "utf-8")
    return path
