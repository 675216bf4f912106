"""Streams whose beginning was read already."""

from __future__ import annotations

import io

import pytest

from cleaner.io.streams import Joined


@pytest.mark.parametrize("split", range(12))
def test_a_stream_is_as_if_nothing_had_been_read(split: int) -> None:
    data = b"a\nbc\n\nd\nefg"
    assert Joined(data[:split], io.BytesIO(data[split:])).read() == data
    assert list(Joined(data[:split], io.BytesIO(data[split:]))) == [b"a\n", b"bc\n", b"\n", b"d\n", b"efg"]
    assert list(io.BufferedReader(Joined(data[:split], io.BytesIO(data[split:])))) == data.splitlines(True)


def test_a_line_is_read_up_to_a_limit() -> None:
    stream = Joined(b"abc", io.BytesIO(b"def\n"))
    assert [stream.readline(4), stream.readline(4), stream.readline(4)] == [b"abcd", b"ef\n", b""]
