"""Streams whose beginning was read already, to see what they are."""

from __future__ import annotations

import io
import sys
from typing import IO

__all__ = ["Joined"]


class Joined(io.RawIOBase):
    """A stream with the bytes that were read of it already. It waits for no more than one read of the rest.

    >>> Joined(b"The council ", io.BytesIO(b"met.")).read()
    b'The council met.'
    """

    def __init__(self, begin: bytes, rest: IO[bytes]) -> None:
        self._begin, self._at, self._rest = begin, 0, rest
        self._read = getattr(rest, "read1", rest.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._begin[self._at : self._at + len(view)]
        self._at += len(data)
        data = data or self._read(len(view))
        view[: len(data)] = data
        return len(data)

    def readline(self, size: int | None = -1, /) -> bytes:
        limit = sys.maxsize if size is None or size < 0 else size
        if self._at >= len(self._begin):
            return self._rest.readline(limit)
        end = self._begin.find(b"\n", self._at) + 1 or len(self._begin)
        line = self._begin[self._at : min(end, self._at + limit)]
        self._at += len(line)
        if not line.endswith(b"\n") and len(line) < limit:
            line += self._rest.readline(limit - len(line))
        return line
