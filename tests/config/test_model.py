"""Configurations in code: options of a command, the selection they give, and where each value comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.config.model import COMMAND_LINE, Config
from cleaner.config.schema import KEYS, ConfigSpec
from cleaner.errors import RuleError
from cleaner.rules import builtin_rules
from cleaner.rules.schema import Override
from cleaner.rules.selection import Selection
from tests.scoring.making import write_model

FILE = Config(
    Path("cleaner.toml"),
    ConfigSpec(profile="facts", select=["byline"], ignore=["share-bar"]),
    origins={"profile": "cleaner.toml:1", "select": "cleaner.toml:2", "ignore": "cleaner.toml:3"},
    isolated=True,
)


def test_the_default_configuration_runs_the_default_profile_of_the_built_in_rules() -> None:
    config = Config(isolated=True)
    assert config.selection == Selection()
    assert config.rules() == builtin_rules()
    assert config.selected() == builtin_rules().select()


def test_some_options_take_the_place_of_the_files_values_and_others_add() -> None:
    config = FILE.with_options(profile="strict", select=("kicker",), ignore=("byline",), keep=("menus",), preview=True)
    assert config.selection == Selection(
        "strict", select=("kicker",), ignore=("share-bar", "byline"), keep=("menus",), preview=True
    )
    assert config.origins == {
        "profile": COMMAND_LINE,
        "select": COMMAND_LINE,
        "ignore": f"cleaner.toml:3, {COMMAND_LINE}",
        "keep": COMMAND_LINE,
        "preview": COMMAND_LINE,
    }


def test_empty_options_change_nothing() -> None:
    options = FILE.with_options(profile=None, select=(), ignore=(), keep=(), drop=(), languages=(), preview=False)
    assert options == FILE
    assert FILE.spec.ignore == ["share-bar"]


def test_rule_files_of_options_come_after_those_of_the_file() -> None:
    config = Config(paths=((Path("a"), "cleaner.toml:1"),)).with_options(rule_paths=[Path("b")], origin="pytest")
    assert config.paths == ((Path("a"), "cleaner.toml:1"), (Path("b"), "pytest"))


def test_every_key_is_shown_with_its_origin() -> None:
    settings = {setting.key: setting for setting in FILE.settings()}
    assert set(settings) == set(KEYS) - {"clean"}
    assert settings["profile"].origin == "cleaner.toml:1"
    assert settings["drop"].origin == "default"


def test_single_overrides_and_sites_are_shown_with_their_origins() -> None:
    config = Config(
        spec=ConfigSpec(overrides={"byline.label": Override(max_words=3)}, per_site_ignores={"a.example": ["byline"]}),
        origins={"overrides.byline.label": "cleaner.toml:1", "per-site-ignores.a.example": "cleaner.toml:4"},
        isolated=True,
    )
    settings = {setting.key: (setting.value, setting.origin) for setting in config.settings()}
    value, origin = settings["overrides.byline.label"]
    assert (value["max-words"], origin) == (3, "cleaner.toml:1")
    assert settings["per-site-ignores.a.example"] == (["byline"], "cleaner.toml:4")


def test_an_error_about_a_value_of_the_file_names_its_line() -> None:
    config = Config(Path("cleaner.toml"), ConfigSpec(keep=["bylin"]), origins={"keep": "cleaner.toml:3"}, isolated=True)
    with pytest.raises(RuleError, match=r"^cleaner\.toml:3: keep: no class and no rule is named 'bylin'; did you mean"):
        config.selected()
    with pytest.raises(RuleError, match=r"^no class and no rule is named 'bylin'"):
        Config(isolated=True).with_options(keep=["bylin"]).selected()


def test_only_the_thorough_profile_has_a_scorer(tmp_path: Path) -> None:
    model = write_model(tmp_path / "m.json")
    config = Config(isolated=True).with_options(profile="thorough", threshold=0.7, model=str(model))
    scorer = config.scorer()
    assert scorer is not None
    assert (scorer.threshold, scorer.model.version) == (0.7, "test")
    assert config.selected() == builtin_rules().select()
    assert Config(isolated=True).scorer() is None


def test_a_model_in_a_file_lies_beside_the_file(tmp_path: Path) -> None:
    write_model(tmp_path / "m.json")
    config = Config(tmp_path / "cleaner.toml", ConfigSpec(profile="thorough", model="m.json"), isolated=True)
    scorer = config.scorer()
    assert scorer is not None
    assert scorer.threshold == 0.8


def test_a_threshold_of_the_file_waits_for_its_profile_and_one_of_the_command_line_does_not() -> None:
    assert Config(spec=ConfigSpec(threshold=0.5), origins={"threshold": "cleaner.toml:1"}).scorer() is None
    with pytest.raises(RuleError, match="--threshold is for the profile thorough"):
        Config(isolated=True).with_options(threshold=0.5).scorer()
