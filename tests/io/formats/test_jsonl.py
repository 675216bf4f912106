"""JSON Lines: what does not change stays byte for byte, and bad lines harm no others."""

from __future__ import annotations

import io
import pickle

import pytest

from cleaner.io.formats.base import FieldNames, Row, RowOptions, Shard
from cleaner.io.formats.json_objects import replace_field
from cleaner.io.formats.jsonl import JsonlFormat

DATA = b'\xef\xbb\xbf{"id": 1, "text": "The council met."}\r\n\n{"text": null, "n": 1e400}\n{"text": "no line end"}'
FORM = JsonlFormat()


def shards(data: bytes, least: int = 1) -> list[Shard]:
    return pickle.loads(pickle.dumps(list(FORM.shards(io.BytesIO(data), FieldNames(), least))))  # type: ignore[no-any-return]


def rows(data: bytes, text: str = "text", least: int = 1) -> list[Row]:
    return [row for shard in shards(data, least) for row in FORM.rows(shard, FieldNames(text=text))]


@pytest.mark.parametrize("least", [1, 50, 10_000])
def test_nothing_changed_is_the_same_file(least: int) -> None:
    assert b"".join(FORM.encode(shard, {}, ()) for shard in shards(DATA, least)) == DATA


@pytest.mark.parametrize("least", [1, 50, 10_000])
def test_rows_are_lines(least: int) -> None:
    found = rows(DATA, least=least)
    assert [row.number for row in found] == [1, 2, 3, 4]
    assert [row.text for row in found] == ["The council met.", "", "", "no line end"]
    assert {row.error for row in found} == {""}


def test_changed_and_dropped_rows() -> None:
    [shard] = shards(DATA, 10_000)
    changed = FORM.encode(shard, {1: {"text": "new", "gone": "x"}, 4: {"text": "end"}}, {2, 3})
    assert changed == b'\xef\xbb\xbf{"id": 1, "text": "new", "gone": "x"}\r\n{"text": "end"}'


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{oops", "is not JSON: "),
        (b"[1]", "is JSON, but not an object: it is an array"),
        (b"\xff", "is not UTF-8 (byte 0 of the line)"),
        (b'{"a": 1, "b": 2}', "has no field 'text' (it has 'a', 'b'); name it with --text-key"),
        (b'{"text": 3}', "the field 'text' holds a number, not a string"),
        (b"[" * 100_000, "is not JSON: "),
    ],
)
def test_bad_lines_are_errors_and_pass_through(line: bytes, error: str) -> None:
    found = rows(line + b'\n{"text": "good"}\n')
    assert found[0].error.startswith(error)
    assert found[1].text == "good"
    assert b"".join(FORM.encode(shard, {}, ()) for shard in shards(line)) == line


def test_new_fields_come_last() -> None:
    assert replace_field(b"{}", "a", 1) == b'{"a": 1}'
    assert replace_field(b'{"b": {"a": 2} }\n', "a", "\xe9") == b'{"b": {"a": 2}, "a": "\\u00e9" }\n'


def test_the_last_of_two_equal_keys_counts() -> None:
    assert replace_field(b'{"text": "a", "text": "b"}', "text", "c") == b'{"text": "a", "text": "c"}'


def test_a_file_that_escapes_goes_on_escaping() -> None:
    assert replace_field(b'{"text": "a"}', "text", "\xe9") == b'{"text": "\\u00e9"}'
    assert replace_field('{"text": "é"}'.encode(), "text", "\xe8") == '{"text": "è"}'.encode()
    assert replace_field('{"text": "é"}'.encode(), "text", "\ud800") == b'{"text": "\\ud800"}'


# Lines that are too long


@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_that_is_too_long_passes_through_in_pieces(end: bytes) -> None:
    long = b'{"text": "' + b"x" * (9 << 20) + b'"}' + end
    data = b'{"text": "a"}\n' + long + (b'{"text": "b"}\n' if end else b"")
    form = FORM.with_options(RowOptions(most_bytes=1000))
    shards = list(form.shards(io.BytesIO(data), FieldNames(), 10))
    rows = [row for shard in shards for row in form.rows(shard, FieldNames())]
    assert [(row.number, row.text, row.error[:26]) for row in rows][:2] == [
        (1, "a", ""),
        (2, "", "is longer than 1,000 bytes"),
    ]
    assert [(row.number, row.text) for row in rows[2:]] == ([(3, "b")] if end else [])
    pieces = [form.encode(shard, {}, ()) for shard in shards]
    assert b"".join(pieces) == data
    assert max(map(len, pieces)) < 5 << 20


@pytest.mark.parametrize(
    "line",
    [
        b'{"n": 1e400, "m": NaN, "text": "old", "k": -Infinity}\n',
        b'{"text": "older", "n": 1.50, "text": "old"}\r\n',
        b'{"text": "old", "s": "\\ud800", "z": 0.1000000000000000055511151231257827}\n',
        b'{"text": "old", "n": 123456789012345678901234567890, "nul": "\\u0000"}\n',
        '{"text": "old", "b": "\u202e\u2066"}\n'.encode(),
    ],
    ids=["no numbers", "twice", "surrogate", "long number", "bidi"],
)
def test_every_other_value_is_kept_byte_for_byte(line: bytes) -> None:
    [shard] = FORM.shards(io.BytesIO(line), FieldNames(), 10)
    [row] = FORM.rows(shard, FieldNames())
    assert (row.text, row.error) == ("old", "")
    assert FORM.encode(shard, {1: {"text": "new"}}, ()) == line.replace(b'"old"', b'"new"')
