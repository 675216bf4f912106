"""Articles out of HTML pages, by trafilatura."""

from __future__ import annotations

import logging

from cleaner.decoding import decode
from cleaner.errors import ExtractionError
from cleaner.model import Document

__all__ = ["SUFFIXES", "extract"]

SUFFIXES = (".html", ".htm")


def extract(page: bytes | str, url: str = "") -> tuple[str, Document, str]:
    """The article of a page: its text, what the page says about it, and the page's encoding.

    Comments are left out. trafilatura's own removal of repeated lines stays off: it remembers lines across pages,
    so its result would depend on the order of the files.

    Raises:
        DecodingError: the page is not text.
        ExtractionError: no article was found.
    """
    encoding = ""
    if isinstance(page, bytes):
        decoded = decode(page, html=True)
        page, encoding = decoded.text, decoded.encoding
    # trafilatura costs half a second to import; folders of plain text never need it.
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its warnings name no file
    found = bare_extraction(page, url=url or None, include_comments=False, deduplicate=False, with_metadata=True)
    text = getattr(found, "text", None)
    if not text:
        raise ExtractionError("no article found in the page; look at it, or leave it out with --exclude")
    fields = {
        name: str(getattr(found, attribute, None) or "")
        for name, attribute in (
            ("title", "title"),
            ("url", "url"),
            ("author", "author"),
            ("date", "date"),
            ("site", "sitename"),
        )
    }
    return str(text).rstrip("\n") + "\n", Document(**{**fields, "url": url or fields["url"]}), encoding
