"""Lines of CSV in any encoding."""

from __future__ import annotations

import io

import pytest

from cleaner.io.formats.csv_lines import CsvLines
from cleaner.io.problems import RowsError

GERMAN = (
    "id;text\r\n"
    + "1;Der Rat tagte über die alte Brücke, die für drei Monate schließt. Größere Straßen bleiben.\r\n" * 9
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_is_found_out(encoding: str) -> None:
    lines = CsvLines(io.BytesIO(GERMAN.encode(encoding)), 1000)
    found = "".join(lines).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    assert found == GERMAN
    assert bool(lines.notes) == (not encoding.startswith("utf-8"))


def test_a_named_encoding_is_taken() -> None:
    data = "id,text\n1,мост\n".encode("cp1251")
    lines = CsvLines(io.BytesIO(data), 1000, "windows-1251")
    assert list(lines) == ["id,text\n", "1,мост\n"]
    assert lines.notes == ("is in cp1251 and written in UTF-8",)


def test_lines_end_at_carriage_returns_and_long_ones_come_in_pieces() -> None:
    assert list(CsvLines(io.BytesIO(b"a\rb\r\nc\nd"), 1000)) == ["a\r", "b\r\n", "c\n", "d"]
    assert "".join(CsvLines(io.BytesIO(b"x" * 25 + b"\ny"), 9)) == "x" * 25 + "\ny"


def test_a_few_wrong_bytes_in_utf8_stay_as_they_are() -> None:
    data = "text\né é é é\n".encode() + b"\xe9\n"
    lines = CsvLines(io.BytesIO(data), 1000)
    assert "".join(lines).encode("utf-8", "surrogateescape") == data
    assert lines.encoding == "utf-8"


def test_damage_is_an_error() -> None:
    with pytest.raises(RowsError, match=r"is not in utf-16: .*--encoding"):
        list(CsvLines(io.BytesIO("id,text\n".encode("utf-16")[:-1]), 1000))
