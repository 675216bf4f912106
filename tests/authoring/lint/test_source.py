"""Where rules and their parts stand in their files."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.lint.linter import lint
from cleaner.authoring.lint.source import RuleSource, SourceFiles, rule_files
from cleaner.rules.loader import load_rules
from cleaner.rules.ruleset import RuleSet
from tests.authoring.lint.own_rules import FILES, SIGN_OFF


def sources(text: str, folder: Path) -> list[RuleSource]:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return [RuleSource(rule, text) for rule in load_rules(path)]


def test_each_rule_of_a_file_finds_its_own_keys(tmp_path: Path) -> None:
    text = SIGN_OFF + SIGN_OFF.replace("own.sign-off", "own.again")
    first, second = sources(text, tmp_path)
    lines = text.split("\n")
    assert first.place_of_key("zone").line == lines.index("zone = 'tail'") + 1
    assert second.place_of_key("zone").line == len(lines) - lines[::-1].index("zone = 'tail'")
    assert second.place_of_value(("id",), "own.again").line == lines.index('id = "own.again"') + 1


def test_a_key_that_is_not_there_is_answered_with_the_rule(tmp_path: Path) -> None:
    (source,) = sources(SIGN_OFF, tmp_path)
    assert source.place_of_key("languages").line == 2


def test_the_second_of_two_equal_values_has_its_own_place(tmp_path: Path) -> None:
    (source,) = sources(SIGN_OFF.replace("['Sent", "['Sent from the newsroom', 'Sent"), tmp_path)
    columns = [source.place_of_value(("lines",), "Sent from the newsroom", nth=n).column for n in (0, 1)]
    assert columns == [11, 37]


def test_a_finding_names_rule_and_file(tmp_path: Path) -> None:
    (source,) = sources(SIGN_OFF, tmp_path)
    found = source.finding("shadowed", "it never acts", source.place_of_key("zone"), "take it out")
    assert (found.rule, found.path, found.column, found.length) == ("own.sign-off", tmp_path / "own.toml", 1, 4)


def test_rule_files_are_sorted_and_a_file_stands_for_itself(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "folder.toml").mkdir()
    assert [path.name for path in rule_files(tmp_path)] == ["a.toml", "b.toml"]
    assert rule_files(tmp_path / "notes.txt") == [tmp_path / "notes.txt"]


def test_the_text_of_a_file_that_cannot_be_read_is_empty(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff")
    assert SourceFiles().text(tmp_path / "own.toml") == SourceFiles().text("nowhere.toml") == ""


def test_a_comment_in_a_rule_allows_a_finding(tmp_path: Path) -> None:
    bad = (FILES / "nested-repetition.toml").read_text(encoding="utf-8")
    allowed = tmp_path / "own.toml"
    allowed.write_text(bad.replace("[[rule]]\n", "[[rule]]\n# lint: allow nested-repetition: it is short\n"), "utf-8")
    assert lint(allowed, RuleSet()) == []
    other = bad.replace("[[rule]]\n", "[[rule]]\n# lint: allow no-keyword\n")
    allowed.write_text(other, "utf-8")
    assert {one.code for one in lint(allowed, RuleSet())} == {"nested-repetition"}


def test_a_comment_allows_nothing_in_the_next_rule(tmp_path: Path) -> None:
    bad = (FILES / "nested-repetition.toml").read_text(encoding="utf-8")
    both = tmp_path / "own.toml"
    first = SIGN_OFF.replace("sign-off", "first").replace("newsroom", "desk")
    both.write_text(f"{first}# lint: allow nested-repetition\n{bad}", "utf-8")
    assert {one.code for one in lint(both, RuleSet())} == {"nested-repetition"}
