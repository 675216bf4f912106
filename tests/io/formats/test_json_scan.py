"""A stream of JSON is cut into pieces that are its bytes."""

from __future__ import annotations

import io

import pytest

from cleaner.io.formats.base import FieldNames
from cleaner.io.formats.json_scan import JsonScan, Place
from cleaner.io.problems import RowsError


def test_pieces_know_where_they_stand() -> None:
    data = b'{"n": [1], "list": [ {"text": "a"},\n{"text": "b"}, null ]} {"text": "c"}\n'
    scan = JsonScan(io.BytesIO(data), FieldNames(), 1000)
    found = [(piece.before, piece.row, piece.place, piece.is_row) for piece in scan.pieces()]
    assert found == [
        (b'{"n": [1], "list": [ ', b'{"text": "a"}', Place.FIRST, True),
        (b",\n", b'{"text": "b"}', Place.NEXT, True),
        (b", ", b"null", Place.NEXT, False),
        (b" ]} ", b'{"text": "c"}', Place.ALONE, True),
        (b"\n", b"", Place.BETWEEN, False),
    ]
    assert scan.texts == ("text",)


@pytest.mark.parametrize("data", [b"", b" \n", b"[]", b"[ ]\n"])
def test_nothing_is_no_row(data: bytes) -> None:
    found = list(JsonScan(io.BytesIO(data), FieldNames(), 1000).pieces())
    assert not any(piece.is_row for piece in found)
    assert b"".join(piece.before + piece.row for piece in found) == data


def test_brackets_that_are_never_closed_take_no_stack() -> None:
    with pytest.raises(RowsError, match="is cut off"):
        list(JsonScan(io.BytesIO(b'[{"text": ' + b"[" * 100_000), FieldNames(), 1 << 20).pieces())
    with pytest.raises(RowsError, match="is cut off"):
        list(JsonScan(io.BytesIO(b'{"a": ' * 100_000), FieldNames(), 1000).pieces())


def test_a_long_value_beside_the_rows_is_not_kept_in_memory() -> None:
    data = b'{"skipped": "' + b"x" * (2 << 20) + b'", "list": [{"text": "a"}]}'
    found = list(JsonScan(io.BytesIO(data), FieldNames(), 1000).pieces())
    assert len(found) > 5
    assert b"".join(piece.before + piece.row for piece in found) == data
    assert [piece.row for piece in found if piece.is_row] == [b'{"text": "a"}']
