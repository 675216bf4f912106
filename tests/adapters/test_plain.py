"""A cleaner of plain settings is the one that the same arguments make, and each wrong setting is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError, builtin_rules, load_rules
from cleaner.adapters.base import Recipe
from cleaner.adapters.plain import field_names, plain_cleaner
from cleaner.scoring.scorer import Scorer
from tests.places import ROOT

OWN = ROOT / "examples" / "rules"


@pytest.mark.parametrize(
    ("settings", "made"),
    [
        ({}, lambda: Cleaner()),
        ({"profile": "facts"}, lambda: Cleaner(profile="facts")),
        ({"keep": ["byline"]}, lambda: Cleaner(builtin_rules().select(keep="byline"))),
        ({"keep": "byline"}, lambda: Cleaner(builtin_rules().select(keep="byline"))),
        ({"drop": ["correction-note"]}, lambda: Cleaner(builtin_rules().select(drop="correction-note"))),
        ({"rules": OWN}, lambda: Cleaner(builtin_rules() | load_rules(OWN))),
        ({"rules": [str(OWN)]}, lambda: Cleaner(builtin_rules() | load_rules(OWN))),
        (
            {"profile": "thorough", "threshold": 0.9},
            lambda: Cleaner(profile="thorough", scorer=Scorer(threshold=0.9, rules=builtin_rules())),
        ),
    ],
    ids=["none", "profile", "keep", "one-name", "drop", "path", "paths", "threshold"],
)
def test_the_cleaner_is_that_of_the_same_arguments(settings: dict[str, Any], made: Any) -> None:
    assert Recipe.of(plain_cleaner(**settings)) == Recipe.of(made())


def test_settings_change_those_of_a_configuration(tmp_path: Path) -> None:
    config = tmp_path / "cleaner.toml"
    config.write_text('profile = "strict"\nkeep = ["byline"]\n', encoding="utf-8")
    want = Cleaner(builtin_rules().select("strict", keep=["byline", "follow-us"]))
    assert Recipe.of(plain_cleaner(config=config, keep="follow-us")) == Recipe.of(want)
    assert plain_cleaner(config=str(config), profile="facts").rules.profile == "facts"


def test_no_configuration_is_looked_for(run_in: Path) -> None:
    (run_in / "cleaner.toml").write_text('profile = "strict"\n', encoding="utf-8")
    assert plain_cleaner().rules.profile == "default"


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"profile": "fact"}, "allowed are default, facts, strict, thorough, all"),
        ({"profile": 5}, "profile: expected a string, got an integer"),
        ({"keep": ["bylin"]}, "no class and no rule is named 'bylin'; did you mean 'byline'"),
        ({"keep": 5}, "keep: expected an array, got an integer"),
        ({"drop": [5]}, "drop: expected a string, got an integer"),
        ({"threshold": 0.5}, "threshold is for the profile thorough, not default; set profile to thorough"),
        ({"threshold": 3.0, "profile": "thorough"}, "threshold: 3.0 is not a probability above 0 and at most 1"),
        ({"rules": "none/"}, "none: no such file or folder; name a rule file or a folder of *.toml files"),
        ({"config": "none.toml"}, "none.toml: cannot be read: No such file or directory; name a cleaner.toml"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_told(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(CleanerError) as told:
        plain_cleaner(**settings)
    assert message in str(told.value)


def test_fields_are_named() -> None:
    names = field_names({"title": "headline"}, url="source")
    assert (names.text, names.title, names.url, names.site) == ("text", "headline", "source", "site")
    assert field_names({"url": "href"}, url="source").url == "href"
    for wrong in ({"headline": "title"}, {"title": 5}, {"text": "body"}):
        with pytest.raises(CleanerError, match="there are title, url, author, date, site"):
            field_names(wrong)  # type: ignore[arg-type]
