"""CSV: what does not change stays byte for byte, and bad rows harm no others."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from cleaner.formats.csv import CsvFormat
from cleaner.formats.rows import Keys, Row, RowsError, Shard, document_of

ODD = (
    b'\xef\xbb\xbf"id",text,title\r\n'
    b'1,"The council met.\r\nIt voted ""yes"".",  spaced \r\n'
    b"2,It's 5\" wide,'single'\n"
    b"\n"
    b'3,"","a,b"tail\n'
    b"4,no line end,\xc3\xa9"
)


def shards(data: bytes, form: CsvFormat | None = None, keys: Keys | None = None, least: int = 1) -> list[Shard]:
    found = list((form or CsvFormat()).shards(io.BytesIO(data), keys or Keys(), least))
    return pickle.loads(pickle.dumps(found))  # type: ignore[no-any-return]


def rows(data: bytes, form: CsvFormat | None = None, least: int = 1) -> list[Row]:
    form = form or CsvFormat()
    return [row for shard in shards(data, form, least=least) for row in form.rows(shard, Keys())]


def encode(
    data: bytes,
    changes: Mapping[int, Mapping[str, Any]],
    dropped: tuple[int, ...] = (),
    form: CsvFormat | None = None,
    least: int = 1,
) -> bytes:
    form = form or CsvFormat()
    return b"".join(form.encode(shard, changes, dropped) for shard in shards(data, form, least=least))


@pytest.mark.parametrize("least", [1, 40, 10_000])
def test_nothing_changed_is_the_same_file(least: int) -> None:
    assert encode(ODD, {}, least=least) == ODD


@pytest.mark.parametrize("least", [1, 40, 10_000])
def test_rows_are_numbered_below_the_header(least: int) -> None:
    found = rows(ODD, least=least)
    assert [row.number for row in found] == [1, 2, 3, 4, 5]
    assert [row.error for row in found] == [""] * 5
    assert found[0].text == 'The council met.\r\nIt voted "yes".'
    assert found[2] == Row(3, {}, "")
    assert document_of(found[3].fields, Keys()).title == "a,btail"
    assert found[3].text == ""


def test_only_the_changed_field_changes() -> None:
    changed = encode(ODD, {1: {"text": 'She said "no".\n'}, 2: {"text": "a, b"}, 5: {"text": "plain"}})
    expected = ODD.replace(b'The council met.\r\nIt voted ""yes"".', b'She said ""no"".\n')
    expected = expected.replace(b"It's 5\" wide", b'"a, b"').replace(b"no line end", b"plain")
    assert changed == expected


def test_the_first_column_behind_a_mark() -> None:
    data = b'\xef\xbb\xbf"text"\n"one"\n'
    assert encode(data, {1: {"text": ""}}) == b'\xef\xbb\xbf"text"\n""\n'
    assert encode(b"text\none\n", {1: {"text": ""}}) == b'text\n""\n'


def test_dropped_rows_go() -> None:
    assert encode(b"id,text\n1,a\n2,b\n3,c\n", {3: {"text": "d"}}, dropped=(1, 2)) == b"id,text\n3,d\n"


def test_new_columns_come_last() -> None:
    form = CsvFormat(extra=("removed", "id"))
    data = b"id,text\r\n1,a\r\n\r\n2,b"
    changed = encode(data, {1: {"text": "c", "removed": "Follow us\nhere"}}, form=form)
    assert changed == b'id,text,removed\r\n1,c,"Follow us\nhere"\r\n\r\n2,b,'
    assert rows(changed)[0].fields == {"id": "1", "text": "c", "removed": "Follow us\nhere"}
    with pytest.raises(ValueError, match="unheard"):
        encode(data, {1: {"unheard": "x"}})


def test_tabs() -> None:
    form = CsvFormat("\t", extra=("removed",))
    data = b"id\ttext\n1\ta, b\n"
    assert rows(data, form)[0].text == "a, b"
    assert encode(data, {1: {"text": "c\td"}}, form=form) == b'id\ttext\tremoved\n1\t"c\td"\t\n'


def test_bad_rows_pass_through() -> None:
    data = b"id,text\n1\n2,b,c\n3,caf\xe9\n4,good\n"
    found = rows(data)
    assert [row.error.partition(";")[0] for row in found] == [
        "has 1 fields, the header has 2",
        "has 3 fields, the header has 2",
        "is not UTF-8",
        "",
    ]
    assert [row.text for row in found] == ["", "", "", "good"]
    changed = encode(data, {number: {"text": "new"} for number in range(1, 5)})
    assert changed == data.replace(b"good", b"new")


def test_a_file_cut_off_inside_quotes() -> None:
    data = b'id,text\n1,a\n2,"The council\n'
    found = rows(data)
    assert (found[0].text, found[0].error) == ("a", "")
    assert "cut off" in found[1].error
    assert encode(data, {}) == data


def test_long_fields() -> None:
    text = "The council met on Tuesday.\n" * 20_000
    assert rows(f'id,text\n1,"{text}"\n'.encode())[0].text == text


def test_a_quote_left_open_does_not_take_all_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    import csv

    limit = csv.field_size_limit(100)
    monkeypatch.setattr("cleaner.formats.csv._FIELD_LIMIT", 100)
    try:
        found = CsvFormat().shards(io.BytesIO(b'id,text\n1,a\n2,"' + b"prose\n" * 99), Keys(), 1000)
        shard = next(found)
        assert len(shard.data.raw) == 1
        with pytest.raises(RowsError, match=r"row 2 cannot be read.*quote"):
            next(found)
    finally:
        csv.field_size_limit(limit)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no header"),
        (b"id,body\n1,a\n", "no column 'text' .it has 'id', 'body'.; .*--text-key"),
        ("id,text\n1,a\n".encode("utf-16"), "not UTF-8"),
    ],
)
def test_files_that_are_none(data: bytes, message: str) -> None:
    with pytest.raises(RowsError, match=message):
        shards(data)


def test_another_text_key() -> None:
    keys = Keys(text="body")
    [shard] = shards(b"id,body\n1,a\n", keys=keys)
    assert next(CsvFormat().rows(shard, keys)).text == "a"


def test_a_header_alone_is_a_shard() -> None:
    assert encode(b"id,text\n", {}, form=CsvFormat(extra=("removed",))) == b"id,text,removed\n"


def test_the_shards_are_the_same_each_time() -> None:
    source = io.BytesIO(ODD)
    first = list(CsvFormat().shards(source, Keys(), 1))
    source.seek(0)
    assert list(CsvFormat().shards(source, Keys(), 1)) == first


def test_a_carriage_return_before_the_last_character() -> None:
    assert [row.text for row in rows(b"id,text\n1,a\r2")] == ["a", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    data = f'id,text{end}1,"a{end}b"{end}2,c{end}'.encode()
    assert [row.text for row in rows(data)] == [f"a{end}b", "c"]
    assert encode(data, {2: {"text": "d"}}) == data.replace(b"c", b"d")
