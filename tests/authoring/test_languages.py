"""Codes of languages."""

from __future__ import annotations

import pytest

from cleaner import RuleError, builtin_rules
from cleaner.authoring.languages import check_language


def test_every_language_of_the_built_in_rules_is_one() -> None:
    for language in {language for rule in builtin_rules() for language in rule.used_languages}:
        check_language(language)


@pytest.mark.parametrize("code", ["en", "pt-BR", "sw", "mul", "fil"])
def test_a_code_is_accepted(code: str) -> None:
    check_language(code)


@pytest.mark.parametrize(
    ("code", "hint"),
    [("xx", "use a code of ISO 639"), ("english", "write en"), ("Deutsch", "write de"), ("qq-QQ", "use a code")],
)
def test_what_is_none_is_refused(code: str, hint: str) -> None:
    with pytest.raises(RuleError, match=f"there is no language '{code}'; {hint}"):
        check_language(code)
