"""Read a stream of JSON value by value, and keep of it what is in no piece yet."""

from __future__ import annotations

import json
import re
from typing import IO

from cleaner.io.problems import RowsError

__all__ = ["CHUNK", "SAMPLED", "JsonReader"]

CHUNK = 1 << 18
"""How much is read at once, in bytes."""

SAMPLED = 50
"""How many elements of an array are looked at to see what they are."""

_BLANK = re.compile(rb"[ \t\r\n\x1e]*+")  # with the separator of RFC 7464
_PLAIN = re.compile(rb'[^"{}\[\]]*+')
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_SCALAR = re.compile(rb'[^ \t\r\n,\]}\[{":]*+')
_SAMPLE_BYTES = 1 << 20
_QUOTE, _OPENING = b'"'[0], b"{["
_CUT_OFF = "is cut off: it ends within a value; get the file again"


class JsonReader:
    """A stream of JSON, for a class that cuts it into pieces.

    What was read and is in no piece yet stays in memory, from ``_mark`` on; ``_at`` is the place that is looked at.

    Args:
        source: the stream.
        most: the longest key, and the longest element that is looked at, in bytes.
    """

    def __init__(self, source: IO[bytes], most: int) -> None:
        self._source, self._most = source, most
        self._data, self._mark, self._at, self._ended = b"", 0, 0, False
        self._depth, self._in_string, self._is_behind = 0, False, False

    @property
    def _read(self) -> int:
        """How much was read that is in no piece yet. It stays the same when more is read, unlike places in the data."""
        return self._at - self._mark

    def _from(self, start: int) -> bytes:
        return self._data[self._mark + start : self._at]

    def _fill(self) -> bool:
        """Read more; what is in no piece yet stays."""
        if self._ended:
            return False
        more = self._source.read(CHUNK)
        self._ended = not more
        self._data = self._data[self._mark :] + more
        self._at -= self._mark
        self._mark = 0
        return bool(more)

    def _next(self) -> bytes | None:
        """The next character that is no blank; None at the end."""
        while True:
            self._at = _end(_BLANK, self._data, self._at)
            if self._at < len(self._data):
                return self._data[self._at : self._at + 1]
            if not self._fill():
                return None

    def _must_go_on(self) -> bytes:
        char = self._next()
        if char is None:
            raise RowsError(_CUT_OFF)
        return char

    def _key(self) -> str:
        start = self._read
        if self._data[self._at] != _QUOTE or not self._skip(self._most):
            raise RowsError(f"is not JSON: there should be a key in quotes, {self._where()}")
        key = self._from(start)
        if self._must_go_on() != b":":
            raise RowsError(f"is not JSON: there should be a colon behind a key, {self._where()}")
        self._at += 1
        try:
            return str(json.loads(key))
        except ValueError:
            return ""

    def _where(self) -> str:
        near = self._data[max(0, self._at - 20) : self._at + 20].decode("utf-8", "replace")
        return f"near {near!r}"

    def _scalar(self) -> None:
        start = self._read
        while True:
            self._at = _end(_SCALAR, self._data, self._at)
            if self._at < len(self._data) or not self._fill():
                break
        if self._read == start:
            raise RowsError(f"is not JSON, {self._where()}")

    def _skip(self, most: int, resumes: bool = False) -> bool:
        """Go behind the value that begins here; False when it is longer than ``most``, and may go on.

        Called again with ``resumes``, it goes on from there.
        """
        if not resumes:
            self._depth, self._in_string, self._is_behind = 0, False, False
        if self._is_behind:
            return True
        if not resumes and self._data[self._at] not in b'"{[':
            self._scalar()
            return True
        start = self._read
        while True:
            self._is_behind = self._step()
            if self._read - start > most:
                return False
            if self._is_behind:
                return True
            if not self._fill():
                raise RowsError(_CUT_OFF)

    def _step(self) -> bool:
        """Go on to the end of the value, or of what was read; whether it was the end of the value."""
        data, at, depth = self._data, self._at, self._depth
        try:
            while True:
                if self._in_string:
                    at = _end(_IN_STRING, data, at)
                    if at >= len(data) or data[at] != _QUOTE:
                        return False  # or in front of a backslash whose character is not there yet
                    at += 1
                    self._in_string = False
                else:
                    at = _end(_PLAIN, data, at)
                    if at >= len(data):
                        return False
                    char = data[at]
                    at += 1
                    if char == _QUOTE:
                        self._in_string = True
                        continue
                    depth += 1 if char in _OPENING else -1
                if depth <= 0:
                    return True
        finally:
            self._at, self._depth = at, depth

    def _sampled(self) -> tuple[bytes, ...]:
        """The first elements of the array that begins here; reading stays where it is."""
        start = self._read
        self._at += 1
        found: list[bytes] = []
        try:
            while len(found) < SAMPLED and self._read - start < _SAMPLE_BYTES:
                char = self._next()
                if char in (None, b"]"):
                    break
                if char == b",":
                    self._at += 1
                    continue
                begin = self._read
                if not self._skip(self._most):
                    break
                found.append(self._from(begin))
        except RowsError:
            pass  # it comes again when the rows are read
        self._at = self._mark + start
        return tuple(found)


def _end(pattern: re.Pattern[bytes], data: bytes, at: int) -> int:
    found = pattern.match(data, at)
    return found.end() if found else at
