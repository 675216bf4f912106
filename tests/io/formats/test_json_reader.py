"""Reading a stream of JSON value by value, however little of it comes at a time."""

from __future__ import annotations

import io

import pytest

from cleaner.io.formats.json_reader import JsonReader
from cleaner.io.problems import RowsError


class Dripping(io.BytesIO):
    """A stream that gives one byte at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(1)


@pytest.mark.parametrize(
    "value",
    [b'"a \\" b"', b'"\\\\"', b"[1, [2, {}], 3]", b'{"a]": "}", "b": ["\\"]"]}', b"1e400", b"null", b"-1.50"],
)
@pytest.mark.parametrize("stream", [io.BytesIO, Dripping])
def test_a_value_ends_where_it_ends(value: bytes, stream: type[io.BytesIO]) -> None:
    reader = JsonReader(stream(b" \n" + value + b", 7]"), 1000)
    assert reader._next() == value[:1]
    start = reader._read
    assert reader._skip(1000)
    assert reader._from(start) == value
    assert reader._next() == b","


def test_a_long_value_is_left_in_steps() -> None:
    reader = JsonReader(Dripping(b'"' + b"x" * 50 + b'" 1'), 10)
    reader._next()
    steps = 0
    done = reader._skip(10)
    while not done:
        steps += 1
        reader._mark = reader._at  # what was read is given away
        done = reader._skip(10, resumes=True)
    assert steps > 2
    assert reader._next() == b"1"


def test_elements_are_looked_at_without_going_on() -> None:
    reader = JsonReader(Dripping(b'[{"a": 1}, 2, "x" ] 3'), 1000)
    reader._next()
    assert reader._sampled() == (b'{"a": 1}', b"2", b'"x"')
    assert reader._next() == b"["


@pytest.mark.parametrize("data", [b'"open', b"[1, 2", b'{"a": "b\\'])
def test_what_never_ends_is_cut_off(data: bytes) -> None:
    reader = JsonReader(Dripping(data), 1000)
    reader._next()
    with pytest.raises(RowsError, match="is cut off"):
        reader._skip(1000)
