"""The linter as a whole: a file for each code, the order of findings, and the built-in rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.lint.findings import WARNINGS, Finding
from cleaner.authoring.lint.linter import lint
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.ruleset import RuleSet
from tests.authoring.lint.own_rules import FILES, RULE, SIGN_OFF, codes

EVERY_FILE = sorted(FILES.glob("*.toml"))


def places(findings: list[Finding]) -> list[str]:
    return [f"{found.line}:{found.column}:{found.length}" for found in findings]


@pytest.mark.parametrize("path", EVERY_FILE, ids=lambda path: path.stem)
def test_a_file_gives_its_code_and_place(path: Path) -> None:
    """The first line of each file names the places, as line:column:length."""
    expected = path.read_text(encoding="utf-8").split("\n")[0].removeprefix("# at:").split()
    found = lint(path, RuleSet())
    assert places(found) == expected
    assert {finding.code for finding in found} == ({path.stem} if expected else set())
    assert all(finding.severity == ("warning" if finding.code in WARNINGS else "error") for finding in found)


@pytest.mark.parametrize(
    "keys",
    [
        "lines = ['Sent from the newsroom', 'Sent to the newsroom']",
        "pattern = 'sent from .+'\nunless.line = '^ads|label$'",
        "unit = 'span'\npattern = 'sent from the newsroom$'",
        "lines = ['Sent from the newsroom']\nmax-words = 2",
        "pattern = 'sent from .+'\nkeywords = ['newsroom', 'desk']",
        "lines.en = ['Sent from the newsroom']\nlanguages = ['en', 'de']",
        "lines.en = ['Sent from the newsroom']\nlines.de = ['Sent from the newsroom']",
        "action = 'cut'\nzone = 'tail'\nlines = ['Sent from the newsroom']",
    ],
)
def test_nothing_is_found_in(keys: str, tmp_path: Path) -> None:
    assert codes(keys, tmp_path) == []


def test_findings_are_in_order_of_files_and_lines(tmp_path: Path) -> None:
    slow = RULE.format(keys=r"pattern = 'sent (?:\w+ ?)+'").replace("sign-off", "slow")
    (tmp_path / "b.toml").write_text(slow, encoding="utf-8")
    (tmp_path / "a.toml").write_text(f"{SIGN_OFF}# a\N{ZERO WIDTH SPACE}b\nlinse = 1\n", encoding="utf-8")
    found = [(one.path.name, one.code) for one in lint(tmp_path, RuleSet())]
    assert found == [("a.toml", "invisible-character"), ("a.toml", "invalid"), ("b.toml", "nested-repetition")]


def test_what_follows_from_another_finding_is_left_out(tmp_path: Path) -> None:
    """An example of a rule that cannot act fails anyway."""
    assert codes("profiles = []\nlines = ['Sent from the desk']", tmp_path) == ["unreachable"]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (found,) = lint(tmp_path / "nowhere", RuleSet())
    assert (found.code, found.line) == ("invalid", 0)


@pytest.mark.slow
def test_nothing_is_wrong_with_the_built_in_rules() -> None:
    assert [f"{one.path}:{one.line}: {one.code}: {one.message}" for one in lint(builtin_rules_dir(), RuleSet())] == []


@pytest.mark.parametrize(
    ("options", "column", "message", "hint"),
    [
        ("{ wrods = 3 }", 13, "there is no option 'wrods'", "did you mean 'words'?"),
        ('{ words = "six" }', 22, "words", "a whole number"),
    ],
)
def test_wrong_options_of_a_matcher_are_shown_at_their_place(
    tmp_path: Path, options: str, column: int, message: str, hint: str
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        f"""[[rule]]
id = "own.below"
description = "Below the title"
matcher = "below-title"
options = {options}
[[rule.examples.cases]]
input = "A"
want = "A"
""",
        "utf-8",
    )
    (found,) = lint(path, RuleSet())
    assert (found.code, found.line, found.column, found.rule) == ("invalid", 5, column, "own.below")
    assert message in found.message
    assert hint in found.message + found.hint
