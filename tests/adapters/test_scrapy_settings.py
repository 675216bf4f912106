"""What the settings of a Scrapy project mean; Scrapy itself is not needed."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner import Cleaner, CleanerError, builtin_rules
from cleaner.adapters.base import Recipe
from cleaner.adapters.scrapy_settings import SETTINGS, CleanSettings
from tests.places import ROOT


class Given(dict[str, Any]):
    """Settings as Scrapy has them."""

    def getlist(self, name: str) -> list[Any]:
        value = self.get(name) or []
        return value.split(",") if isinstance(value, str) else list(value)


def test_without_settings_the_built_in_rules_clean_the_field_text() -> None:
    found = CleanSettings.of(Given())
    assert Recipe.of(found.cleaner) == Recipe.of(Cleaner())
    assert (found.keys.text, found.keys.title, found.keys.url) == ("text", "title", "url")
    assert (found.html, found.notes, found.drop_flags) == ("", "", frozenset())


def test_settings_of_a_file_and_of_the_command_line_mean_the_same() -> None:
    lists = Given(CLEANER_KEEP=["byline", "dateline"], CLEANER_PROFILE="thorough", CLEANER_THRESHOLD=0.9)
    strings = Given(CLEANER_KEEP="byline,dateline", CLEANER_PROFILE="thorough", CLEANER_THRESHOLD="0.9")
    one, two = CleanSettings.of(lists), CleanSettings.of(strings)
    assert Recipe.of(one.cleaner) == Recipe.of(two.cleaner) != Recipe.of(Cleaner())
    assert one.cleaner.rules == builtin_rules().select("thorough", keep=["byline", "dateline"])


def test_fields_and_flags() -> None:
    found = CleanSettings.of(
        Given(
            CLEANER_TEXT_FIELD="body",
            CLEANER_TITLE_FIELD="headline",
            CLEANER_HTML_FIELD="page",
            CLEANER_NOTES_FIELD="clean",
            CLEANER_DROP_FLAGS="paywall,error",
        )
    )
    assert (found.keys.text, found.keys.title, found.html, found.notes) == ("body", "headline", "page", "clean")
    assert found.drop_flags == {"paywall", "error"}


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"CLEANER_PROFIL": "facts"}, "there is no setting CLEANER_PROFIL; did you mean CLEANER_PROFILE?"),
        ({"CLEANER_XYZZY": 1}, "there are CLEANER_PROFILE, CLEANER_THRESHOLD"),
        ({"CLEANER_PROFILE": "fact"}, "profile cannot be 'fact'; did you mean 'facts'?"),
        ({"CLEANER_THRESHOLD": "high", "CLEANER_PROFILE": "thorough"}, "threshold: expected a number, got a string"),
        ({"CLEANER_RULES": ["none/"]}, "none: no such file or folder"),
        ({"CLEANER_TITLE_FIELD": 5}, "title=5 names no field that is read"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_told(settings: dict[str, Any], message: str) -> None:
    with pytest.raises(CleanerError) as told:
        CleanSettings.of(Given(settings))
    assert message in str(told.value)


def test_the_guide_explains_every_setting() -> None:
    page = (ROOT / "docs" / "frameworks.md").read_text("utf-8")
    assert len(SETTINGS) > 10
    assert [name for name in SETTINGS if f"`{name}`" not in page] == []
