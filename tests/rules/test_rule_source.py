"""Places of the keys of rules that are loaded already."""

from __future__ import annotations

from pathlib import Path

from cleaner import Rule, load_rules
from cleaner.rules.rule_source import place_in_rule

TEXT = """
[[rule]]
id = "own.first"
description = "X"
lines = ["Share"]
examples = { removes = ["Share"], keeps = ["Share it."] }

[[rule]]
id = "own.second"
description = "X"
matcher = "below-title"
options = { words = 3 }
examples = { removes = ["Share"], keeps = ["Share it."] }
"""


def test_a_key_is_found_in_the_right_rule_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(TEXT, "utf-8")
    first, second = load_rules(path)
    assert place_in_rule(first, "description") == (4, 1)
    assert place_in_rule(second, "description") == (10, 1)
    assert place_in_rule(second, "options", "words") == (12, 13)
    assert place_in_rule(second, "unless", "next") == (8, 1)


def test_without_a_file_the_place_is_that_of_the_rule(tmp_path: Path) -> None:
    assert place_in_rule(Rule(id="own.x", description="X")) == (0, 1)
    gone = Rule(id="own.x", description="X", path=str(tmp_path / "gone.toml"), at_line=7)
    assert place_in_rule(gone, "matcher") == (7, 1)
