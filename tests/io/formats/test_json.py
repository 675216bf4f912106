"""JSON documents: which objects are rows, and that nothing but their texts changes."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.io.formats.base import FieldNames, RowOptions, Shard
from cleaner.io.formats.fields import TEXT_FIELDS
from cleaner.io.formats.json import JsonFormat
from cleaner.io.problems import RowsError

FORM = JsonFormat()
GUESSING = FieldNames(guesses=TEXT_FIELDS)


class Dripping(io.BytesIO):
    """A stream that gives a few bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(3)


def shards(data: bytes, least: int = 1, keys: FieldNames = GUESSING, stream: Any = io.BytesIO) -> list[Shard]:
    return list(FORM.shards(stream(data), keys, least))


def texts(data: bytes, keys: FieldNames = GUESSING) -> list[str]:
    return [row.error or row.text for shard in shards(data, keys=keys) for row in FORM.rows(shard, keys)]


def rewritten(data: bytes, new: dict[str, str], least: int = 1, stream: Any = io.BytesIO) -> bytes:
    """The document with other texts."""
    out = []
    for shard in shards(data, least, stream=stream):
        rows = list(FORM.rows(shard, GUESSING))
        changes = {row.number: {row.field: new[row.text]} for row in rows if row.text in new}
        out.append(FORM.encode(shard, changes, ()))
    return b"".join(out)


@pytest.mark.parametrize(
    "data",
    [
        b'[{"text": "a"}, {"text": "b"}]',
        b'\xef\xbb\xbf[\n  {\n    "id": 1,\n    "text": "a"\n  },\n  {\n    "text": "b"\n  }\n]\n',
        b'{"meta": {"n": 1e400, "n": 2}, "articles": [{"text": "a"},{"text": "b"}], "end": [1, [2]]}',
        b'{"response": {"docs": [{"text": "a"}, {"text": "b"}], "more": []}}',
        b'{"text": "a"}\n{"text": "b"}\n',
        b'{"text": "a"}{"text": "b"}',
        b'\x1e{"text": "a"}\n\x1e{"text": "b"}\n',
        b'[{"text": "a"}][{"text": "b"}]',
        b'[{"body": "a", "id": null}, null, {"body": "b"}]',
        b'[{"text": "a"}, {"text": null}, {"text": "b"}]',
    ],
)
def test_objects_are_rows_whatever_stands_around_them(data: bytes) -> None:
    assert [text for text in texts(data) if text] == ["a", "b"]
    assert rewritten(data, {}) == data
    for stream in (io.BytesIO, Dripping):
        for least in (1, 1000):
            changed = rewritten(data, {"a": "A", "b": "B"}, least, stream)
            assert changed == data.replace(b'"a"', b'"A"').replace(b'"b"', b'"B"')


def test_numbers_keys_and_escapes_stay_byte_for_byte() -> None:
    data = b'[{"n": 1.50, "big": 123456789012345678901234567890, "n": 1e400, "x": NaN, "text": "a", "u": "\\u00e9\\/"}]'
    assert rewritten(data, {"a": "b"}) == data.replace(b'"a"', b'"b"')


def test_an_object_with_a_text_is_one_row_though_it_has_lists() -> None:
    data = b'{"images": [{"description": "a picture"}], "text": "a"}'
    assert texts(data) == ["a"]


def test_an_asked_field_counts_more_than_a_guessed_one() -> None:
    data = b'{"sections": [{"description": "x"}], "articles": [{"text": "a", "description": "y"}]}'
    assert texts(data) == ["a"]


def test_other_lists_with_texts_are_named() -> None:
    data = b'{"articles": [{"text": "a"}], "comments": [{"text": "b"}]}'
    [shard] = shards(data, 1000)
    assert shard.notes == ("only the rows in 'articles' are cleaned; 'comments' may hold texts as well",)
    assert texts(data) == ["a"]


def test_a_guessed_field_is_named() -> None:
    [shard] = shards(b'[{"id": 1, "articleBody": "a"}]', 1000)
    assert shard.texts == ("articleBody",)
    assert shard.notes == ("has no field 'text', so 'articleBody' is cleaned; --text-key names another",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[{"id": 1}, {"id": 2}]', "has no field 'text' .it has 'id'."),
        (b'{"hits": {"hits": [{"_source": {"headline": "x"}}]}}', r"'hits.hits\[\]._source.headline'"),
        (b'["a", "b"]', "holds an array, but not one of objects"),
        (b"17", "holds a single value"),
        (b'[{"text": "a"}, {"text": "b"', "is cut off"),
        (b'[{"text": "a"} {"text": "b"}]', "lacks a comma"),
        ('[{"text": "a"}]'.encode("utf-16"), "UTF-16"),
    ],
)
def test_what_holds_no_rows_is_an_error(data: bytes, message: str) -> None:
    with pytest.raises(RowsError, match=message):
        shards(data)


def test_a_bad_row_is_an_error_and_the_others_are_cleaned() -> None:
    data = b'[{"text": "a"}, {"text": oops}, 7, {"text": 3}, {"id": 1}, {"text": "b"}]'
    found = texts(data)
    assert found[0] == "a"
    assert found[1].startswith("is not JSON: ")
    assert found[2].startswith("is JSON, but not an object")
    assert found[3].startswith("the field 'text' holds a number")
    assert found[4].startswith("has no field 'text'")
    assert found[5] == "b"
    assert rewritten(data, {"a": "A"}) == data.replace(b'"a"', b'"A"')


def test_a_row_that_is_too_long_passes_through_in_pieces() -> None:
    long = b'{"text": "' + b'x\\"' * (1 << 20) + b'"}'
    data = b'[{"text": "a"}, ' + long + b', {"text": "b"}]'
    form = FORM.with_options(RowOptions(most_bytes=1000))
    found = list(form.shards(io.BytesIO(data), GUESSING, 10))
    assert max(len(piece.before) + len(piece.row) for shard in found for piece in shard.data) < 1 << 20
    rows = [row for shard in found for row in form.rows(shard, GUESSING)]
    assert [(row.number, row.error[:26]) for row in rows] == [(1, ""), (2, "is longer than 1,000 bytes"), (3, "")]
    assert b"".join(form.encode(shard, {}, ()) for shard in found) == data


def test_a_long_document_is_read_as_it_comes() -> None:
    rows = b", ".join(b'{"id": %d, "body": "a"}' % number for number in range(500))
    data = b'{"n": {"skipped": ["' + b"y" * 5000 + b'"]}, "data": {"list": [' + rows + b"]}}"
    form = FORM.with_options(RowOptions(most_bytes=1000))
    found = [row for shard in form.shards(Dripping(data), GUESSING, 500) for row in form.rows(shard, GUESSING)]
    assert len(found) == 500
    assert {row.text for row in found} == {"a"}


def test_a_long_object_without_rows_is_an_error() -> None:
    form = FORM.with_options(RowOptions(most_bytes=1000))
    with pytest.raises(RowsError, match="an object of more than 1,000 bytes and no list of rows with a field 'text'"):
        list(form.shards(io.BytesIO(b'{"text": "' + b"x" * 3000 + b'"}'), GUESSING, 100))


def test_a_guess_in_a_long_document_that_proves_wrong_is_an_error() -> None:
    lists = b'{"people": [{"description": "a"}], "n": "' + b"x" * 3000 + b'", "list": [{"text": "b"}]}'
    form = FORM.with_options(RowOptions(most_bytes=1000))
    with pytest.raises(RowsError, match="rows with 'description', and behind them rows with 'text'; give --text-key"):
        list(form.shards(io.BytesIO(lists), GUESSING, 100))
    found = list(form.shards(io.BytesIO(lists), FieldNames("text"), 100))
    assert [row.text for shard in found for row in form.rows(shard, FieldNames())] == ["b"]


@pytest.mark.parametrize("least", [1, 60, 1000])
@pytest.mark.parametrize("dropped", [{1}, {2}, {3}, {1, 2}, {2, 3}, {1, 3}, {1, 2, 3}], ids=str)
def test_what_is_left_without_dropped_rows_is_json(least: int, dropped: set[int]) -> None:
    data = b'{"n": 1, "list": [\n  {"text": "1"},\n  {"text": "2"},\n  {"text": "3"}\n]}'
    left = json.loads(b"".join(FORM.encode(shard, {}, dropped) for shard in shards(data, least)))
    assert left["n"] == 1
    kept = [item["text"] for item in left["list"] if item is not None]
    assert kept == [text for text in "123" if int(text) not in dropped]
    if least == 1000 and dropped != {1, 2, 3}:
        assert None not in left["list"]


def test_new_fields_are_laid_out_as_the_others() -> None:
    data = b'[\n  {\n    "text": "a"\n  }\n]'
    [shard] = shards(data, 1000)
    assert FORM.encode(shard, {1: {"clean": {}}}, ()) == b'[\n  {\n    "text": "a",\n    "clean": {}\n  }\n]'


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["a", "b", 'q"', "text"]), values, max_size=4), min_size=1, max_size=5),
    st.sampled_from([None, 2, "\t"]),
    st.booleans(),
)
def test_any_array_of_objects_comes_out_as_it_was(rows: list[dict[str, Any]], indent: Any, escapes: bool) -> None:
    rows[0]["text"] = "a"
    data = json.dumps({"list": rows} if escapes else rows, indent=indent, ensure_ascii=escapes).encode()
    found = shards(data, 20, FieldNames(), Dripping)
    assert b"".join(FORM.encode(shard, {}, ()) for shard in found) == data
    numbers = [row.number for shard in found for row in FORM.rows(shard, FieldNames())]
    assert sorted(set(numbers)) == list(range(1, len(rows) + 1))


@given(st.binary(max_size=60) | st.text(alphabet='[]{}",:\\ntex1 ', max_size=40).map(str.encode))
def test_anything_else_is_an_error_or_comes_out_as_it_was(data: bytes) -> None:
    try:
        found = shards(data, 5, stream=Dripping)
    except RowsError:
        return
    assert b"".join(FORM.encode(shard, {}, ()) for shard in found) == data
