"""The schemas of rule files: what they are made of, and that msgspec can hold them."""

from __future__ import annotations

import os
import subprocess
import sys

import msgspec
import pytest

from cleaner.rules.model import Rule
from cleaner.rules.schema import RULE_KEYS, Override, RuleSpec, is_language, is_rule_id, listed, texts


def test_every_key_of_an_override_is_a_key_of_a_rule() -> None:
    assert set(Override.__struct_encode_fields__) - set(RULE_KEYS) == {"except-lines"}


def test_a_key_means_the_same_in_a_rule_and_in_an_override() -> None:
    rule = {field.name: field.type for field in msgspec.structs.fields(RuleSpec)}
    for field in msgspec.structs.fields(Override):
        if field.name != "except_lines":
            assert field.type in (rule[field.name], rule[field.name] | msgspec.UnsetType), field.name


def test_every_field_of_a_rule_has_a_key() -> None:
    names = {"zones": "zone", "patterns": "pattern"}
    without_key = {
        name for name in Rule.__dataclass_fields__ if names.get(name, name) not in RuleSpec.__struct_fields__
    }
    assert without_key == {"path", "at_line"}


def test_what_a_file_leaves_out_has_the_values_of_a_rule() -> None:
    spec = msgspec.convert({"id": "own.a", "description": "A"}, RuleSpec)
    rule = Rule(id="own.a", description="A")
    for name in ("unit", "action", "confidence", "status", "max_words", "max_lines", "above", "once", "cut_from"):
        assert getattr(spec, name) == getattr(rule, name), name


@pytest.mark.parametrize(
    ("text", "expected"),
    [("own.a", True), ("own-rules.sign-off2", True), ("own", False), ("own.a.b", False), ("Own.a", False), ("", False)],
)
def test_ids_have_two_parts(text: str, expected: bool) -> None:
    assert is_rule_id(text) is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("en", True), ("mul", True), ("zh-Hant", True), ("english", False), ("EN", False), ("e", False), ("", False)],
)
def test_languages_are_codes(code: str, expected: bool) -> None:
    assert is_language(code) is expected


def test_one_text_several_or_either_by_language() -> None:
    assert texts([]) == {}
    assert texts("a") == texts(["a"]) == {"": ("a",)}
    assert texts({"en": "a", "de": ["b", "c"]}) == {"en": ("a",), "de": ("b", "c")}
    assert listed("a") == listed(["a"]) == ("a",)


def test_the_garbage_collector_survives_the_schema() -> None:
    """msgspec 0.22 crashes for some unions of constrained types, at the next collection after a conversion."""
    code = """if True:
        import gc, msgspec
        from cleaner.config.schema import ConfigSpec
        from cleaner.rules.schema import FileSpec
        for _ in range(20):
            for spec in (FileSpec, ConfigSpec):
                for data in ({}, {"rule": [{"id": 3}]}, {"overrides": {"a.b": {"lines": {"en": [""]}}}}):
                    try:
                        msgspec.convert(data, spec)
                    except msgspec.ValidationError:
                        pass
                gc.collect()
    """
    environment = {**os.environ, "PYTHONMALLOC": "debug"}
    assert subprocess.run([sys.executable, "-c", code], env=environment, check=False).returncode == 0
