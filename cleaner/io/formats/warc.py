"""Web archives: the articles of the HTML pages in a WARC file, as rows of JSON Lines."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleaner.errors import CleanerError, extra_advice
from cleaner.io.compression import codec_of
from cleaner.io.extractors.base import Extract
from cleaner.io.extractors.registry import extract
from cleaner.io.formats.base import FieldNames, Row, RowFormat, RowOptions, Shard
from cleaner.io.problems import RowsError
from cleaner.text.decoding import decode

__all__ = ["Page", "WarcFormat"]

_HTML_TYPES = ("text/html", "application/xhtml+xml")
# Longer pages hold no article; a few kB of gzip can hold gigabytes.
_MOST_BYTES = 32 << 20
_ZSTD, _LZ4 = b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"


class Page(NamedTuple):
    """An HTML page of the archive as the server sent it, or why it cannot be read.

    ``encodings`` are the values of Content-Encoding and Transfer-Encoding in the order in which to undo them.
    """

    id: str
    url: str
    date: str
    content_type: str
    body: bytes
    encodings: tuple[str, ...] = ()
    error: str = ""


class _Pages:
    """The pages of a shard, and the rows made of them.

    Extracting takes long and ``encode`` needs the rows again, so each row is made once for the same names of fields.
    """

    def __init__(self, pages: list[Page]) -> None:
        self.pages = pages
        self._keys = FieldNames()
        self._rows: dict[int, Row] = {}

    def row(self, index: int, make: Callable[[Page, FieldNames], Row], keys: FieldNames | None = None) -> Row:
        """The row of a page; without ``keys``, with the names of fields of the last call."""
        if keys is not None and keys != self._keys:
            self._keys, self._rows = keys, {}
        if index not in self._rows:
            self._rows[index] = make(self.pages[index], self._keys)
        return self._rows[index]


class WarcFormat(RowFormat):
    """HTML pages of a WARC file, for reading only: what ``encode`` gives is JSON Lines.

    Rows are the response records that hold HTML and no error status (a "404 Not Found" holds no article), counted from
    1; all other records are skipped. Fields have the names in ``keys``, and ``warc_date`` is when the page was fetched.

    Args:
        extract: takes the article out of a page, as ``cleaner.io.extractors.registry.extract`` does.
    """

    name = "warc"
    suffixes = (".warc",)
    compressible = True
    is_structured = True
    pipeable = False
    written_as = "jsonl"
    unpacks = True
    keeps_bad_rows = False

    def __init__(self, extract: Extract = extract) -> None:
        self.extract = extract

    def with_options(self, options: RowOptions) -> WarcFormat:
        """See ``RowFormat``. A line of JSON takes any field, so ``added`` ones need not be known."""
        return WarcFormat(options.extract) if options.extract else WarcFormat()

    def result_name(self, source: Path, others: Collection[Path]) -> Path:
        """The name of the rows: ``a.warc.gz`` becomes ``a.jsonl.gz``.

        >>> WarcFormat().result_name(Path("a.warc.gz"), ()).name
        'a.jsonl.gz'
        """
        codec = source.suffix if codec_of(source) else ""
        return source.with_name(source.name.removesuffix(codec).removesuffix(".warc") + ".jsonl" + codec)

    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """See ``RowFormat``. ``source`` must be seekable. A damaged file ends in an error after its last whole page.

        Raises:
            CleanerError: fastwarc is not installed.
        """
        first, size, pages = 1, 0, []
        damage: RowsError | None = None
        try:
            for page in _pages(source):
                pages.append(page)
                size += len(page.body)
                if size >= least_bytes:
                    yield Shard(first, _Pages(pages))
                    first, size, pages = first + len(pages), 0, []
        except RowsError as error:
            damage = error
        if pages:
            yield Shard(first, _Pages(pages))
        if damage is not None:
            raise damage

    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """See ``RowFormat``. Pages without an article are errors."""
        pages: _Pages = shard.data
        for index in range(len(pages.pages)):
            row = pages.row(index, self._extracted, keys)
            yield row._replace(number=shard.first + index)

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """One line of JSON for each row. Pages without an article are left out."""
        pages: _Pages = shard.data
        lines = []
        for index in range(len(pages.pages)):
            number = shard.first + index
            if number not in dropped:
                row = pages.row(index, self._extracted)
                if not row.error:
                    lines.append(_line({**row.fields, **changes.get(number, {})}))
        return b"".join(lines)

    def _extracted(self, page: Page, keys: FieldNames) -> Row:
        """The row of a page. Its number is that of a single page; ``rows`` replaces it."""
        found = {keys.id: page.id, keys.url: page.url}
        if page.error:
            return Row(1, found, "", f"{page.url}: {page.error}")
        try:
            body = decode(_plain(page), page.content_type, html=True).text
            text, info, *_ = self.extract(body, page.url)
        # lxml and trafilatura fail on some pages; one of these must not end the run on a whole archive.
        except (CleanerError, ValueError, RecursionError) as error:
            return Row(1, found, "", f"{page.url}: {error}")
        known = {getattr(keys, name): getattr(info, name) for name in ("title", "author", "date", "site")}
        return Row(
            1, {**found, **known, keys.text: text, "warc_date": page.date}, text, field=keys.text, page=info.page
        )


def _line(fields: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(fields, ensure_ascii=False).encode("utf-8") + b"\n"
    except UnicodeEncodeError:  # lone surrogates out of character references
        return json.dumps(fields).encode("ascii") + b"\n"


def _fastwarc() -> Any:
    try:
        import fastwarc.warc
    except ImportError:
        raise CleanerError(f"WARC files need FastWARC: {extra_advice('warc')}") from None
    return fastwarc.warc


class _Tap:
    """The plain bytes of an archive, as a stream that ends where the data ends or is damaged, and that knows why.

    FastWARC cannot tell a file that was cut off from one that ended. Python's gzip can, but it raises, and what stands
    before the damage would be lost.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read, self._place, self._tail, self._damage = read, 0, b"", ""

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            self._damage = str(error)
            return b""
        self._place += len(data)
        self._tail = (self._tail + data[-4:])[-4:]
        return data

    def tell(self) -> int:
        return self._place

    def damage(self) -> str:
        """Why the data that was read cannot be all of an archive; "" when it can. Every record ends in two lines."""
        whole = not self._tail or self._tail.endswith((b"\n\n", b"\n\r\n"))
        return self._damage or ("" if whole else "the file ends within a record")


def _tapped(source: IO[bytes]) -> _Tap | None:
    """An archive that is gzipped or plain; None for other compressions, whose end FastWARC checks."""
    start = source.read(4)
    source.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return _Tap(gzip.GzipFile(fileobj=source).read1)
    return None if start in (_ZSTD, _LZ4) else _Tap(source.read)


def _pages(source: IO[bytes]) -> Iterator[Page]:
    """The pages of an open archive.

    Raises:
        RowsError: the archive is damaged; the pages before are whole.
    """
    warc = _fastwarc()
    tap = _tapped(source)
    number = 0
    try:
        for record in warc.ArchiveIterator(tap or source, parse_http=False):
            page = _page(record, warc.WarcRecordType.response)
            number += 1
            if page is not None:
                yield page
    except (OSError, EOFError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, not the data
        raise _damaged(number, str(error)) from None
    if tap is not None and tap.damage():
        raise _damaged(number, tap.damage())


def _damaged(number: int, reason: str) -> RowsError:
    if not number:
        return RowsError(f"is not a WARC file, or damaged at its beginning ({reason}); fetch it again")
    return RowsError(f"is damaged or cut off after record {number} ({reason}); fetch it again")


def _page(record: Any, response: Any) -> Page | None:
    """The page in a record, None when it holds none.

    Raises:
        EOFError: the file ends within the record.
    """
    if record.headers.get("Content-Length") is None:
        raise EOFError("the file ends within the header of a record")
    if record.record_type != response or not record.is_http:
        length = record.content_length
        if record.consume() < length:
            raise EOFError("the file ends within a record")
        return None
    about = (record.record_id or "", (record.headers.get("WARC-Target-URI") or "").strip("<>"))
    date = record.headers.get("WARC-Date") or ""
    try:
        # Decoding is left to the workers: FastWARC ends the whole file without a word at a page that is not encoded
        # as it says, and crawlers write such pages.
        record.parse_http(auto_decode="none", quirks_mode=True)
    except OSError as error:
        return Page(*about, date, "", b"", error=f"its HTTP header cannot be read: {error}")
    # Whole records only, of skipped ones too: else the end of the file could go unnoticed.
    length, body = record.content_length, record.reader.read(_MOST_BYTES + 1)
    if len(body) < min(length, _MOST_BYTES + 1):
        raise EOFError("the file ends within a record")
    status = record.http_headers.status_code or 0
    if (record.http_content_type or "").lower() not in _HTML_TYPES or status >= 300:
        return None
    kind = record.http_headers.get("Content-Type") or ""
    if length > _MOST_BYTES:
        return Page(*about, date, kind, b"", error=_too_long())
    return Page(*about, date, kind, body, _encodings(record.http_headers))


def _too_long() -> str:
    return f"is longer than {_MOST_BYTES >> 20} MB, which no article is"


def _encodings(headers: Any) -> tuple[str, ...]:
    """What to undo, in this order: transfer encodings lie around content encodings, the last one outermost."""
    named = [*headers.get_multiple("Content-Encoding"), *headers.get_multiple("Transfer-Encoding")]
    names = [name.strip().lower() for value in named for name in value.split(",")]
    return tuple(name for name in reversed(names) if name not in ("", "identity"))


def _plain(page: Page) -> bytes:
    """The page without its encodings. Crawlers often undo them and keep the header; then the body stays as it is.

    Raises:
        CleanerError: the page is too long.
    """
    body = page.body
    for name in page.encodings:
        body = _decoded(body, name)
        if len(body) > _MOST_BYTES:
            raise CleanerError(_too_long())
    return body


def _decoded(body: bytes, name: str) -> bytes:
    if name == "chunked":
        return _unchunked(body)
    if name in ("gzip", "x-gzip"):
        return _inflated(body, 31)
    if name == "deflate":  # meant to be zlib; some servers send it bare
        return _inflated(body, 15 if body[:1] == b"\x78" else -15)
    if name in ("br", "zstd"):
        return _by_fastwarc(body, name)
    return body


def _inflated(body: bytes, window: int) -> bytes:
    """A truncated body gives what it holds."""
    try:
        return zlib.decompressobj(window).decompress(body, _MOST_BYTES + 1)
    except zlib.error:
        return body


def _by_fastwarc(body: bytes, name: str) -> bytes:
    from fastwarc import stream_io

    reader = stream_io.BrotliReader if name == "br" else stream_io.ZstdReader
    try:
        return bytes(reader(io.BytesIO(body)).read(_MOST_BYTES + 1))
    except OSError:
        return body


def _unchunked(body: bytes) -> bytes:
    r"""A body without its chunk sizes; one that is not chunked as it was.

    >>> _unchunked(b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n")
    b'abcde'
    >>> _unchunked(b"<p>not chunked")
    b'<p>not chunked'
    """
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\r\n", at, at + 1000)) >= 0:
        try:
            size = int(body[at:end].partition(b";")[0].strip(), 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    # What ends within a chunk was cut off by the server; what goes wrong otherwise was never chunked.
    return b"".join(parts) if parts and at >= len(body) else body
