"""What a rule says about itself."""

from __future__ import annotations

from cleaner.rules.model import PROFILES, Examples, Rule


def test_the_class_is_the_first_part_of_the_id() -> None:
    assert Rule(id="own.by", description="A byline").scrap_class == "own"


def test_the_place_is_named_if_known() -> None:
    assert Rule(id="own.by", description="A", path="own.toml", at_line=3).place == "own.toml:3"
    assert Rule(id="own.by", description="A", path="own.toml").place == "own.toml"
    assert Rule(id="own.by", description="A").place == ""


def test_the_languages_are_those_of_wordings_patterns_and_examples() -> None:
    rule = Rule(
        id="own.by",
        description="A byline",
        lines={"en": ("a",), "": ("b",)},
        patterns={"de": ("c",), "mul": ("d",)},
        examples=Examples(removes={"fr": ("e",)}, keeps={"it": ("f",)}),
    )
    assert rule.used_languages == ("de", "en", "fr")


def test_a_rule_runs_in_every_profile_unless_its_file_names_some() -> None:
    assert Rule(id="own.by", description="A byline").profiles == PROFILES
