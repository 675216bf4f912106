"""CSV: what does not change stays byte for byte, and bad rows harm no others."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Any

import pytest

from cleaner.io.formats.base import FieldNames, Row, RowOptions, Shard, document_of
from cleaner.io.formats.csv import CsvFormat, TsvFormat
from cleaner.io.problems import RowsError

ODD = (
    b'\xef\xbb\xbf"id",text,title\r\n'
    b'1,"The council met.\r\nIt voted ""yes"".",  spaced \r\n'
    b"2,It's 5\" wide,'single'\n"
    b"\n"
    b'3,"","a,b"tail\n'
    b"4,no line end,\xc3\xa9"
)


def shards(data: bytes, form: CsvFormat | None = None, keys: FieldNames | None = None, least: int = 1) -> list[Shard]:
    found = list((form or CsvFormat()).shards(io.BytesIO(data), keys or FieldNames(), least))
    return pickle.loads(pickle.dumps(found))  # type: ignore[no-any-return]


def rows(data: bytes, form: CsvFormat | None = None, least: int = 1) -> list[Row]:
    form = form or CsvFormat()
    return [row for shard in shards(data, form, least=least) for row in form.rows(shard, FieldNames())]


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
    assert document_of(found[3].fields, FieldNames()).title == "a,btail"
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
    form = CsvFormat(RowOptions(added=("removed", "id")))
    data = b"id,text\r\n1,a\r\n\r\n2,b"
    changed = encode(data, {1: {"text": "c", "removed": "Follow us\nhere"}}, form=form)
    assert changed == b'id,text,removed\r\n1,c,"Follow us\nhere"\r\n\r\n2,b,'
    assert rows(changed)[0].fields == {"id": "1", "text": "c", "removed": "Follow us\nhere"}
    with pytest.raises(ValueError, match="unheard"):
        encode(data, {1: {"unheard": "x"}})


def test_tabs() -> None:
    form = TsvFormat(RowOptions(added=("removed",)))
    data = b"id\ttext\n1\ta, b\n"
    assert rows(data, form)[0].text == "a, b"
    assert encode(data, {1: {"text": "c\td"}}, form=form) == b'id\ttext\tremoved\n1\t"c\td"\t\n'


def test_bad_rows_pass_through() -> None:
    data = "id,text\n1\n2,b,c\n3,caf\udce9\n4,goodé é é\n".encode("utf-8", "surrogateescape")
    found = rows(data)
    assert [row.error.partition(";")[0] for row in found] == [
        "has 1 field, the header has 2",
        "has 3 fields, the header has 2",
        "is not UTF-8",
        "",
    ]
    assert [row.text for row in found] == ["", "", "", "goodé é é"]
    changed = encode(data, {number: {"text": "new"} for number in range(1, 5)})
    assert changed == data.replace("goodé é é".encode(), b"new")


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
    monkeypatch.setattr("cleaner.io.formats.csv._FIELD_LIMIT", 100)
    try:
        found = CsvFormat().shards(io.BytesIO(b'id,text\n1,a\n2,"' + b"prose\n" * 99), FieldNames(), 1000)
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
        ("id,text\n1,a\n".encode("utf-16")[:-1], "not in utf-16"),
    ],
)
def test_files_that_are_none(data: bytes, message: str) -> None:
    with pytest.raises(RowsError, match=message):
        shards(data)


def test_another_text_key() -> None:
    keys = FieldNames(text="body")
    [shard] = shards(b"id,body\n1,a\n", keys=keys)
    assert next(CsvFormat().rows(shard, keys)).text == "a"


@pytest.mark.parametrize("header", ["id;Inhalt", "id;Inhalt,x"])
def test_of_several_texts_those_are_cleaned_that_are_there(header: str) -> None:
    keys = FieldNames(text="text", more_texts=(header[3:],))
    [shard] = shards(f"{header}\n1;a\n".encode(), keys=keys)
    assert [(row.field, row.text) for row in CsvFormat().rows(shard, keys)] == [(header[3:], "a")]
    assert shard.notes == (f"has no field 'text', so only {header[3:]!r} is cleaned; --text-key names others",)


def test_the_delimiter_with_the_most_texts_is_the_right_one() -> None:
    keys = FieldNames(text="a", more_texts=("b",))
    [shard] = shards(b"a,x;a;b\n1;2;3\n", keys=keys)
    assert [row.text for row in CsvFormat().rows(shard, keys)] == ["2", "3"]


def test_none_of_several_texts_is_an_error_that_suggests_none_of_them() -> None:
    message = "has no column 'Inhalt' or 'text' .it has 'id', 'Body'.; did you mean --text-key Body"
    with pytest.raises(RowsError, match=message):
        shards(b"id,Body\n1,a\n", keys=FieldNames(text="Inhalt", more_texts=("text",)))


def test_a_header_alone_is_a_shard() -> None:
    assert encode(b"id,text\n", {}, form=CsvFormat(RowOptions(added=("removed",)))) == b"id,text,removed\n"


def test_the_shards_are_the_same_each_time() -> None:
    source = io.BytesIO(ODD)
    first = list(CsvFormat().shards(source, FieldNames(), 1))
    source.seek(0)
    assert list(CsvFormat().shards(source, FieldNames(), 1)) == first


def test_a_carriage_return_before_the_last_character() -> None:
    assert [row.text for row in rows(b"id,text\n1,a\r2")] == ["a", ""]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    data = f'id,text{end}1,"a{end}b"{end}2,c{end}'.encode()
    assert [row.text for row in rows(data)] == [f"a{end}b", "c"]
    assert encode(data, {2: {"text": "d"}}) == data.replace(b"c", b"d")


# Quotes that are wrong, other delimiters, rows that are too long


def records(data: bytes, form: CsvFormat | None = None) -> tuple[list[tuple[int, str, str]], bytes]:
    """Number, text and error of each row, and the file as it is written when nothing changes."""
    form = form or CsvFormat()
    found = list(form.shards(io.BytesIO(data), FieldNames(), 40))
    rows = [(row.number, row.text, row.error) for shard in found for row in form.rows(shard, FieldNames())]
    return rows, b"".join(form.encode(shard, {}, ()) for shard in found)


@pytest.mark.parametrize("form", [CsvFormat(), TsvFormat()], ids=["csv", "tsv"])
@pytest.mark.parametrize(
    "following",
    [
        ["3,third row", "4,fourth row"],
        ["3,third row"],
        ['3,"third, row"', '4,He said "yes" and left'],
        [f"{number},a row" for number in range(3, 300)],
    ],
    ids=["two", "one", "quotes", "many"],
)
def test_a_stray_quote_costs_only_its_own_row(form: CsvFormat, following: list[str]) -> None:
    lines = ["id,text", '1,He said "yes" and left', '2,"unbalanced quote here', *following]
    data = ("\n".join(lines) + "\n").replace(",", form.delimiter).encode()
    rows, written = records(data, form)
    assert [(number, error[:26]) for number, _, error in rows if error] == [(2, "ends inside a quoted field")]
    assert len(rows) == len(lines) - 1
    assert rows[2][1].startswith("third") or rows[2][1] == "a row"
    assert written == data


def test_a_quote_that_is_closed_much_later_by_another_one_costs_one_row() -> None:
    lines = ["id,text", '1,"stray', *(f"{number},a row" for number in range(2, 50)), '50,"the next quote"', "51,last"]
    data = ("\n".join(lines) + "\n").encode()
    rows, written = records(data)
    assert [number for number, _, error in rows if error] == [1]
    assert rows[-1] == (51, "last", "")
    assert written == data


@pytest.mark.parametrize(
    "text",
    ['"one\ntwo, with a comma\n\nthree"', '"one ""quoted""\ntwo"', '"a\nb\nc,d\ne,f"', '"2,x\n3,y"'],
)
def test_a_text_of_several_lines_stays_one_row(text: str) -> None:
    data = f"id,text\n1,{text}\n2,next\n".encode()
    rows, written = records(data)
    assert [number for number, _, _ in rows] == [1, 2]
    assert not any(error for _, _, error in rows)
    assert written == data


def test_a_file_that_is_cut_off_within_a_text_is_one_bad_row() -> None:
    rows, _ = records(b'id,url,text\n1,u,"whole"\n2,u,"first line\nsecond, line\nthird')
    assert [(number, bool(error)) for number, _, error in rows] == [(1, False), (2, True)]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_another_delimiter_is_found_in_the_header_and_kept(delimiter: str) -> None:
    data = '\ufeffid,text\n1,"one, two; three | four\tfive"\n2,"a\nb"\n'.replace("id,", f"id{delimiter}")
    data = data.replace('\n1,"', f'\n1{delimiter}"').replace('\n2,"', f'\n2{delimiter}"')
    form = CsvFormat(RowOptions(added=("gone",)))
    [shard] = form.shards(io.BytesIO(data.encode()), FieldNames(), 10_000)
    assert [row.text for row in form.rows(shard, FieldNames())] == ["one, two; three | four\tfive", "a\nb"]
    written = form.encode(shard, {2: {"text": f"x{delimiter}y", "gone": "z"}}, ()).decode()
    assert written.splitlines()[0] == f"\ufeffid{delimiter}text{delimiter}gone"
    assert written.endswith(f'\n2{delimiter}"x{delimiter}y"{delimiter}z\n')


def test_a_mark_at_the_beginning_of_a_cell_is_a_character_of_it() -> None:
    form = CsvFormat()
    data = 'text,id\n\ufeffone,1\n\ufeff"two",2\n'.encode()
    [shard] = form.shards(io.BytesIO(data), FieldNames(), 10_000)
    assert [row.text for row in form.rows(shard, FieldNames())] == ["\ufeffone", '\ufeff"two"']
    assert form.encode(shard, {1: {"text": "new"}, 2: {"id": "3"}}, ()).decode() == 'text,id\nnew,1\n\ufeff"two",3\n'


def test_a_row_that_is_too_long_ends_the_file_with_its_number() -> None:
    form = CsvFormat().with_options(RowOptions(most_bytes=1000))
    found = form.shards(io.BytesIO(b"id,text\n1,a\n2," + b"x" * 2000 + b"\n3,b\n"), FieldNames(), 10)
    assert [row.text for row in form.rows(next(found), FieldNames())] == ["a"]
    with pytest.raises(RowsError, match="row 2 is longer than 1,000 bytes"):
        list(found)
