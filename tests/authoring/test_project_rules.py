"""The rules of a project and of some paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.project_rules import ProjectRules
from cleaner.errors import RuleError
from tests.pytest_projects import BODY, RULE, add_rules

TEXT = f"{BODY}\nThat was the Harbour News\n"


def test_rules_of_paths_are_added_to_the_built_in_ones(tmp_path: Path) -> None:
    add_rules(tmp_path / "rules" / "own.toml")
    project = ProjectRules(tmp_path, [tmp_path / "rules", tmp_path / "rules" / "own.toml"])
    assert {"own.sign-off", "follow-us.networks"} <= {rule.id for rule in project.rules}
    assert project.cleaner("default").clean(TEXT).text == BODY
    assert project.cleaner("default") is project.cleaner("default")
    assert ProjectRules(tmp_path, []).cleaner("default").clean(TEXT).text == TEXT


def test_rules_that_the_project_names_already_count_once(tmp_path: Path) -> None:
    add_rules(tmp_path / "rules" / "own.toml")
    (tmp_path / "cleaner.toml").write_text('extend-rules = ["rules"]\nprofile = "strict"\n', "utf-8")
    for paths in ([], [tmp_path / "rules"], [tmp_path / "rules" / "own.toml"]):
        assert ProjectRules(tmp_path, paths).cleaner("").clean(TEXT).text == BODY


def test_the_rules_of_one_file_know_their_lines(tmp_path: Path) -> None:
    path = add_rules(tmp_path / "rules" / "own.toml")
    add_rules(tmp_path / "rules" / "b.toml", RULE.replace("sign-off", "again"))
    rules, errors = ProjectRules(tmp_path, [tmp_path / "rules"]).at(path)
    assert ([(rule.id, rule.at_line) for rule in rules], errors) == ([("own.sign-off", 2)], [])


def test_what_is_wrong_with_a_file_is_told_for_that_file(tmp_path: Path) -> None:
    good = add_rules(tmp_path / "rules" / "own.toml")
    bad = add_rules(tmp_path / "rules" / "bad.toml", RULE.replace("zone =", "zonne =").replace("sign-off", "bad"))
    project = ProjectRules(tmp_path, [tmp_path / "rules"])
    assert project.at(good)[1] == []
    assert [error.message for error in project.at(bad)[1]] == ["unknown key 'zonne'"]
    with pytest.raises(RuleError, match="zonne"):
        _ = project.rules
    with pytest.raises(RuleError, match="zonne"):
        project.cleaner("default")
