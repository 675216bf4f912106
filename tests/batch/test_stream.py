"""Clean what comes through a pipe."""

from __future__ import annotations

import json
from io import BufferedReader, BytesIO

import pytest

from cleaner import Cleaner
from cleaner.batch.options import Options
from cleaner.batch.stream import clean_stream
from cleaner.batch.worker import Work
from cleaner.errors import CleanerError
from cleaner.io.formats.fields import FieldNames

CLEAN = "The town council met on Tuesday evening and voted to repair the old bridge.\n"
SCRAPPY = f"{CLEAN}\nFollow us on:\n"
ROW = json.dumps({"id": 1, "text": SCRAPPY}).encode() + b"\n"


def stream(data: bytes) -> BufferedReader:
    return BufferedReader(BytesIO(data))


def test_a_text_is_cleaned(cleaner: Cleaner) -> None:
    target = BytesIO()
    report = clean_stream(Work(cleaner, Options()), stream(SCRAPPY.encode()), target)
    assert target.getvalue() == CLEAN.encode()
    assert (report.documents, report.changed) == (1, 1)


def test_rows_are_recognized_by_their_first_byte(cleaner: Cleaner) -> None:
    target = BytesIO()
    report = clean_stream(Work(cleaner, Options()), stream(ROW * 3), target, unbuffered=True)
    assert [json.loads(line) for line in target.getvalue().splitlines()] == [{"id": 1, "text": CLEAN}] * 3
    assert report.documents == 3


def test_a_named_format_is_taken_as_it_is(cleaner: Cleaner) -> None:
    target = BytesIO()
    clean_stream(Work(cleaner, Options()), stream(b"{ is a brace.\n"), target, kind="text")
    assert target.getvalue() == b"{ is a brace.\n"


@pytest.mark.parametrize("kind", ["parquet", "warc"])
def test_formats_that_are_no_stream_are_refused(kind: str, cleaner: Cleaner) -> None:
    with pytest.raises(CleanerError, match=f"{kind} cannot be read from a pipe; give the file"):
        clean_stream(Work(cleaner, Options()), stream(b""), BytesIO(), kind=kind)


@pytest.mark.parametrize("data", [SCRAPPY.encode(), ROW])
def test_a_diff_takes_the_place_of_the_output(data: bytes, cleaner: Cleaner) -> None:
    target = BytesIO()
    report = clean_stream(Work(cleaner, Options(diff=True)), stream(data), target)
    assert target.getvalue() == b""
    assert "-Follow us on:" in report.diff


@pytest.mark.parametrize("data", [SCRAPPY.encode(), ROW])
def test_nothing_is_written_when_nothing_shall_be(data: bytes, cleaner: Cleaner) -> None:
    target = BytesIO()
    report = clean_stream(Work(cleaner, Options(write=False)), stream(data), target)
    assert (target.getvalue(), report.changed) == (b"", 1)


def test_a_bad_row_passes_through_as_a_problem(cleaner: Cleaner) -> None:
    target = BytesIO()
    report = clean_stream(Work(cleaner, Options()), stream(ROW + b"nonsense\n"), target)
    assert target.getvalue().endswith(b"nonsense\n")
    assert report.errors == 1


# What is neither a text nor JSON Lines


def cleaned(cleaner: Cleaner, data: bytes, options: Options = Options()) -> tuple[bytes, list[str]]:
    target = BytesIO()
    report = clean_stream(Work(cleaner, options, {"rules": "0"}), stream(data), target)
    return target.getvalue(), [str(problem) for problem in report.problems]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_document_keeps_its_shape(cleaner: Cleaner, indent: int | None) -> None:
    def document(text: str) -> bytes:
        return json.dumps({"n": 1, "articles": [{"id": 1, "text": text}] * 3}, indent=indent).encode()

    output, notes = cleaned(cleaner, document(SCRAPPY))
    assert output == document(CLEAN)
    assert notes == ["-: is JSON, so its rows are cleaned; --format text cleans it as one text"]


def test_csv_is_recognised(cleaner: Cleaner) -> None:
    output, notes = cleaned(cleaner, f'id;text\n1;"{SCRAPPY}"\n'.encode())
    assert output.decode() == f'id;text\n1;"{CLEAN}"\n'
    assert notes[0].startswith("-: is CSV, so its rows are cleaned")


def test_a_page_gives_its_article(cleaner: Cleaner) -> None:
    page = f"<!doctype html><html><body><article><p>{CLEAN * 3}</p></article></body></html>"
    output, notes = cleaned(cleaner, page.encode(), Options(page_seconds=None))
    assert output.startswith(b"The town council met")
    assert b"<" not in output
    assert notes[0].startswith("-: is a page, so its article is taken out")


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"PK\x03\x04x", b"PAR1", b"\x1f\x8b\x08"])
def test_binary_files_are_named(cleaner: Cleaner, data: bytes) -> None:
    with pytest.raises(CleanerError, match=r"is .*; give the file, or turn it into a text first"):
        cleaned(cleaner, data)


def test_rows_whose_first_line_is_bad_are_rows(cleaner: Cleaner) -> None:
    output, notes = cleaned(cleaner, b'{"id": oops}\n' + ROW)
    assert output.splitlines()[0] == b'{"id": oops}'
    assert json.loads(output.splitlines()[1])["text"] == CLEAN
    assert notes[0].startswith("-:1: is not JSON")


KEYS = FieldNames(text="Inhalt")
TABLE = f'Nr;Inhalt\n1;"{SCRAPPY}"\n2;"{SCRAPPY}"\n'


@pytest.mark.parametrize(
    ("table", "options"),
    [
        (TABLE, Options(keys=KEYS)),
        (TABLE.replace(";", ","), Options(keys=KEYS)),
        (TABLE.replace("Nr", "Nr (neu)"), Options(keys=KEYS)),
        (TABLE.replace("Inhalt", "article text"), Options(keys=FieldNames(text="article text"))),
        (TABLE.replace(";", "^"), Options(keys=KEYS, delimiter="^")),
        (TABLE.replace(";", "^").replace("Inhalt", "text"), Options(delimiter="^")),
        ("sep=;\n" + TABLE, Options(keys=KEYS)),
        ("sep=,\n" + TABLE.replace(";", ",").replace("Inhalt", "text"), Options()),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_a_table_is_recognised_by_what_the_user_says(
    cleaner: Cleaner, table: str, options: Options, encoding: str
) -> None:
    table = table.replace("bridge", "Brücke")
    output, notes = cleaned(cleaner, table.encode(encoding), options)
    assert output.decode().lstrip("\ufeff") == table.replace(
        SCRAPPY.replace("bridge", "Brücke"), CLEAN.replace("bridge", "Brücke")
    )
    assert notes[0].startswith("-: is CSV, so its rows are cleaned")


def test_a_table_in_utf_16_with_the_usual_names_is_recognised(cleaner: Cleaner) -> None:
    output, notes = cleaned(cleaner, f'id,text\n1,"{SCRAPPY}"\n'.encode("utf-16"))
    assert output.decode().lstrip("\ufeff") == f'id,text\n1,"{CLEAN}"\n'
    assert notes[0].startswith("-: is CSV, so its rows are cleaned")


def test_rows_below_a_damaged_line_are_rows(cleaner: Cleaner) -> None:
    output, notes = cleaned(cleaner, b"nope\n" + ROW * 7)
    assert output.splitlines()[0] == b"nope"
    assert [json.loads(line)["text"] for line in output.splitlines()[1:]] == [CLEAN] * 7
    assert notes[0].startswith("-:1: is not JSON")


@pytest.mark.parametrize("below", ['{"error": "x"}\n', '{"text": "x"}\nThat is all.\n'])
def test_prose_that_quotes_json_is_a_text(cleaner: Cleaner, below: str) -> None:
    assert cleaned(cleaner, (CLEAN + below).encode()) == ((CLEAN + below).encode(), [])


def test_rows_of_an_array_behind_other_values_are_rows(cleaner: Cleaner) -> None:
    output, _ = cleaned(cleaner, json.dumps([1, {"Inhalt": SCRAPPY}]).encode(), Options(keys=KEYS))
    assert json.loads(output) == [1, {"Inhalt": CLEAN}]


@pytest.mark.parametrize(
    "data", [SCRAPPY.encode(), b"<!doctype html><html><body><p>The council met.</p></body></html>"]
)
def test_a_text_is_no_answer_to_who_asked_for_rows(cleaner: Cleaner, data: bytes) -> None:
    target = BytesIO()
    with pytest.raises(CleanerError, match=r"no rows are recognised on standard input, .*--text-key.*--format jsonl"):
        clean_stream(Work(cleaner, Options(keys=KEYS)), stream(data), target, asked=["--text-key"])
    assert target.getvalue() == b""


def test_nothing_at_all_is_no_error(cleaner: Cleaner) -> None:
    report = clean_stream(Work(cleaner, Options(keys=KEYS)), stream(b""), BytesIO(), asked=["--text-key"])
    assert not report.errors
