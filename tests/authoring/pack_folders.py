"""A folder that a rule pack is made from: the template, to be changed by tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.places import ROOT

__all__ = ["TEMPLATE", "change", "pack_folder"]

TEMPLATE = ROOT / "examples" / "rule-pack"


@pytest.fixture
def pack_folder(tmp_path: Path) -> Path:
    """A copy of the template."""
    return Path(shutil.copytree(TEMPLATE, tmp_path / "rule-pack"))


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Put another text into a file."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
