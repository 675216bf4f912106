"""Places in TOML files, and errors that name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rules.toml_source import Place, TomlSource, read_toml
from cleaner.rules.violations import Violation

SOURCE = TomlSource(
    """
schema = 1
[terms]
paper = ["River Post", "Hill News"]
[[rule]]
id = "own.paper"
zone = ["head", "tail"]
pattern = '(?P<site>{paper})'
unless.next = 'reported'
lines = ["a", "b", "a", "tab\\there"]
[rule.examples]
keeps = ["River Post readers wrote in."]
cases = [
  { input = "x", want = "y" },
]
""",
    Path("own.toml"),
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("rule", 0), Place(5, 1, 8)),
        (("rule", 0, "zone"), Place(7, 1, 4)),
        (("rule", 0, "zone", 1), Place(7, 1, 4)),
        (("rule", 0, "unless", "next"), Place(9, 1, 11)),
        (("rule", 0, "unless"), Place(9, 1, 11)),
        (("rule", 0, "examples", "keeps", 0), Place(12, 1, 5)),
        (("rule", 0, "examples", "nothing"), Place(11, 1, 15)),
        (("rule", 0, "examples", "cases", 0, "want"), Place(14, 18, 4)),
        (("rule", 1), Place(5, 1, 8)),
        (("terms", "paper"), Place(4, 1, 5)),
        (("nowhere",), Place(1, 1, 1)),
        ((), Place(1, 1, 1)),
    ],
)
def test_a_path_leads_to_its_key_or_to_the_nearest_one_above(path: tuple[str | int, ...], place: Place) -> None:
    assert SOURCE.key(path) == place


def test_text_that_looks_like_keys_is_no_key() -> None:
    source = TomlSource("[[rule]]\nid = '''\n[[rule]]\nzone = 1\n'''\nlines = [\n  'zone = 2', # ]\n]\nzone = 3\n")
    assert source.key(("rule", 0, "zone")) == Place(9, 1, 4)


@pytest.mark.parametrize(
    ("value", "piece", "skip", "place"),
    [
        ("a", None, 0, Place(10, 11, 1)),
        ("a", None, 1, Place(10, 21, 1)),
        ("a", None, 2, Place(10, 1, 5)),
        ("missing", None, 0, Place(10, 1, 5)),
        ("tab\there", (4, 8), 0, Place(10, 26, 9)),
    ],
)
def test_a_string_below_a_key(value: str, piece: tuple[int, int] | None, skip: int, place: Place) -> None:
    """With escapes in it, a string is shown as a whole; a string that is not there is answered with the key."""
    assert SOURCE.string(("rule", 0, "lines"), value, piece, skip) == place


def test_a_piece_of_a_string_and_of_a_string_of_several_lines() -> None:
    assert SOURCE.string(("rule", 0, "pattern"), "(?P<site>{paper})", (9, 16)) == Place(8, 21, 7)
    source = TomlSource("a = '''\none\ntwo'''\n")
    assert source.string(("a",), "one\ntwo") == Place(2, 1, 3)
    assert source.string(("a",), "one\ntwo", (4, 6)) == Place(3, 1, 2)


def test_what_is_at_a_line_and_column() -> None:
    assert SOURCE.path_at(7, 1) == ("rule", 0, "zone")
    assert SOURCE.path_at(5, 1) == ("rule", 0)
    assert SOURCE.path_at(7, 2) == SOURCE.path_at(99, 1) == ()
    assert SOURCE.strings(("rule", 0, "zone")) == ("head", "tail")
    assert SOURCE.word(9, 1) == Place(9, 1, 11)
    assert SOURCE.word(11, 1) == Place(11, 1, 15)
    assert SOURCE.word(7, 9) == Place(7, 9, 6)
    assert SOURCE.word(99, 1) == Place(99, 1, 1)


def test_an_error_names_file_line_column_rule_and_hint() -> None:
    error = SOURCE.error(Violation("zone is wrong", ("rule", 0, "zone"), "mend it"), "own.paper")
    assert str(error) == "own.toml:7:1: rule own.paper: zone is wrong; mend it"


def test_paths_may_begin_at_a_table() -> None:
    source = TomlSource("[tool.other]\nkeep = 'a'\n[tool.cleaner]\nkeep = 'b'\n", table=("tool", "cleaner"))
    assert source.key(("keep",)) == Place(4, 1, 4)
    assert source.key(("nothing",)) == Place(3, 1, 14)
    assert source.strings(("keep",)) == ("b",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nb = ", "own.toml:2:1: is not TOML: Invalid value"),
        ("a = 1\n[b", "own.toml:2:1: is not TOML: Expected ']' at the end of a table declaration"),
        ("a = [1,\n", "own.toml:2:1: is not TOML: Invalid value"),
    ],
)
def test_what_is_not_toml_is_an_error_with_a_place(text: str, message: str) -> None:
    with pytest.raises(RuleError) as caught:
        _ = TomlSource(text, Path("own.toml")).data
    assert str(caught.value).startswith(message)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b"a = '\xe4'\n")
    with pytest.raises(RuleError, match=r"latin\.toml: is not UTF-8 \(byte 5\); save it as UTF-8"):
        read_toml(tmp_path / "latin.toml")
    with pytest.raises(RuleError, match=r"nope\.toml: cannot be read: .*; name another"):
        read_toml(tmp_path / "nope.toml", hint="name another")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xef\xbb\xbfa = 1\n")
    assert read_toml(tmp_path / "a.toml").data == {"a": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [("a = " + "[" * 50_000 + "]" * 50_000, "nested too deep"), ("a = " + "7" * 5000, "is not TOML: Exceeds")],
    ids=["deep", "digits"],
)
def test_a_value_that_python_cannot_read_is_an_error_of_the_file(text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        _ = TomlSource(text).data


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        pytest.param("rule:\n  - id: own.a\n", "it reads like YAML; write it as TOML", id="yaml"),
        pytest.param("---\n- id: own.a\n", "it reads like YAML", id="yaml-document"),
        pytest.param("# rules\n- id: own.a\n", "it reads like YAML", id="yaml-list"),
        pytest.param('{"rule": [{"id": "own.a"}]}', "it reads like JSON; write it as TOML", id="json"),
        pytest.param('[\n {"id": "own.a"}\n]', "it reads like JSON", id="json-array"),
        pytest.param('{"rule": [', "it reads like JSON", id="json-cut-off"),
        pytest.param('pattern = "\\d+"', "three single quotes, where a backslash is a backslash", id="digits"),
        pytest.param('pattern = ["\\d+ min", "\\s"]', "three single quotes", id="list-of-digits"),
        pytest.param("[rule\n", "", id="toml"),
        pytest.param("a = [1\nb = 2", "", id="toml-array"),
    ],
)
def test_a_text_of_another_format_is_recognised(text: str, hint: str) -> None:
    with pytest.raises(RuleError) as caught:
        _ = TomlSource(text).data
    assert hint in caught.value.hint
    assert bool(hint) is bool(caught.value.hint)
