"""Read a document: the one way from a file, or from its bytes, to the text of an article."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from cleaner.errors import CleanerError
from cleaner.io.compression import codec_of, open_decoded
from cleaner.io.extractors.base import Article, Extract
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR, extract
from cleaner.io.extractors.sandbox import extract_in_sandbox
from cleaner.io.formats.base import MOST_BYTES, FieldNames, Kind, RowOptions
from cleaner.io.formats.registry import DEFAULT_KIND, document_format, kind_of
from cleaner.io.paths import named_errors, shown
from cleaner.text.decoding import decode

__all__ = ["Article", "ReadOptions", "read_article", "read_limited"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How documents are read.

    Attributes:
        keys: the names of the fields of rows.
        encoding: the encoding of texts, pages and CSV, by a label of the WHATWG Encoding Standard or a name of
            Python's; "" to find it out for each of them.
        extractor: the name of the extractor that takes the article out of a page.
        page_seconds: how long that may take for one page. Pages are read in a process of their own, because they can
            hang or crash what reads them. None: they are read in this process, however long it takes; that spares the
            start of the other process, which takes about a second.
        max_bytes: the longest document that is read, in bytes. A longer one is an error.
        delimiter: what stands between the fields of CSV; "" to find it out for each file.
        page_lines: whether articles come with what their page says about its lines; a scorer makes use of it.
    """

    keys: FieldNames = field(default_factory=FieldNames)
    extractor: str = DEFAULT_EXTRACTOR
    page_seconds: float | None = 30.0
    encoding: str = ""
    max_bytes: int = MOST_BYTES
    delimiter: str = ""
    page_lines: bool = False

    @property
    def extract(self) -> Extract:
        """Takes the article out of a page, as these options say."""
        if self.page_seconds is None:
            return partial(extract, extractor=self.extractor, page_lines=self.page_lines)
        return partial(
            extract_in_sandbox, extractor=self.extractor, seconds=self.page_seconds, page_lines=self.page_lines
        )

    @property
    def rows(self) -> RowOptions:
        """How files of rows are read."""
        return RowOptions((), self.extract, self.max_bytes, self.encoding, self.delimiter)


def read_article(
    source: Path | bytes, kind: Kind | None = None, url: str = "", options: ReadOptions = ReadOptions()
) -> Article:
    """The text of a document, what its source says about it, and its encoding.

    Args:
        source: a file that is one document, or the content of one.
        kind: the name of its format; by default the suffix of the file decides, and bytes are plain text.
        url: the address of the document, where it is known.
        options: how it is read.

    Raises:
        CleanerError: the file cannot be read, is not text, has no article, or holds rows. The message begins with the
            path of the file, if there is one, and says what to do.

    >>> read_article(b"The council met on Tuesday.\\n").text
    'The council met on Tuesday.\\n'
    """
    if isinstance(source, bytes):
        return _read(source, kind or DEFAULT_KIND, url, options)
    try:
        return _read(read_limited(source, options.max_bytes), kind or kind_of(source) or DEFAULT_KIND, url, options)
    except OSError as error:
        raise CleanerError(f"{shown(source)}: {error.strerror or error}; name a text file or a page") from None
    except CleanerError as error:
        raise type(error)(f"{shown(source)}: {error}") from None


def read_limited(source: Path | IO[bytes], most: int) -> bytes:
    """The content of a file or stream that is one document; of a file without its compression.

    Raises:
        CleanerError: it is longer than ``most`` bytes.
        OSError: it cannot be read.

    >>> import io
    >>> read_limited(io.BytesIO(b"The council met."), 10)
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: is longer than 10 bytes; raise --max-document-bytes to clean it, or split it
    """
    if not hasattr(source, "read"):  # not all remote paths are a Path
        if codec_of(source):
            with open_decoded(source) as stream:
                return read_limited(stream, most)
        with named_errors(source):
            if source.stat().st_size > most:
                raise _too_long(most)
            data = source.read_bytes()
    else:
        data = source.read(min(most, sys.maxsize - 1) + 1)
    if len(data) > most:
        raise _too_long(most)
    return data


def _too_long(most: int) -> CleanerError:
    return CleanerError(f"is longer than {most:,} bytes; raise --max-document-bytes to clean it, or split it")


def _read(data: bytes, kind: Kind, url: str, options: ReadOptions) -> Article:
    form = document_format(kind)
    if not options.encoding:
        return form.read(data, url, options.extract)
    decoded = decode(data, encoding=options.encoding)
    return form.read_text(decoded.text, url, options.extract)._replace(encoding=decoded.encoding)
