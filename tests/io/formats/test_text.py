"""Plain text."""

from __future__ import annotations

from cleaner.io.formats.text import TextFormat
from cleaner.model import DocumentInfo


def no_page(page: bytes | str, url: str) -> object:
    raise AssertionError("a text is not a page")


def test_tags_in_a_text_stay() -> None:
    text, info, encoding, _ = TextFormat().read("A <b>bridge</b>…".encode(), "https://a.example", no_page)  # type: ignore[arg-type]
    assert (text, encoding) == ("A <b>bridge</b>…", "utf-8")
    assert info == DocumentInfo(url="https://a.example")
