"""Rows that are JSON objects: nested and several texts, and changes that leave every other byte."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.io.formats.base import FieldNames
from cleaner.io.formats.json_objects import object_rows, raw_field, replace_field, with_changes


def found(raw: bytes, *texts: str) -> list[tuple[str, str, str]]:
    keys = FieldNames(texts[0], more_texts=texts[1:])
    return [(row.field, row.text, row.error) for row in object_rows(1, raw, keys)]


def test_several_texts_are_several_rows_of_one_number() -> None:
    raw = b'{"title": "A", "body": {"text": "b"}}'
    assert found(raw, "title", "body.text") == [("title", "A", ""), ("body.text", "b", "")]
    assert found(b'{"title": null, "text": "b"}', "title", "text") == [("title", "", ""), ("text", "b", "")]
    assert found(b'{"text": "b"}', "title", "text") == [("text", "b", "")]


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b'{"id": 1}', "has no field 'a' or 'b.c' (it has 'id'); name it with --text-key"),
        (b'{"b": {"c": 7}}', "the field 'b.c' holds a number, not a string"),
        (b'{"a": true}', "the field 'a' holds true or false, not a string"),
        (b'{"a": {"c": 7}}', "the field 'a' holds an object, not a string"),
        (b'"a"', "is JSON, but not an object: it is a string"),
        (b"null", "is JSON, but not an object: it is null"),
        (b'{"b": ["c"]}', "has no field 'a' or 'b.c' (it has 'b'); name it with --text-key"),
    ],
)
def test_an_object_without_any_of_them_is_an_error(raw: bytes, error: str) -> None:
    assert found(raw, "a", "b.c") == [("", "", error)]


@pytest.mark.parametrize(
    ("raw", "name", "changed"),
    [
        (b'{"a.b": "x", "a": {"b": "y"}}', "a.b", b'{"a.b": "new", "a": {"b": "y"}}'),
        (b'{"a": {"n": 1e400, "b": "y"}, "n": 1.0}', "a.b", b'{"a": {"n": 1e400, "b": "new"}, "n": 1.0}'),
        (b'{"a": {"b": {"c": "y"}}}', "a.b.c", b'{"a": {"b": {"c": "new"}}}'),
        (b'{"a.b": {"c": "y"}}', "a.b.c", b'{"a.b": {"c": "new"}}'),
        (b'{"a": 1}', "a.b", b'{"a": 1, "a.b": "new"}'),
        (b'{\n  "a": 1\n}', "b", b'{\n  "a": 1,\n  "b": "new"\n}'),
        (b"{ }", "b", b'{"b": "new" }'),
    ],
)
def test_a_new_value_changes_nothing_else(raw: bytes, name: str, changed: bytes) -> None:
    assert replace_field(raw, name, "new") == changed
    assert json.loads(changed)


@given(st.text(st.characters()))
@example("\ud83d")
@example('\x00\x1f\x7f"\\/\u2028é😀')
def test_a_text_is_written_as_the_standard_library_writes_it(text: str) -> None:
    is_whole = not any("\ud800" <= char <= "\udfff" for char in text)
    for raw, ensure_ascii in ('{"é": 1, "text": 0}', not is_whole), ('{"text": 0}', True):
        expected = raw.replace("0", json.dumps(text, ensure_ascii=ensure_ascii)).encode()
        assert replace_field(raw.encode(), "text", text) == expected
        assert json.loads(expected)["text"] == text


def test_several_changes_and_raw_values() -> None:
    assert with_changes(b'{"a": 1, "b": 2}', {"b": 3, "c": []}) == b'{"a": 1, "b": 3, "c": []}'
    assert raw_field(b'{"a": {"b": 1.50}}', "a.b") == b"1.50"
    assert raw_field(b"{}", "a") == b""
