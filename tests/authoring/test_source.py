"""``clean why FILE[:ROW][:LINE]``: the document that is meant."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from cleaner.authoring.source import read_source
from cleaner.errors import CleanerError
from cleaner.io.article import ReadOptions

PAGE = "<html><head><title>The bridge</title></head><body><article>{}</article></body></html>"


@pytest.fixture
def reading(run_in: Path) -> ReadOptions:
    """How documents are read, in a folder with a text, rows, and a text whose name ends like a place."""
    Path("a.txt").write_text("One.\nTwo.\n", "utf-8")
    Path("a:3").write_text("Three.\n", "utf-8")
    rows = [{"text": "First."}, {"text": "Second.", "title": "A title"}, {"text": 3}]
    Path("rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return ReadOptions()


@pytest.mark.parametrize(
    ("place", "text", "line"),
    [
        ("a.txt", "One.\nTwo.\n", 0),
        ("a.txt:2", "One.\nTwo.\n", 2),
        ("a:3", "Three.\n", 0),
        ("a:3:1", "Three.\n", 1),
        ("rows.jsonl:1", "First.", 0),
        ("rows.jsonl:2:5", "Second.", 5),
    ],
)
def test_a_place_names_a_document_and_a_line(reading: ReadOptions, place: str, text: str, line: int) -> None:
    found = read_source(place, reading)
    assert (found.text, found.line) == (text, line)


def test_what_a_row_says_is_known(reading: ReadOptions) -> None:
    assert read_source("rows.jsonl:2", reading).info.title == "A title"


def test_standard_input_is_one_text(reading: ReadOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"Piped.\n")))
    assert read_source("-", reading).text == "Piped.\n"


def test_a_page_is_read_with_its_address(reading: ReadOptions) -> None:
    sentence = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."
    Path("page.html").write_text(PAGE.format(f"<p>{sentence}</p>" * 4), "utf-8")
    found = read_source("page.html", reading, "https://hill.example/a")
    assert "town council" in found.text
    assert (found.info.title, found.info.url) == ("The bridge", "https://hill.example/a")


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("none.txt", "none.txt: No such file or directory; name a text file or a page"),
        ("a.txt:0", "a.txt: is one document; name a line of it from 1 on, as a.txt:12"),
        ("a.txt:3:4", "a.txt: is one document"),
        ("rows.jsonl", "rows.jsonl: holds many documents; name a row, as rows.jsonl:12"),
        ("rows.jsonl:3", "rows.jsonl:3: "),
        ("rows.jsonl:9", "rows.jsonl:9: there is no such row, or it has no text"),
        ("none.jsonl:1", "none.jsonl: no such file"),
    ],
)
def test_places_that_name_no_document_are_errors(reading: ReadOptions, place: str, message: str) -> None:
    with pytest.raises(CleanerError) as error:
        read_source(place, reading)
    assert message in str(error.value)
