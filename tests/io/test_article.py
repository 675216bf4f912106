"""One way to read a document: from a file or from bytes, as text or as a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import CleanerError, DecodingError, ExtractionError
from cleaner.io.article import Article, ReadOptions, read_article
from cleaner.model import DocumentInfo
from tests.io.extractors.pages import PAGE, PROSE

HERE = ReadOptions(page_seconds=None)


def test_bytes_are_plain_text() -> None:
    assert read_article("a café <p>".encode()) == Article("a café <p>", DocumentInfo(), "utf-8")


def test_the_suffix_of_a_file_decides(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    assert read_article(tmp_path / "a.html", options=HERE).info.title == "Ferry waits for the ice"
    assert read_article(tmp_path / "a.txt").text == PAGE


def test_an_unknown_suffix_is_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.dat").write_text("<p>One line", encoding="utf-8")
    assert read_article(tmp_path / "a.dat").text == "<p>One line"
    (tmp_path / "a.dat").write_text(PAGE, encoding="utf-8")
    assert PROSE[0] in read_article(tmp_path / "a.dat", "html", options=HERE).text
    assert "Weather" not in read_article(tmp_path / "a.dat", "html", options=HERE).text


def test_a_known_address_is_passed_on() -> None:
    assert read_article(PAGE.encode(), "html", "https://mirror.example/", HERE).info.url == "https://mirror.example/"
    assert read_article(b"One line", url="https://mirror.example/").info.url == "https://mirror.example/"


def test_the_extractor_can_be_chosen() -> None:
    article = read_article(PAGE.encode(), "html", options=ReadOptions(extractor="trafilatura-fast", page_seconds=None))
    assert PROSE[0] in article.text
    with pytest.raises(CleanerError, match="unknown extractor 'readability'"):
        read_article(PAGE.encode(), "html", options=ReadOptions(extractor="readability"))


def test_the_sandbox_reads_the_same() -> None:
    assert read_article(PAGE.encode(), "html") == read_article(PAGE.encode(), "html", options=HERE)


def test_errors_name_the_file_and_keep_their_kind(tmp_path: Path) -> None:
    page, binary, rows = tmp_path / "a.html", tmp_path / "b.txt", tmp_path / "c.jsonl"
    page.write_text("<html></html>")
    binary.write_bytes(bytes(range(256)) * 50)
    rows.write_text("{}\n")
    with pytest.raises(ExtractionError, match=f"{page}: no article found"):
        read_article(page, options=HERE)
    with pytest.raises(DecodingError, match=f"{binary}: "):
        read_article(binary)
    with pytest.raises(CleanerError, match=f"{rows}: jsonl files hold many documents; name one of them by its row"):
        read_article(rows)
    with pytest.raises(CleanerError, match=r"none\.txt: No such file.*; name a text file or a page"):
        read_article(tmp_path / "none.txt")


def test_errors_about_bytes_name_no_file() -> None:
    with pytest.raises(ExtractionError, match=r"^no article found"):
        read_article(b"<html></html>", "html", options=HERE)
    with pytest.raises(CleanerError, match=r"^unknown format 'pdf'; choose one of text, html"):
        read_article(b"", "pdf")
