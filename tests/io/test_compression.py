"""Compressed files: what is written can be read, and damage is told."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cleaner.io.compression import CODECS, CutOffError, beginning, codec_of, compress, open_decoded, open_file
from cleaner.io.problems import RowsError

LINES = b"".join(b"line %d\n" % number for number in range(50_000))


@pytest.fixture(params=sorted(CODECS))
def suffix(request: pytest.FixtureRequest) -> str:
    if request.param == ".zst":
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    return str(request.param)


def test_several_pieces_are_one_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    codec = codec_of(path)
    path.write_bytes(compress(LINES, codec) + compress(b"", codec) + compress(b"the last", codec))
    with open_decoded(path) as stream:
        assert b"".join(stream) == LINES + b"the last"
    with open_decoded(path) as stream:
        assert stream.read() == LINES + b"the last"


def test_what_stands_before_the_place_where_a_file_is_cut_off_comes_out(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    members = [compress(line, CODECS[suffix]) for line in (b"one\n", b"two\n", b"three\n")]
    path.write_bytes(b"".join(members)[:-12])
    found: list[bytes] = []

    def read() -> None:
        with open_decoded(path) as stream:
            found.extend(stream)

    with pytest.raises(CutOffError, match="is cut off; get the file again"):
        read()
    assert found == [b"one\n", b"two\n"]


@pytest.mark.parametrize("lost", [0, 10])
def test_the_beginning_of_a_file_is_known_by_its_content(tmp_path: Path, suffix: str, lost: int) -> None:
    path = tmp_path / f".cleaner-a{suffix}.partial"
    data = compress(LINES, CODECS[suffix])
    path.write_bytes(data[: len(data) - lost])
    assert beginning(path, 13) == b"line 0\nline 1"
    path.write_bytes(LINES)
    assert beginning(path, 6) == b"line 0"
    path.write_bytes(data[:4] + b"no more than that")
    assert beginning(path, 6) != b"line 0"


def test_compressing_gives_the_same_bytes_each_time(suffix: str) -> None:
    assert compress(LINES, CODECS[suffix]) == compress(LINES, CODECS[suffix])


@pytest.mark.parametrize("lost", [1, 10, 1000])
def test_a_file_that_is_cut_off_is_an_error(tmp_path: Path, suffix: str, lost: int) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(compress(LINES, codec_of(path))[:-lost])
    with open_decoded(path) as stream, pytest.raises(Exception, match=r"ended|cut off"):
        b"".join(stream)
    with pytest.raises(RowsError, match=r"cut off.*; get the file again"), open_decoded(path) as stream:
        b"".join(stream)


def test_another_file_is_damaged(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"not compressed at all\n")
    with pytest.raises(RowsError, match=r"is damaged \("), open_decoded(path) as stream:
        b"".join(stream)


def test_the_raw_file_tells_how_far_reading_got(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(LINES))
    with open_file(path) as opened:
        assert opened.raw.tell() == 0
        opened.stream.read()
        assert opened.raw.tell() == path.stat().st_size


def test_a_file_can_be_opened_as_it_lies_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"x"))
    with open_file(path, decode=False) as opened:
        assert opened.stream is opened.raw
        assert opened.stream.read() == path.read_bytes()
