"""The table ``[clean]``: its keys are the options of the command."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.cli.clean import command
from cleaner.cli.clean_options import RenamedOptions
from cleaner.cli.configured import option_key
from cleaner.cli.options import _options
from cleaner.cli.parameters import RuleOptions
from cleaner.config.clean_schema import CLEAN_KEYS, CleanSpec, given_options
from cleaner.config.schema import ConfigSpec
from cleaner.rules.schema_errors import violation_in


def test_every_option_of_clean_is_a_key() -> None:
    """The choice of rules has keys of its own; a new option of the command is a field of CleanSpec."""
    elsewhere = {
        option.spec.longest.lstrip("-") for group in (RuleOptions, RenamedOptions) for option in _options(group)
    }
    options = {option_key(parameter) for parameter in command.params if parameter.param_type_name == "option"}
    assert set(CLEAN_KEYS) == options - elsewhere - {"version"}


def test_nothing_is_given_by_default() -> None:
    assert given_options(CleanSpec()) == {}


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        ({"text-kye": "a"}, "unknown key 'text-kye'", "did you mean 'text-key'?"),
        ({"jobs": 0}, "clean.jobs cannot be less than 1", ""),
        ({"sidecar": "yes"}, "clean.sidecar", ""),
        ({"page-seconds": -1}, "clean.page-seconds: -1 is not a time in seconds, more than 0", ""),
    ],
)
def test_mistakes_are_named(table: dict[str, Any], message: str, hint: str) -> None:
    violation = violation_in({"clean": table}, ConfigSpec)
    assert violation is not None
    assert message in violation.message
    assert hint in (violation.hint or "")
