"""Plain text: the file is the document."""

from __future__ import annotations

from cleaner.io.extractors.base import Article, Extract
from cleaner.io.formats.base import DocumentFormat
from cleaner.model import DocumentInfo
from cleaner.text.decoding import decode

__all__ = ["TextFormat"]


class TextFormat(DocumentFormat):
    """Text in any encoding.

    >>> TextFormat().read(b"\\xff\\xfeO\\0k\\0", "", lambda page, url: NotImplemented).text
    'Ok'
    """

    name = "text"
    suffixes = (".txt", ".md")
    compressible = True

    def read(self, data: bytes, url: str, extract: Extract) -> Article:
        """See ``DocumentFormat``. A text says nothing about itself but the ``url``."""
        decoded = decode(data)
        return Article(decoded.text, DocumentInfo(url=url), decoded.encoding, decoded.flags)

    def read_text(self, text: str, url: str, extract: Extract) -> Article:
        """See ``DocumentFormat``."""
        return Article(text, DocumentInfo(url=url), "")
