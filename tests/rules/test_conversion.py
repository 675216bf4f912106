"""Tables of files as fields of rules."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cleaner.model import Zone
from cleaner.rules.conversion import rule_fields
from cleaner.rules.model import ExampleCase, Examples, Rule, Unless
from cleaner.rules.schema import Override, RuleSpec


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        ("zone", "head", "zones", (Zone.HEAD,)),
        ("zone", ["head", "deck"], "zones", (Zone.HEAD, Zone.DECK)),
        ("lines", "Share", "lines", {"": ("Share",)}),
        ("prefixes", ["By", "From"], "prefixes", {"": ("By", "From")}),
        ("pattern", {"en": "by .+", "de": ["von .+"]}, "patterns", {"en": ("by .+",), "de": ("von .+",)}),
        ("keywords", ["by"], "keywords", ("by",)),
        ("profiles", ["facts"], "profiles", ("facts",)),
        ("options", {"words": 3, "names": ["a", "b"]}, "options", {"words": 3, "names": ("a", "b")}),
        ("unless", {"line": "a", "next": ["b", "c"]}, "unless", Unless(("a",), (), ("b", "c"))),
        ("max-words", 4, "max_words", 4),
        ("examples", {"removes": "a", "keeps": {"en": "b"}}, "examples", Examples({"": ("a",)}, {"en": ("b",)})),
        (
            "examples",
            {"cases": [{"input": "a", "want": "b", "repeated": ["c"]}]},
            "examples",
            Examples(cases=(ExampleCase("a", "b", repeated=("c",)),)),
        ),
    ],
)
def test_a_key_as_a_field(key: str, value: Any, field: str, expected: Any) -> None:
    spec = msgspec.convert({"id": "own.a", "description": "A", key: value}, RuleSpec)
    assert rule_fields(spec)[field] == expected


def test_the_fields_make_a_rule_and_nothing_in_it_can_be_changed() -> None:
    spec = msgspec.convert({"id": "own.a", "description": "A", "sites": ["a.example"]}, RuleSpec)
    rule = Rule(**rule_fields(spec))
    assert rule == Rule(id="own.a", description="A", sites=("a.example",))
    assert [name for name in Rule.__dataclass_fields__ if isinstance(getattr(rule, name), list)] == []


def test_a_key_that_an_override_leaves_out_is_left_out() -> None:
    fields = rule_fields(Override(max_words=0, except_lines=["x"]))
    assert fields["max_words"] == 0
    assert "zones" not in fields
    assert "except_lines" not in fields
