"""What is wrong with the data of a file, in plain English: one line of the table for each kind of mistake."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from cleaner.rules.schema import FileSpec, Override, RuleSpec
from cleaner.rules.schema_errors import violation_in, violations_in
from cleaner.rules.violations import Violation

ZONES = "allowed are head, deck, body, tail, any"
CODES = "use codes such as en, de, pt-BR"
TEXTS = "expected a string, an array or a table"


@pytest.mark.parametrize(
    ("keys", "message", "where", "hint"),
    [
        ({"zonne": "head"}, "unknown key 'zonne'", ("zonne",), "did you mean 'zone'?"),
        ({"unless": {"x": "a"}}, "unknown key 'x'", ("unless", "x"), "allowed are line, previous, next"),
        ({"examples": {"cases": [{"input": "a"}]}}, "the key 'want' is missing", ("examples", "cases", 0), ""),
        ({"id": "Ads"}, "id: 'Ads' is not of the form class.name", ("id",), "write two parts of a-z, 0-9 and hyphens"),
        ({"id": 3}, "id: expected a string, got an integer", ("id",), ""),
        ({"description": " "}, "description: the text is empty", ("description",), ""),
        ({"unit": "paragraph"}, "unit cannot be 'paragraph'", ("unit",), "allowed are span, line, block, section"),
        ({"zone": "tale"}, "zone cannot be 'tale'", ("zone",), f"did you mean 'tail'? {ZONES}"),
        ({"zone": ["head", "x"]}, "zone cannot contain 'x'", ("zone", 1), ZONES),
        ({"zone": []}, "zone is empty", ("zone",), "name at least one value"),
        ({"zone": 3}, "zone: expected a string or an array, got an integer", ("zone",), ""),
        ({"profiles": ["fact"]}, "profiles cannot contain 'fact'", ("profiles", 0), "did you mean 'facts'? "
         "allowed are default, facts, strict"),
        ({"cut-from": "top"}, "cut-from cannot be 'top'", ("cut-from",), "allowed are start, end"),
        ({"max-words": -1}, "max-words cannot be less than 0", ("max-words",), ""),
        ({"max-words": "1"}, "max-words: expected an integer, got a string", ("max-words",), ""),
        ({"once": 1}, "once: expected a boolean, got an integer", ("once",), ""),
        ({"lines": 3}, f"lines: {TEXTS}, got an integer", ("lines",), ""),
        ({"lines": ["a", ""]}, "lines: the text is empty", ("lines", 1), ""),
        ({"lines": {"en": ["a", 3]}}, "lines.en: expected a string, got an integer", ("lines", "en", 1), ""),
        ({"lines": {"en": "a", "english": "a"}}, "lines: 'english' is not a language code",
         ("lines", "english"), CODES),
        (
            {"lines": {"en": "a", "zone": "head"}},
            "lines: the key 'zone' stands below the table, so it belongs to it",
            ("lines", "zone"),
            "write the keys of the rule first, and its tables below them",
        ),
        ({"sites": ["a b"]}, "sites: 'a b' is not a host", ("sites", 0), "write it as riverpost.example, without "
         "scheme and path"),
        ({"unless": []}, "unless: expected a table, got an array", ("unless",), ""),
        ({"since": datetime.date(2024, 1, 1)}, "since: expected a string, got a date or time", ("since",), ""),
        ({"options": {"a": 1, "b": {}}}, "options.b: expected a boolean, an integer, a number, a string or an array, "
         "got a table", ("options", "b"), ""),
    ],
)  # fmt: skip
def test_a_mistake_in_a_rule(keys: dict[str, Any], message: str, where: tuple[str | int, ...], hint: str) -> None:
    data = {"id": "own.a", "description": "A", **keys}
    assert violation_in(data, RuleSpec) == Violation(message, where, hint)


@pytest.mark.parametrize(
    ("data", "message", "where"),
    [
        (3, "the file: expected a table, got an integer", ()),
        ({"schema": 2}, "schema cannot be 2", ("schema",)),
        ({"class": 3}, "class: expected a table, got an integer", ("class",)),
        ({"class": {}}, "the key 'name' is missing", ("class",)),
        ({"rules": []}, "unknown key 'rules'", ("rules",)),
        ({"rule": [{"id": "own.a"}]}, "the key 'description' is missing", ("rule", 0)),
        ({"terms": {"a": "x", "b": 3}}, "terms.b: expected a string or an array, got an integer", ("terms", "b")),
    ],
)
def test_a_mistake_in_a_file(data: Any, message: str, where: tuple[str | int, ...]) -> None:
    violation = violation_in(data, FileSpec)
    assert violation is not None
    assert (violation.message, violation.keys) == (message, where)


def test_data_that_fits_has_no_violation() -> None:
    assert violation_in({}, FileSpec) is None
    assert violation_in({"zone": ["head"], "lines": {"": "a"}}, Override) is None


def test_every_mistake_of_a_rule_is_found() -> None:
    data = {"id": "bad id", "zonne": "head", "unit": "lin", "max-words": -1, "lines": 3, "examples": {"remove": ["a"]}}
    found = {violation.message.partition(":")[0] for violation in violations_in(data, RuleSpec)}
    assert found >= {
        "unknown key 'zonne'",
        "the key 'description' is missing",
        "unit cannot be 'lin'",
        "max-words cannot be less than 0",
        "lines",
        "id",
        "unknown key 'remove'",
    }
    assert len(list(violations_in(data, RuleSpec))) == 7
    assert data["unit"] == "lin"  # the data is left as it is


def test_the_first_of_all_mistakes_is_the_first() -> None:
    data = {"id": "own.a", "description": "A", "unit": "lin", "zone": ["haed", "tial"]}
    every = list(violations_in(data, RuleSpec))
    assert every[0] == violation_in(data, RuleSpec)
    assert len(every) == 3
    assert list(violations_in({"id": "own.a", "description": "A"}, RuleSpec)) == []


@pytest.mark.parametrize(
    "data", [3, [], "", None, {"id": 3}, {"id": {}, "description": [], "unless": [1]}, {"lines": []}]
)
def test_whatever_it_is_the_search_for_mistakes_ends(data: Any) -> None:
    found = list(violations_in(data, RuleSpec))
    assert found[0] == violation_in(data, RuleSpec)
    assert len(found) == len(set(found)) <= 4
