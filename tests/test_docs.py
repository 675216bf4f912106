"""The generated pages are current, and the page on the format names every key."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from cleaner.rules import builtin_rules
from cleaner.rules.parse import RULE_KEYS

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_page_of_rules_is_current() -> None:
    spec = importlib.util.spec_from_file_location("generate_rules", DOCS / "generate_rules.py")
    assert spec is not None
    assert spec.loader is not None
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    written = (DOCS / "rules.md").read_text(encoding="utf-8")
    assert written == generate.page(builtin_rules()), "run python docs/generate_rules.py"


def test_every_key_of_a_rule_is_documented() -> None:
    page = (DOCS / "rule-format.md").read_text(encoding="utf-8")
    assert [key for key in RULE_KEYS if key not in page] == []
