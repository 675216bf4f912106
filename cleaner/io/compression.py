"""Compressed files by their last suffix: gzip from the standard library, Zstandard as an extra."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

from cleaner.errors import CleanerError, extra_advice
from cleaner.io.paths import open_source
from cleaner.io.problems import RowsError

__all__ = [
    "CODECS",
    "MOST_EXPANDED",
    "CutOffError",
    "OpenFile",
    "beginning",
    "codec_of",
    "compress",
    "open_decoded",
    "open_file",
]

CODECS = {".gz": "gzip", ".zst": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_GZIP_LEVEL = 6
_ZSTD_LEVEL = 3
_CHUNK = 1 << 17
_FREE_BYTES = 64 << 20  # less harms nobody

MOST_EXPANDED = 250
"""How many times its size a compressed file may become. Text shrinks to a third or a tenth, the same article over and
over to a hundredth; what shrinks to a thousandth was made to harm."""


class CutOffError(RowsError):
    """Compressed data end too early. What was read of them before is right."""


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


class OpenFile(NamedTuple):
    """A file that is open for reading.

    Attributes:
        stream: its content, decompressed.
        raw: the bytes on disk; the position of ``raw`` tells how far reading got.
    """

    stream: IO[bytes]
    raw: IO[bytes]


@contextmanager
def open_decoded(path: Path) -> Iterator[IO[bytes]]:
    """The content of a file, decompressed as its suffix says.

    Raises:
        CutOffError: from the block, when the compressed data end too early.
        RowsError: from the block, when they are damaged, or expand more than text does.
        CleanerError: Zstandard is not installed.
    """
    with open_file(path) as opened:
        yield opened.stream


@contextmanager
def open_file(path: Path, decode: bool = True) -> Iterator[OpenFile]:
    """The same, with the file as it lies on disk; not decompressed when ``decode`` is False."""
    codec = codec_of(path) if decode else ""
    with open_source(path) as raw:
        if not codec:
            # Not all files of other machines can read a line up to a limit.
            yield OpenFile(raw if isinstance(raw, io.BufferedIOBase) else io.BufferedReader(raw, _CHUNK), raw)
            return
        damage: tuple[type[Exception], ...] = (EOFError, gzip.BadGzipFile, zlib.error)
        if codec == "gzip":
            inner: Any = gzip.GzipFile(fileobj=raw)
        else:
            zstandard = _zstandard()
            damage = (zstandard.ZstdError, EOFError)
            inner = _WholeFrames(zstandard, raw)
        stream = io.BufferedReader(_Expanded(inner, raw), _CHUNK)
        try:
            yield OpenFile(stream, raw)
        except damage as error:
            advice = "get the file again, or unpack what can be read of it"
            if isinstance(error, EOFError):
                raise CutOffError(f"is cut off; {advice}") from None
            raise RowsError(f"is damaged ({error}); {advice}") from None


def beginning(path: Path, most: int) -> bytes:
    """Up to so many first bytes of a file, decompressed as the file itself says: its name may say nothing, as that of a
    file which is not finished, and its end may be missing.

    Raises:
        OSError: the file cannot be read.
        CleanerError: Zstandard is not installed.
    """
    with path.open("rb") as raw:
        head = raw.read(most)
        codec = next((codec for magic, codec in _MAGIC.items() if head.startswith(magic)), "")
        if not codec:
            return head
        raw.seek(0)
        try:
            if codec == "gzip":
                return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(raw.read(_CHUNK), most)
            zstandard = _zstandard()
            with zstandard.ZstdDecompressor().stream_reader(raw) as stream:
                return bytes(stream.read(most))
        except zlib.error:
            return head
        except Exception as error:
            if type(error).__name__ != "ZstdError":
                raise
            return head


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise CleanerError(f"reading and writing .zst needs zstandard: {extra_advice('zst')}") from None
    return zstandard


class _Expanded(io.RawIOBase):
    """Decompressed data, as long as they are not far more than what they were made of."""

    def __init__(self, inner: Any, raw: IO[bytes]) -> None:
        # Not more at once than is there: what stands before the place where a file is cut off comes out.
        self._readinto = getattr(inner, "readinto1", inner.readinto)
        self._raw, self._size = raw, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count = int(self._readinto(buffer))
        self._size += count
        if self._size > _FREE_BYTES and self._size > MOST_EXPANDED * self._raw.tell():
            raise RowsError(
                f"expands to more than {MOST_EXPANDED} times its size, which no text does; "
                "unpack it yourself if you know where it comes from"
            )
        return count


class _WholeFrames:
    """The content of a Zstandard file. The library's own reader cannot tell a file that is cut off from one that ends.

    It is fed little at a time: a kilobyte can become 32 MB.
    """

    _CHUNK = 1 << 10

    def __init__(self, zstandard: Any, raw: IO[bytes]) -> None:
        self._chunks = self._decompressed(zstandard, raw)
        self._left = memoryview(b"")

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = memoryview(next(self._chunks, b""))
        count = min(len(buffer), len(self._left))
        buffer[:count] = self._left[:count]
        self._left = self._left[count:]
        return count

    def _decompressed(self, zstandard: Any, raw: IO[bytes]) -> Iterator[bytes]:
        frame = None
        data = raw.read(self._CHUNK)
        while data:
            if frame is None:
                frame = zstandard.ZstdDecompressor().decompressobj()
            if out := frame.decompress(data):
                yield out
            data = b""
            if frame.eof:
                data, frame = frame.unused_data, None
            data = data or raw.read(self._CHUNK)
        if frame is not None:
            raise EOFError("it is cut off")
