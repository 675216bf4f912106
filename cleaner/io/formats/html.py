"""HTML pages: an extractor takes the article out of each."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from cleaner.io.compression import codec_of
from cleaner.io.extractors.base import Article, Extract
from cleaner.io.formats.base import DocumentFormat

__all__ = ["HtmlFormat"]


class HtmlFormat(DocumentFormat):
    """Pages, for reading only: the results are texts."""

    name = "html"
    suffixes = (".html", ".htm")
    written_as = "text"
    compressible = True

    def read(self, data: bytes, url: str, extract: Extract) -> Article:
        """See ``DocumentFormat``."""
        return extract(data, url)

    def read_text(self, text: str, url: str, extract: Extract) -> Article:
        """See ``DocumentFormat``."""
        return extract(text, url)

    def result_name(self, source: Path, others: Collection[Path]) -> Path:
        """The name of the text: ``a.html`` becomes ``a.txt``, or ``a.html.txt`` where there is an ``a.txt`` already.

        >>> HtmlFormat().result_name(Path("a.html.gz"), {Path("a.txt.gz")}).name
        'a.html.txt.gz'
        """
        codec = source.suffix if codec_of(source) else ""
        page = source.with_name(source.name.removesuffix(codec))
        short = page.with_name(page.with_suffix(".txt").name + codec)
        return page.with_name(f"{page.name}.txt{codec}") if short in others else short
