"""Files beside results: their names, and how they are known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.io.sidecars import is_sidecar, read_sidecar, sidecar_of

ABOUT = {"metadata": {"date": "March 28"}, "flags": [], "rules": "0", "version": "1"}


def test_what_a_run_wrote_is_known_by_its_keys(tmp_path: Path) -> None:
    path = sidecar_of(tmp_path / "a.txt")
    assert path.name == "a.txt.json"
    path.write_text(json.dumps(ABOUT))
    assert is_sidecar(path)
    assert read_sidecar(path) == ABOUT


@pytest.mark.parametrize("content", ["", "[]", '{"text": "a", "metadata": {}}', "[" * 100_000])
def test_other_files_are_not(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.txt.json"
    path.write_text(content)
    assert not is_sidecar(path)
    assert not is_sidecar(tmp_path / "none.json")
