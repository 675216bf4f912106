"""Class and language of a wording are guessed from the wordings of the rules."""

from __future__ import annotations

import pytest

from cleaner.authoring.guessing import UNKNOWN_CLASS, Guess, Guesser
from cleaner.rules import RuleSet, builtin_rules

GUESSER = Guesser(builtin_rules())


@pytest.mark.parametrize(
    ("text", "scrap_class", "language"),
    [
        ("Seguiteci sui social del Corriere", "follow-us", "it"),
        ("Abonnieren Sie unseren Newsletter vom Hügel", "newsletter-cta", "de"),
        ("Комментарии читателей", "comments-invitation", "ru"),
        ("zzyzx qqq", UNKNOWN_CLASS, ""),
    ],
)
def test_class_and_language_are_guessed(text: str, scrap_class: str, language: str) -> None:
    guess = GUESSER.guess(text)
    assert (guess.scrap_class, guess.language) == (scrap_class, language)


def test_a_wording_of_a_rule_is_like_itself() -> None:
    guess = GUESSER.guess(next(iter(builtin_rules()["follow-us.networks"].lines["de"])))
    assert guess.rule.startswith(f"{guess.scrap_class}.")
    assert guess.likeness == pytest.approx(1)


def test_what_is_unlike_anything_has_no_rule() -> None:
    assert GUESSER.guess("zzyzx") == Guess(UNKNOWN_CLASS, "", "", 0.0)
    assert Guesser(RuleSet()).guess("Follow us") == Guess(UNKNOWN_CLASS, "", "", 0.0)
    assert GUESSER.guess("12:30") == Guess(UNKNOWN_CLASS, "", "", 0.0)
