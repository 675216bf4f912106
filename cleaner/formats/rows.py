"""What every file of rows has in common: it is read in shards, each is cleaned on its own, and written in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any, NamedTuple, Protocol

from cleaner.errors import CleanerError
from cleaner.model import Document

__all__ = ["Keys", "Row", "RowFormat", "RowsError", "Shard", "document_of"]


class RowsError(CleanerError):
    """A file of rows cannot be read on: it is damaged, cut off, or not what its name says."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of the fields that matter. ``text`` must be there; the others tell more where they are."""

    text: str = "text"
    id: str = "id"
    title: str = "title"
    url: str = "url"
    author: str = "author"
    date: str = "date"
    site: str = "site"


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows that stand together in a file, as a worker gets them; picklable.

    Attributes:
        first: 1-based number of the first row in the file.
        data: the rows as their format has them.
    """

    first: int
    data: Any


class Row(NamedTuple):
    """One row: its 1-based number, its fields, its text, or why it has none.

    A row without text and without error (a blank line, a null) passes through as it is.
    """

    number: int
    fields: Mapping[str, Any]
    text: str
    error: str = ""


class RowFormat(Protocol):
    """A format of rows. Reading and writing happen in the parent process, the rest in workers."""

    def shards(self, source: IO[bytes], keys: Keys, least_bytes: int) -> Iterator[Shard]:
        """The rows of an open file in shards of about ``least_bytes``, the same ones each time.

        Raises:
            RowsError: the file is damaged, or lacks the text field where the format knows its fields beforehand. The
                message says at which row, and what to do; the caller adds the file's name.
        """

    def rows(self, shard: Shard, keys: Keys) -> Iterator[Row]:
        """The rows of a shard, bad ones included."""

    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """The shard for writing, with new values of fields by row number and without the rows that are dropped.

        What is not named in ``changes`` stays as it was, types and order included; a new field comes last.
        """


def document_of(fields: Mapping[str, Any], keys: Keys) -> Document:
    """What a row tells besides its text.

    >>> document_of({"headline": "A bridge", "url": None}, Keys(title="headline")).title
    'A bridge'
    """

    def known(name: str) -> str:
        value = fields.get(name)
        return value if isinstance(value, str) else ""

    return Document(known(keys.title), known(keys.url), known(keys.author), known(keys.date), known(keys.site))
