"""``rules new``: the file that a draft is added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.draft_file import SCHEMA_NAME, add_draft
from cleaner.errors import RuleError
from cleaner.rules import builtin_rules
from cleaner.rules.loader import load_rules
from tests.cli.own_rules import OWN

DRAFT = OWN.removeprefix("schema = 1\n\n")


def test_a_draft_makes_a_file_with_a_schema_beside_it(run_in: Path) -> None:
    path = Path("rules/own.toml")
    add_draft(path, DRAFT, builtin_rules())
    assert path.read_text("utf-8").startswith(f"#:schema ./{SCHEMA_NAME}\nschema = 1\n\n[[rule]]\n")
    schema = path.with_name(SCHEMA_NAME)
    schema.write_text("mine", "utf-8")
    add_draft(path, DRAFT.replace("own.bye", "own.other").replace("Bye", "Farewell"), builtin_rules())
    assert [rule.id for rule in load_rules(path)] == ["own.bye", "own.other"]
    assert schema.read_text("utf-8") == "mine"


def test_nothing_is_written_that_does_not_load(run_in: Path) -> None:
    path = Path("own.toml")
    add_draft(path, DRAFT, builtin_rules())
    before = path.read_bytes()
    with pytest.raises(RuleError, match=r"own\.toml"):
        add_draft(path, DRAFT, builtin_rules())
    assert path.read_bytes() == before
