"""The command that prints a JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from cleaner.cli.schema import SchemaOptions, print_schema


@pytest.mark.parametrize("name", ["config", "rules"])
def test_a_schema_is_printed_or_written_to_a_file(
    name: Literal["config", "rules"], run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_schema(name, SchemaOptions()) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["properties"]
    assert print_schema(name, SchemaOptions(output=Path("schema.json"))) == 0
    assert Path("schema.json").read_text("utf-8") == printed
