"""What a format is: one class holds all there is to know about a kind of file.

There are two sorts. A file of a :class:`DocumentFormat` is one document. A file of a :class:`RowFormat` holds many: it
is read in shards, each shard is cleaned on its own, and the shards are written in order.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, ClassVar, NamedTuple

from cleaner.io.extractors.base import Article, Extract
from cleaner.io.formats.fields import FieldNames, value_of
from cleaner.model import NO_PAGE, DocumentInfo, PageLines

__all__ = [
    "MOST_BYTES",
    "DocumentFormat",
    "FieldNames",
    "Format",
    "Keys",
    "Kind",
    "Row",
    "RowFormat",
    "RowOptions",
    "Shard",
    "document_of",
]

MOST_BYTES = 16 << 20
"""The longest document that is cleaned, in bytes. The longest books have a third of that, and it takes a gigabyte."""

Kind = str
"""The name of a format."""


Keys = FieldNames  # the earlier name, for callers of the adapters


@dataclass(frozen=True, slots=True)
class RowOptions:
    """How a run reads and writes files of rows.

    Attributes:
        added: fields that cleaning may add to the rows.
        extract: takes the article out of a page, for rows that are pages; None for the default without a sandbox.
        most_bytes: the longest row that is read; a longer one is an error.
        encoding: the encoding of files whose format does not settle it, as CSV; "" to find it out for each.
        delimiter: what stands between the fields of a row, as in CSV; "" to find it out for each file.
        kinds: those of ``added`` that hold no strings, each with "int", "float" or "bool", for formats whose columns
            have a type.
    """

    added: tuple[str, ...] = ()
    extract: Extract | None = None
    most_bytes: int = MOST_BYTES
    encoding: str = ""
    delimiter: str = ""
    kinds: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Shard:
    """Rows that stand together in a file, as a worker gets them; picklable.

    Attributes:
        first: 1-based number of the first row in the file.
        data: the rows as their format holds them.
        texts: the names of the fields that hold text, as the beginning of the file settled them; () where nothing
            but the names that were asked for comes into question.
        notes: what the user should know about the file; only the first shard has some.
    """

    first: int
    data: Any
    texts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Row(NamedTuple):
    """One text of a row: the 1-based number of the row, its fields, the text, or why it has none.

    A row without text and without error (a blank line, a null) passes through as it is. A row of several texts comes
    several times, one behind the other, each time with the name of the ``field`` that holds the text. ``page`` is what
    the page says about its lines, where the text was taken out of one.
    """

    number: int
    fields: Mapping[str, Any]
    text: str
    error: str = ""
    field: str = ""
    page: PageLines = NO_PAGE


class Format(ABC):
    """A kind of file. Formats have no state; the registry holds one object of each.

    Attributes:
        name: what ``--format`` and the audit call it.
        suffixes: the suffixes of its files, in lower case.
        compressible: whether ``.gz`` or ``.zst`` may follow the suffix.
        pipeable: whether it can be read from standard input, which cannot seek.
        written_as: the name of the format of its results, where that is another one; else "".
    """

    name: ClassVar[Kind]
    suffixes: ClassVar[tuple[str, ...]]
    compressible: ClassVar[bool] = False
    pipeable: ClassVar[bool] = True
    written_as: ClassVar[Kind] = ""

    @property
    def result(self) -> Kind:
        """The name of the format of its results."""
        return self.written_as or self.name

    def result_name(self, source: Path, others: Collection[Path]) -> Path:
        """What the result for a file is called; the name of the file itself, unless the result is of another format.

        Args:
            source: the path of the file below the input folder.
            others: the paths of all files below that folder.
        """
        return source


class DocumentFormat(Format):
    """Files that are one document."""

    @abstractmethod
    def read(self, data: bytes, url: str, extract: Extract) -> Article:
        """The document in the bytes of a file.

        Args:
            data: the whole file.
            url: the address of the document, or "" when it is not known.
            extract: takes the article out of a page.

        Raises:
            CleanerError: the bytes are not text, or hold no article.
        """

    @abstractmethod
    def read_text(self, text: str, url: str, extract: Extract) -> Article:
        """The document in a file that is decoded already; otherwise as :meth:`read`."""


class RowFormat(Format):
    """Files of rows. Shards are read and written in the parent process, everything else happens in workers.

    Attributes:
        unpacks: whether the format decompresses its files itself.
        sequential: whether files are read from front to back, so that the position tells how far reading got.
        is_structured: whether a field can hold an object or a list.
        keeps_bad_rows: whether rows that cannot be cleaned are written as they are; else they are left out.
        appendable: whether what ``encode`` gives for the shards, one behind the other, is the result; else ``join``
            makes the result of it.
    """

    unpacks: ClassVar[bool] = False
    sequential: ClassVar[bool] = True
    is_structured: ClassVar[bool] = False
    keeps_bad_rows: ClassVar[bool] = True
    appendable: ClassVar[bool] = True

    def with_options(self, options: RowOptions) -> RowFormat:
        """The format for one run."""
        return self

    @abstractmethod
    def shards(self, source: IO[bytes], keys: FieldNames, least_bytes: int) -> Iterator[Shard]:
        """The rows of an open file in shards of about ``least_bytes``, the same ones each time.

        Raises:
            RowsError: the file is damaged, or lacks the text field where the format knows its fields beforehand. The
                message says at which row, and what to do; the caller adds the file's name.
        """

    @abstractmethod
    def rows(self, shard: Shard, keys: FieldNames) -> Iterator[Row]:
        """The rows of a shard, bad ones included."""

    @abstractmethod
    def encode(self, shard: Shard, changes: Mapping[int, Mapping[str, Any]], dropped: Collection[int]) -> bytes:
        """The shard for writing, with new values of fields by row number and without the rows that are dropped.

        The names of fields are as :mod:`cleaner.io.formats.fields` reads them.

        What is not named in ``changes`` stays as it was, types and order included; a new field comes last.
        """

    def join(self, pieces: Iterable[bytes], target: Path) -> None:
        """Write the result that consists of the encoded shards ``pieces`` to a file."""
        with target.open("wb") as stream:
            stream.writelines(pieces)


def document_of(fields: Mapping[str, Any], keys: FieldNames, field: str = "") -> DocumentInfo:
    """What the fields of a row say about its text. Values that are not strings count as missing.

    Args:
        fields: the fields of the row.
        keys: their names.
        field: the field of the text itself, which says nothing about itself: a title does not only repeat the title.

    >>> document_of({"headline": "A bridge", "url": None}, FieldNames(title="headline")).title
    'A bridge'
    >>> document_of({"title": "A bridge"}, FieldNames(), "title").title
    ''
    """

    def known(name: str) -> str:
        value = value_of(fields, name) if name != field else None
        return value if isinstance(value, str) else ""

    return DocumentInfo(known(keys.title), known(keys.url), known(keys.author), known(keys.date), known(keys.site))
