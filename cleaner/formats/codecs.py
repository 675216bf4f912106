"""Compressed files by their last suffix: gzip from the standard library, Zstandard as an extra."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from cleaner.errors import CleanerError
from cleaner.formats.rows import RowsError

__all__ = ["CODECS", "codec_of", "compress", "open_decoded"]

CODECS = {".gz": "gzip", ".zst": "zstd"}
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3


def codec_of(path: Path) -> str:
    """The codec that the last suffix of a path names, or "".

    >>> codec_of(Path("rows.jsonl.gz")), codec_of(Path("rows.jsonl"))
    ('gzip', '')
    """
    return CODECS.get(path.suffix.lower(), "")


def compress(data: bytes, codec: str) -> bytes:
    """A whole gzip member or Zstandard frame; several of them in a row are one file. The same bytes each time."""
    if not codec or not data:
        return data
    if codec == "gzip":
        return gzip.compress(data, _GZIP_LEVEL, mtime=0)
    return cast(bytes, _zstandard().ZstdCompressor(level=_ZSTD_LEVEL).compress(data))


@contextmanager
def open_decoded(path: Path, decode: bool = True, read: list[IO[bytes]] | None = None) -> Iterator[IO[bytes]]:
    """A file opened for reading, decompressed as its suffix says unless ``decode`` is False.

    The file as it lies there is added to ``read``: its position tells how far reading got.

    Raises:
        RowsError: from the block, when the compressed data is damaged or cut off.
        CleanerError: Zstandard is not installed.
    """
    codec = codec_of(path) if decode else ""
    with path.open("rb") as raw:
        if read is not None:
            read.append(raw)
        if not codec:
            yield raw
            return
        damage: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)
        if codec == "gzip":
            stream: Any = gzip.GzipFile(fileobj=raw)
        else:
            zstandard = _zstandard()
            damage = (zstandard.ZstdError,)
            stream = _WholeFrames(zstandard, raw)
        try:
            yield stream
        except damage as error:
            what = "is cut off" if isinstance(error, EOFError) else f"is damaged ({error})"
            raise RowsError(f"{what}; get the file again, or unpack what can be read of it") from None


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise CleanerError("reading and writing .zst needs zstandard; install article-cleaner[zst]") from None
    return zstandard


class _WholeFrames:
    """Lines of a Zstandard file. The library's own reader takes a file that is cut off for one that ends."""

    _CHUNK = 1 << 17

    def __init__(self, zstandard: Any, raw: IO[bytes]) -> None:
        self._zstandard, self._raw = zstandard, raw

    def __iter__(self) -> Iterator[bytes]:
        rest = b""
        for chunk in self._chunks():
            lines = (rest + chunk).split(b"\n") if rest else chunk.split(b"\n")
            rest = lines.pop()
            for line in lines:
                yield line + b"\n"
        if rest:
            yield rest

    def read(self) -> bytes:
        return b"".join(self._chunks())

    def _chunks(self) -> Iterator[bytes]:
        frame = None
        data = self._raw.read(self._CHUNK)
        while data:
            if frame is None:
                frame = self._zstandard.ZstdDecompressor().decompressobj()
            if out := frame.decompress(data):
                yield out
            data = b""
            if frame.eof:
                data, frame = frame.unused_data, None
            data = data or self._raw.read(self._CHUNK)
        if frame is not None:
            raise self._zstandard.ZstdError("it is cut off")
