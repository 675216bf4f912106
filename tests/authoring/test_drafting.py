"""Drafts of rules for pasted scraps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import cleaner.authoring
from cleaner import Cleaner
from cleaner.authoring.draft_toml import draft_toml
from cleaner.authoring.drafting import draft_scrap, kept_sentence, likelier_language, rules_removing, slug
from cleaner.authoring.lint.linter import lint
from cleaner.errors import RuleError
from cleaner.rules import builtin_rules
from cleaner.rules.loader import parse_rules
from cleaner.rules.schema import is_language

SENTENCES = tomllib.loads((Path(cleaner.authoring.__path__[0]) / "kept_sentences.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    "scrap",
    [
        "Farewell from the Hill News",
        "Tschüss vom Hügelboten, bis morgen",
        "12,5 mil pessoas já viram isto",
        "今日の編集部から",
        "Two lines\nof farewell",
    ],
)
def test_a_draft_passes_the_checks(tmp_path: Path, scrap: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text("schema = 1\n\n" + draft_toml(draft_scrap(scrap, builtin_rules())), "utf-8")
    assert [str(finding) for finding in lint(path, builtin_rules()) if finding.severity == "error"] == []
    assert len(parse_rules(path.read_text("utf-8"))) == 1


def test_lines_are_wordings_and_those_with_numbers_patterns() -> None:
    draft = draft_scrap("Two  lines\n\n12 of 300 seen\n7 of 8 seen", builtin_rules(), "own.two", "en")
    assert draft.lines == {"en": ["Two lines"]}
    assert len(draft.pattern["en"]) == 1
    assert draft.removes == {"en": ["Two lines", "12 of 300 seen", "7 of 8 seen"]}


@pytest.mark.parametrize(
    ("text", "rule_id", "language", "message"),
    [
        (" \n* * *\n", None, None, "the scrap is blank"),
        ("Auf bald", "bad id", None, "is not of the form class.name"),
        ("Auf bald", "follow-us.networks", None, "is taken; choose another one with --id"),
        ("Auf bald", None, "x y", "there is no language 'x y'; use a code of ISO 639 such as en"),
    ],
)
def test_what_cannot_be_drafted_says_why(text: str, rule_id: str | None, language: str | None, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        draft_scrap(text, builtin_rules(), rule_id, language)


def test_rules_that_remove_a_scrap_already_are_named(cleaner: Cleaner) -> None:
    assert rules_removing("  Follow us on:\n", cleaner) == ["follow-us.networks"]
    assert rules_removing("Farewell from the Hill News", cleaner) == []
    assert rules_removing(" \n", cleaner) == []


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert slug("Bye!", ["own.bye", "own.bye-2"], "own.") == "bye-3"
    assert slug("Ça va très bien, merci à tous nos lecteurs") == "ca-va-tres-bien-merci"


@pytest.mark.parametrize("language", SENTENCES)
def test_every_sentence_holds_the_wording_and_is_kept(language: str, cleaner: Cleaner) -> None:
    assert is_language(language)
    sentence = kept_sentence(" Share ", language)
    assert "Share" in sentence
    assert cleaner.clean(f"{sentence}\n").edits == ()


def test_a_language_without_a_sentence_has_a_place_to_fill_in(tmp_path: Path) -> None:
    """No English sentence stands under another language, and a check tells that there is something to do."""
    assert kept_sentence("Share", "sw") == ""
    draft = draft_scrap("Tufuate kwenye Instagram", builtin_rules(), language="sw")
    assert draft.keeps == {"sw": ["… Tufuate kwenye Instagram …"]}
    assert any("write a sentence of sw around the wording" in note for note in draft.notes)
    path = tmp_path / "own.toml"
    path.write_text("schema = 1\n\n" + draft_toml(draft), "utf-8")
    assert [finding.severity for finding in lint(path, builtin_rules())] != []


def test_a_region_has_the_sentence_of_its_language() -> None:
    assert kept_sentence("Share", "pt-BR") == kept_sentence("Share", "pt") != ""


@pytest.mark.parametrize(
    ("text", "language", "likelier"),
    [
        ("Follow us on Facebook", "sw", "en"),
        ("Follow us on Facebook", "en", ""),
        ("Folgen Sie uns auf Facebook", "de-AT", ""),
        ("Folgen Sie uns auf Facebook", "fr", "de"),
        ("Tufuate kwenye Instagram", "sw", ""),
        ("qwzzk xyzzy", "en", ""),
    ],
)
def test_a_wording_that_reads_like_another_language_is_noticed(text: str, language: str, likelier: str) -> None:
    assert likelier_language(text, language, builtin_rules()) == likelier
