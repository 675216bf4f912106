"""What all formats share."""

from __future__ import annotations

from pathlib import Path

from cleaner.io.formats.base import FieldNames, document_of
from cleaner.io.formats.jsonl import JsonlFormat
from cleaner.model import DocumentInfo


def test_the_fields_of_a_row_tell_about_its_text() -> None:
    fields = {"title": "A", "url": "https://a.example", "author": 7, "date": None, "site": "S", "text": "T"}
    assert document_of(fields, FieldNames()) == DocumentInfo(title="A", url="https://a.example", site="S")
    assert document_of(fields, FieldNames(title="site")).title == "S"


def test_pieces_are_joined_in_order(tmp_path: Path) -> None:
    JsonlFormat().join(iter([b"{}\n", b"", b"[]\n"]), tmp_path / "a.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == b"{}\n[]\n"
