"""Old places of public names."""

from __future__ import annotations

from importlib import import_module

import pytest

import cleaner


@pytest.mark.parametrize(
    ("module", "name"), [("cleaner.rules.parse", "load_rules"), ("cleaner.rules.model", "RuleSet")]
)
def test_an_old_place_works_with_a_warning(module: str, name: str) -> None:
    with pytest.warns(DeprecationWarning, match=f"{module}.{name} is now .*; import it from cleaner"):
        found = getattr(import_module(module), name)
    assert found is getattr(cleaner, name)


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = import_module("cleaner.rules.model").nothing
