"""``clean config``: values and their origins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main


def test_values_are_shown_with_their_origins(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cleaner.toml").write_text('profile = "facts"\nkeep = ["byline"]\n', "utf-8")
    assert main(["config", "show", "--ignore", "follow-us"]) == 0
    page = capsys.readouterr().out
    assert "cleaner.toml:1" in page
    assert "command line" in page
    assert "rules run; their digest is" in page


def test_values_are_shown_as_json(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "show", "--json", "--profile", "strict"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["file"] == ""
    assert found["settings"]["profile"] == {"value": "strict", "origin": "command line"}
    assert 0 < found["selected"] <= found["rules"]


def test_the_schema_is_printed_or_written(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config", "schema"]) == 0
    printed = capsys.readouterr().out
    assert "profile" in json.loads(printed)["properties"]
    assert main(["config", "schema", "-o", "cleaner.schema.json"]) == 0
    assert Path("cleaner.schema.json").read_text("utf-8") == printed
