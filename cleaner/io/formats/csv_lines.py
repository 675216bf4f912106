"""The lines of a CSV file as text, whatever its encoding."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from typing import IO

from cleaner.errors import CleanerError
from cleaner.io.problems import RowsError
from cleaner.io.streams import Joined
from cleaner.text.charsets import codec_of_label
from cleaner.text.decoding import MIXED, decode

__all__ = ["CsvLines"]

_SAMPLE = 1 << 18
_UTF8 = ("utf-8", "utf-8-sig")  # a mark stays where it is: it is part of the first line


class CsvLines:
    """Lines as the csv module wants them, which also end at a lone carriage return, with their ends as they are.

    The encoding is the one that is named; else the byte order mark or the first quarter of a megabyte tells. Bytes that
    the encoding does not have are surrogates (surrogateescape).

    Args:
        source: the file.
        most: the longest line, in bytes; a longer one comes in pieces.
        encoding: a label of an encoding, or "" to find it out.

    Attributes:
        encoding: Python's name of the encoding.
        notes: what the user should know about it.

    Raises:
        RowsError: the file is binary.

    >>> lines = CsvLines(io.BytesIO("id;text\\n1;café\\n".encode("utf-16")), 1000)
    >>> list(lines), lines.encoding
    (['id;text\\n', '1;café\\n'], 'utf-16')
    """

    def __init__(self, source: IO[bytes], most: int, encoding: str = "") -> None:
        self._source, self._limit = source, min(most, sys.maxsize - 1) + 1
        self._begin = b"" if encoding else _beginning(source)
        self.encoding = codec_of_label(encoding) or encoding if encoding else _found_out(self._begin)
        self.notes: tuple[str, ...] = ()
        if self.encoding not in _UTF8:
            advice = "" if encoding or self.encoding.startswith("utf") else "; --encoding names another"
            self.notes = (f"is in {self.encoding} and written in UTF-8{advice}",)

    def __iter__(self) -> Iterator[str]:
        for line in self._utf8_lines() if self.encoding in _UTF8 else self._decoded_lines():
            if "\r" in line.removesuffix("\r\n"):
                yield from io.StringIO(line, newline="")
            else:
                yield line

    def _utf8_lines(self) -> Iterator[str]:
        source = Joined(self._begin, self._source)
        while line := source.readline(self._limit):
            yield line.decode("utf-8", "surrogateescape")

    def _decoded_lines(self) -> Iterator[str]:
        """The same out of an encoding in which a newline may be more than one byte."""
        raw = io.BufferedReader(Joined(self._begin, self._source))
        text = io.TextIOWrapper(raw, self.encoding, "surrogateescape", newline="\n")
        try:
            while line := text.readline(self._limit):
                yield line
        except UnicodeError as error:
            raise RowsError(f"is not in {self.encoding}: {error}; name its encoding with --encoding") from None
        finally:
            text.detach()


def _beginning(source: IO[bytes]) -> bytes:
    """As much of a file as is there at once, up to a limit: nobody must wait for rows that are still to come."""
    read = getattr(source, "read1", source.read)
    data: bytes = read(_SAMPLE)
    while data.isascii() and len(data) < _SAMPLE and hasattr(source, "raw") and source.raw.seekable():
        more = read(_SAMPLE - len(data))
        if not more:
            break
        data += more
    return data


def _found_out(begin: bytes) -> str:
    """The encoding of a file that begins so."""
    if begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(begin)  # a character may be cut at the end
        if b"\0" not in begin:
            return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        found = decode(begin[: len(begin) // 2 * 2]).encoding
    except CleanerError:
        return "utf-8"  # rows that cannot be read are reported one by one
    return "utf-8" if found == MIXED else found
