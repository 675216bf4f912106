"""Rule files beside the rules that a project has already."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cleaner.authoring.rule_files import rules_beside, rules_of_files, with_file, without_file
from cleaner.config.settings import Config
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.builtin import builtin_rules_dir
from tests.cli.own_rules import OWN


@pytest.fixture
def own(run_in: Path) -> Path:
    """Two files of rules in a folder."""
    folder = run_in / "rules"
    folder.mkdir()
    (folder / "other.toml").write_text(OWN.replace("own.bye", "own.other").replace("Bye", "Farewell"), "utf-8")
    path = folder / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_a_file_is_held_against_the_builtin_rules_and_the_other_files(own: Path) -> None:
    other = own.with_name("other.toml")
    found = rules_beside(own, (own, other))
    assert "own.other" in found
    assert "own.bye" not in found
    assert len(found) == len(builtin_rules()) + 1


def test_files_that_do_not_load_are_passed_over(own: Path) -> None:
    other = own.with_name("other.toml")
    other.write_text("[[rule]\n", "utf-8")
    assert len(rules_beside(own, (own, other, own.with_name("none.toml")))) == len(builtin_rules())


def test_builtin_rules_are_held_against_the_builtin_rules_of_other_files() -> None:
    folder = builtin_rules_dir()
    assert len(rules_beside(folder, (folder,))) == 0
    path = folder / "follow-us.toml"
    rest = rules_beside(path, (path,))
    assert "follow-us.networks" not in rest
    assert 0 < len(rest) < len(builtin_rules())


def test_without_paths_all_rules_are_meant(own: Path) -> None:
    rules = builtin_rules()
    assert rules_of_files([], rules) is rules
    assert [rule.id for rule in rules_of_files([own], rules)] == ["own.bye"]


def test_rules_that_are_loaded_already_keep_their_overrides(own: Path) -> None:
    loaded = with_file(RuleSet(), own)
    changed = loaded.with_rules(replace(rule, description="Changed") for rule in loaded)
    (found,) = rules_of_files([own], changed)
    assert found.description == "Changed"


def test_a_file_is_taken_out_of_the_configuration_wherever_it_is_named(own: Path) -> None:
    config = Config(isolated=True)
    for path in (own, own.parent):
        left = without_file(config.with_options(rule_paths=[path]), own)
        assert own not in [path for path, _ in left.paths]
        assert own.parent not in [path for path, _ in left.paths]
    left = without_file(config.with_options(rule_paths=[own.parent]), own)
    assert [path for path, _ in left.paths] == [own.with_name("other.toml")]
