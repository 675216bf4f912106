"""Rules may write long patterns in verbose form; what they do and where they are wrong stays clear."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.linter import lint
from cleaner.errors import RuleError
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.loader import load_rules, parse_rules

RULE = """\
[terms]
paper = "(?x) the \\\\  (?: Hill | River ) [ ] News"

[[rule]]
id = "own.bye"
description = "Sign-off"
zone = "tail"
unless.line = '''(?x)
  \\b said \\b  # reported speech
'''
pattern = '''(?x)
  bye \\ from \\ {paper}  # who says it
  (?: \\ on \\ [#] \\d+ )?
'''
[rule.examples]
removes = ["Bye from the Hill News on #5"]
keeps = ["Bye from the Hill News, he said."]
"""


def test_blanks_and_comments_of_a_pattern_have_no_meaning() -> None:
    rule = parse_rules(RULE, terms={})["own.bye"]
    assert rule.patterns[""] == (r"bye from {paper}(?: on [#]\d+)?",)
    assert rule.unless.line == (r"\bsaid\b",)


def test_a_verbose_rule_cleans() -> None:
    body = "The town council met on Tuesday evening and voted to repair the old bridge over the river.\n"
    cleaner = Cleaner(parse_rules(RULE, terms={}))
    assert cleaner.clean(body + "\nBye from the River News on #12\n").text == body


def test_a_mistake_in_a_verbose_pattern_is_shown_where_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RULE.replace("(?: \\ on \\ [#] \\d+ )?", "(?: \\w+ \\ ? )+ end"), "utf-8")
    (finding,) = (one for one in lint(path, RuleSet()) if one.code == "nested-repetition")
    assert (finding.line, finding.column) == (13, 3)
    assert path.read_text("utf-8").split("\n")[12][2 : 2 + finding.length] == r"(?: \w+ \ ? )+"


def test_a_verbose_pattern_that_is_no_regex_is_an_error_of_its_rule(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(RULE.replace("\\d+ )?", "\\d+"), "utf-8")
    with pytest.raises(RuleError, match="pattern is not a valid regex") as caught:
        load_rules(path)
    assert caught.value.rule == "own.bye"
