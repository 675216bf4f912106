"""HTML pages."""

from __future__ import annotations

from cleaner.io.extractors.base import Article
from cleaner.io.formats.html import HtmlFormat
from cleaner.model import DocumentInfo


def test_the_extractor_gets_the_page_and_its_address() -> None:
    calls = []

    def extract(page: bytes | str, url: str) -> Article:
        calls.append((page, url))
        return Article("text\n", DocumentInfo(), "")

    assert HtmlFormat().read(b"<p>", "u", extract).text == "text\n"
    assert calls == [(b"<p>", "u")]
