"""The keys of ``cleaner.toml``."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cleaner.config.schema import KEYS, ConfigSpec
from cleaner.rules.schema_errors import violation_in
from cleaner.rules.selection import Selection, SelectionOptions


def test_every_option_of_a_selection_is_a_key() -> None:
    options = {"profile", *SelectionOptions.__annotations__}
    assert options == set(Selection.__dataclass_fields__)
    assert set(KEYS) - options == {
        "threshold",
        "model",
        "extend-rules",
        "packs",
        "plugins",
        "overrides",
        "per-site-ignores",
        "clean",
    }


def test_an_empty_file_has_the_values_of_an_empty_selection() -> None:
    spec, selection = ConfigSpec(), Selection()
    for name in Selection.__dataclass_fields__:
        value = getattr(spec, name)
        assert (tuple(value) if isinstance(value, list) else value) == getattr(selection, name)


@pytest.mark.parametrize(
    ("data", "hint"),
    [
        ({"overrides": {"byline": {"label": {}}}}, 'quote the id: [overrides."class.name"]'),
        ({"per-site-ignores": {"a": {"example": ["x"]}}}, 'quote the host: "riverpost.example" = ["byline"]'),
        ({"overrides": {"byline.label": {"zonne": "head"}}}, "did you mean 'zone'?"),
        ({"extend": []}, "did you mean 'extend-rules'?"),
    ],
)
def test_a_mistake_has_a_hint(data: dict[str, Any], hint: str) -> None:
    violation = violation_in(data, ConfigSpec)
    assert violation is not None
    assert violation.hint == hint


def test_a_full_file_fits() -> None:
    data: dict[str, Any] = {
        "profile": "all",
        "extend-rules": ["rules"],
        "select": ["byline.*", "lang:de"],
        "languages": ["pt-BR"],
        "preview": True,
        "overrides": {"byline.label": {"max-words": 3}},
        "per-site-ignores": {"localhost": ["byline"], "a.example": []},
    }
    spec = msgspec.convert(data, ConfigSpec)
    assert spec.select == data["select"]
    assert spec.overrides["byline.label"].max_words == 3
