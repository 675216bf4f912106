"""Rule files for tests of the linter, and what it finds in them."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.lint.findings import Finding
from cleaner.authoring.lint.linter import lint
from cleaner.rules.ruleset import RuleSet

RULE = """
[[rule]]
id = "own.sign-off"
description = "The sign-off of the Hill News"
{keys}
[rule.examples]
removes = ["Sent from the newsroom"]
keeps = ["The council met on Tuesday."]
"""


SIGN_OFF = RULE.format(keys="zone = 'tail'\nlines = ['Sent from the newsroom']")

FILES = Path(__file__).parent / "lint_rules"
"""A file for each code; its first line names the places of the findings, as line:column:length."""


def linted(text: str, folder: Path, others: RuleSet | None = None) -> list[Finding]:
    """The findings in a text, written to a file of the folder."""
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return lint(path, others or RuleSet())


def codes(keys: str, folder: Path) -> list[str]:
    """The codes found in a rule with some keys."""
    return [found.code for found in linted(RULE.format(keys=keys), folder)]


def excerpt(text: str, found: Finding) -> str:
    """The piece of the text that a finding points at."""
    return text.split("\n")[found.line - 1][found.column - 1 :][: found.length]
