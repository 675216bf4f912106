"""``clean why FILE[:ROW][:LINE]``: the document that is meant, and the line of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.documents import read_row
from cleaner.errors import CleanerError
from cleaner.io.article import Article, ReadOptions, read_article
from cleaner.io.formats.base import Kind
from cleaner.io.formats.registry import ROW_KINDS, kind_of
from cleaner.io.paths import as_path, shown
from cleaner.model import DocumentInfo

__all__ = ["Source", "read_source"]

_NUMBERED = re.compile(r"(.+):(\d+)")


@dataclass(frozen=True, slots=True)
class Source:
    """A document, and the 1-based number of the line that is asked for; 0 for none."""

    text: str
    info: DocumentInfo
    line: int


def read_source(place: str, options: ReadOptions = ReadOptions(), url: str = "") -> Source:
    """Read the document that a place names.

    Args:
        place: the name of a file, with the number of a line behind it, or those of a row and a line: ``a.txt:3``,
            ``rows.jsonl:12:3``. "-" is standard input.
        options: how rows and pages are read.
        url: the address of a page, for its extractor.

    Raises:
        CleanerError: there is no such document, it cannot be read, or the numbers do not fit it.
    """
    path, numbers = _split(place)
    kind = kind_of(path)
    if kind in ROW_KINDS:
        return _read_row(path, kind, numbers, options)
    if numbers[1:] or numbers[:1] == [0]:
        raise CleanerError(f"{shown(path)}: is one document; name a line of it from 1 on, as {shown(path)}:12")
    article = _read_stdin(options) if str(path) == "-" else read_article(path, kind, url, options)
    return Source(article.text, article.info, numbers[0] if numbers else 0)


def _read_stdin(options: ReadOptions) -> Article:
    try:
        return read_article(sys.stdin.buffer.read(), options=options)
    except CleanerError as error:
        raise CleanerError(f"-: {error}") from None


def _split(place: str) -> tuple[Path, list[int]]:
    """The file, and at most two numbers behind it; a number that is part of a file's name stays there."""
    name, numbers = place, list[int]()
    for _ in range(3):
        found = _NUMBERED.fullmatch(name)
        if name == "-" or found is None or as_path(name).exists():
            break
        name, numbers = found[1], [int(found[2]), *numbers]
    return as_path(name), numbers[:2]


def _read_row(path: Path, kind: Kind, numbers: Sequence[int], options: ReadOptions) -> Source:
    if not numbers:
        raise CleanerError(f"{shown(path)}: holds many documents; name a row, as {shown(path)}:12")
    found = read_row(path, kind, numbers[0], options)
    return Source(found.text, found.info, numbers[1] if len(numbers) > 1 else 0)
