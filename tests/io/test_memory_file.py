"""How the file of a site memory is opened, and what its errors say."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.errors import CleanerError
from cleaner.io.memory_file import connect, packed, signed, speaking, unpacked, unsigned


@given(st.integers(0, 2**64 - 1))
def test_numbers_come_back(number: int) -> None:
    assert -(2**63) <= signed(number) < 2**63
    assert unsigned(signed(number)) == number
    assert list(unpacked(packed([number, number]))) == [number, number]


def test_a_lock_that_lasts_says_to_wait() -> None:
    with (
        pytest.raises(CleanerError, match=r"m: cannot be used .* wait until the other process has ended"),
        speaking(Path("m")),
    ):
        raise sqlite3.OperationalError("database is locked")


def test_errors_of_our_own_pass_through() -> None:
    with pytest.raises(CleanerError, match=r"^mine$"), speaking(Path("m")):
        raise CleanerError("mine")


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    connect(tmp_path / "m", write=True).close()
    connection = connect(tmp_path / "m", write=False)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("DELETE FROM site")
    connection.close()


def test_an_empty_file_becomes_a_memory(tmp_path: Path) -> None:
    (tmp_path / "m").touch()
    connect(tmp_path / "m", write=True).close()
    connect(tmp_path / "m", write=False).close()
