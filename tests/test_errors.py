"""Errors name the place and say what to do."""

from __future__ import annotations

import pytest

from cleaner.errors import CleanerError, DecodingError, ExtractionError, RuleError


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RuleError("is wrong"), "is wrong"),
        (RuleError("is wrong", path="a.toml"), "a.toml: is wrong"),
        (RuleError("is wrong", path="a.toml", line=3, column=7), "a.toml:3:7: is wrong"),
        (RuleError("is wrong", rule="own.by", hint="mend it"), "rule own.by: is wrong; mend it"),
        (RuleError("is wrong", line=3, column=7), "is wrong"),
    ],
)
def test_a_message_has_what_is_known(error: RuleError, message: str) -> None:
    assert str(error) == message


@pytest.mark.parametrize("kind", [DecodingError, ExtractionError, RuleError])
def test_every_error_is_one_of_ours(kind: type[CleanerError]) -> None:
    with pytest.raises(CleanerError, match="is wrong"):
        raise kind("is wrong")
