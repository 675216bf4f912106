"""Files that grow piece by piece and get their name when they are whole."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cleaner.io.atomic import temporary_name
from cleaner.io.compression import codec_of, compress
from cleaner.io.formats.base import Kind
from cleaner.io.formats.registry import row_format
from cleaner.io.marks import mark
from cleaner.io.owned import close_owned, open_owned
from cleaner.io.paths import is_remote, staging, upload

__all__ = ["GrowingFile", "growing"]

_PREFIX_BYTES = 8
_CHUNK = 1 << 20


class GrowingFile:
    """A file that is written under a temporary name and gets its own when it is whole.

    Args:
        path: its name in the end.
        codec: how each piece is compressed, as :func:`cleaner.io.compression.compress` takes it.
        length: how many bytes of an earlier attempt to keep; 0 starts anew.
    """

    def __init__(self, path: Path, codec: str = "", length: int = 0) -> None:
        self.path, self._codec = path, codec
        self.partial = self.partial_of(path)
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self._stream: IO[bytes] = open_owned(self.partial)[0]
        self._digest = _digest_of(self._stream, length)
        self._stream.truncate(length)
        self._stream.seek(length)

    @staticmethod
    def partial_of(path: Path) -> Path:
        """The temporary name; a remote file grows on this machine."""
        return (staging(path) if is_remote(path) else path.parent) / temporary_name(path.name, ".partial")

    @classmethod
    def has(cls, path: Path, length: int, digest: str = "") -> bool:
        """Whether so many bytes of an earlier attempt are there, with this digest if it is known."""
        if not length:
            return True
        partial = cls.partial_of(path)
        try:
            if partial.is_symlink() or partial.stat().st_size < length:
                return False
            with partial.open("rb") as stream:
                return not digest or _digest_of(stream, length).hexdigest() == digest
        except OSError:
            return False

    def append(self, data: bytes) -> None:
        """Add a piece."""
        if data:
            self._write(compress(data, self._codec))

    def _write(self, data: bytes) -> None:
        self._stream.write(data)
        self._digest.update(data)

    @property
    def digest(self) -> str:
        """A digest of all that was written: after a power cut a file can have its length and hold zeros."""
        return str(self._digest.hexdigest())

    def flush(self) -> int:
        """Hand everything to the system, and return the length of the file in bytes."""
        self._stream.flush()
        return self._stream.tell()

    def sync(self) -> None:
        """Hand everything to the disk, so that it is there after a power cut too."""
        self._stream.flush()
        os.fsync(self._stream.fileno())

    def finish(self, mode: int | None = None) -> None:
        """Give the file its name; ``mode`` are its permission bits."""
        self.sync()
        if not is_remote(self.path) and os.name != "nt":  # Windows renames no file that is open
            self._name(self.partial, mode)
        close_owned(self._stream)
        if is_remote(self.path) or os.name == "nt":
            self._name(self.partial, mode)

    def _name(self, whole: Path, mode: int | None) -> None:
        if is_remote(self.path):
            upload(whole, self.path)
            whole.unlink()
            with suppress(OSError):
                whole.parent.rmdir()
            return
        if mode is not None:
            whole.chmod(mode)
        mark(whole, self.digest)
        whole.replace(self.path)

    def keep(self) -> None:
        """Close the file as it is, for a later attempt."""
        with suppress(OSError):
            close_owned(self._stream)

    def discard(self) -> None:
        """Remove what was written."""
        self.partial.unlink(missing_ok=True)
        self.keep()


class _GrowingPieces(GrowingFile):
    """A file that cannot be cut and continued. Its pieces wait, each behind its length, until all of them are there.

    Args:
        path: the name of the file in the end.
        join: writes the file that consists of the pieces.
        length: how many bytes of an earlier attempt to keep; 0 starts anew.
    """

    def __init__(self, path: Path, join: Callable[[Iterable[bytes], Path], None], length: int = 0) -> None:
        super().__init__(path, length=length)
        self._join = join

    def append(self, data: bytes) -> None:
        self._write(len(data).to_bytes(_PREFIX_BYTES, "little") + data)

    def finish(self, mode: int | None = None) -> None:
        whole = self.partial.with_suffix(".whole")
        whole.unlink(missing_ok=True)  # not written through, should it be a link
        try:
            self._join(self._pieces(), whole)
            with whole.open("rb") as stream:
                self._digest = _digest_of(stream, whole.stat().st_size)
                os.fsync(stream.fileno())
            self._name(whole, mode)
        finally:
            whole.unlink(missing_ok=True)
        self.discard()

    def _pieces(self) -> Iterator[bytes]:
        self._stream.flush()
        self._stream.seek(0)
        while prefix := self._stream.read(_PREFIX_BYTES):
            yield self._stream.read(int.from_bytes(prefix, "little"))


def _digest_of(stream: IO[bytes], length: int) -> Any:
    """The digest of the first bytes of a stream, to go on with."""
    digest, left = hashlib.blake2b(digest_size=8), length
    while left and (data := stream.read(min(left, _CHUNK))):
        digest.update(data)
        left -= len(data)
    return digest


def growing(path: Path, kind: Kind, length: int = 0) -> GrowingFile:
    """A growing file for the rows of a format; compressed as its suffix says.

    Args:
        path: the name of the file in the end.
        kind: the name of the format.
        length: how many bytes of an earlier attempt to keep; 0 starts anew.
    """
    form = row_format(kind)
    if not form.appendable:
        return _GrowingPieces(path, form.join, length)
    return GrowingFile(path, codec_of(path), length)
