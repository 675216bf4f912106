"""Keys and strings of TOML texts, held against what ``tomllib`` reads."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.rules import toml_scanner
from cleaner.rules.locations import builtin_rules_dir
from cleaner.rules.toml_scanner import Key, String, scan

FILES = sorted([*builtin_rules_dir().glob("*.toml"), *(Path(__file__).parent / "bad_rules").glob("*.toml")])
UNREADABLE = {"not-toml", "not-utf-8"}

EVERYTHING = r'''
title = "a" # zone = "no"
"quoted.key" = 'b'
a.b."c d" = "dotted"
numbers = [1, 2.5, "in between", 1979-05-27T07:32:00Z, true]
nested = [["a", "b"], ["c"]]
tables = [{ x = "1", y = 2 }, { x.z = "3" }]
long = """
first line
[[rule]]
zone = "no" \
   joined "" """
literal = @@@
it's [[not]] a header@@@
escaped = "a \"quoted\" \u00e4"
inline = { one = "1", two = { three = ["3"] } }

[table]
key = ""
  [table.below] # comment
  key = "indented"
[[rule]]
id = "first"
[rule.lines]
en = ["a", # ]
  "b",
]
[[rule]]
[[rule.cases]]
x = "0"
[[rule.cases]]
x = "1"
'''.replace("@@@", "'''")


def strings(value: Any, path: toml_scanner.Path = ()) -> Iterator[tuple[toml_scanner.Path, str]]:
    """The strings in what ``tomllib`` reads, by their paths."""
    if isinstance(value, str):
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from strings(item, (*path, key))


def check(text: str) -> None:
    found = [one for one in scan(text) if isinstance(one, String)]
    assert {one.path: one.value for one in found} == dict(strings(tomllib.loads(text)))
    assert len({one.path for one in found}) == len(found)


def test_strings_are_those_of_tomllib() -> None:
    check(EVERYTHING)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem not in UNREADABLE], ids=lambda path: path.stem)
def test_strings_of_rule_files_are_those_of_tomllib(path: Path) -> None:
    check(path.read_text("utf-8"))


def test_every_key_is_where_it_says() -> None:
    keys = {one.path: EVERYTHING[one.start : one.end] for one in scan(EVERYTHING) if isinstance(one, Key)}
    assert keys["title",] == "title"
    assert keys["quoted.key",] == '"quoted.key"'
    assert keys["a", "b", "c d"] == 'a.b."c d"'
    assert keys["tables", 1, "x", "z"] == "x.z"
    assert keys["inline", "two", "three"] == "three"
    assert keys["table", "below"] == "[table.below]"
    assert keys["rule", 1, "cases", 1] == "[[rule.cases]]"
    assert keys["rule", 1, "cases", 1, "x"] == "x"
    assert ("zone",) not in keys


def test_offsets_of_a_string_leave_out_its_quotes() -> None:
    for one in scan(EVERYTHING):
        if isinstance(one, String) and one.path not in (("escaped",), ("long",)):
            assert EVERYTHING[one.start : one.end] == one.value


@given(st.text("[]{}='\"#.,\\\n ab1", max_size=60))
@example(" [")
@example(" =")
@example("a = {.")
@example(" [[.")
def test_a_text_that_is_not_toml_raises_nothing(text: str) -> None:
    for one in scan(text):
        assert 0 <= one.start <= one.end <= len(text)


@given(st.text("[]{}='\"#.,\\\n ab1", max_size=60))
def test_a_text_that_is_toml_has_the_strings_of_tomllib(text: str) -> None:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    check(text)
