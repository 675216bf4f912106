"""The formats there are, and which of them reads a file.

To add a format, write its module beside this one and add a line to the list below. Everything else is derived: the
choices of ``--format``, the suffixes that a walk through a folder takes, what may be compressed and what may be piped.
"""

from __future__ import annotations

from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.io.compression import CODECS
from cleaner.io.formats.base import DocumentFormat, Format, Kind, RowFormat, RowOptions
from cleaner.io.formats.csv import CsvFormat, TsvFormat
from cleaner.io.formats.html import HtmlFormat
from cleaner.io.formats.json import JsonFormat
from cleaner.io.formats.jsonl import JsonlFormat
from cleaner.io.formats.parquet import ParquetFormat
from cleaner.io.formats.text import TextFormat
from cleaner.io.formats.warc import WarcFormat

__all__ = [
    "DEFAULT_KIND",
    "FORMATS",
    "KINDS",
    "ROW_KINDS",
    "document_format",
    "format_named",
    "kind_of",
    "row_format",
    "unread",
]

FORMATS: tuple[Format, ...] = (
    TextFormat(),
    HtmlFormat(),
    JsonlFormat(),
    JsonFormat(),
    CsvFormat(),
    TsvFormat(),
    ParquetFormat(),
    WarcFormat(),
)
"""Every format, in the order in which users read of them. The first is that of files with an unknown suffix."""

KINDS: tuple[Kind, ...] = tuple(form.name for form in FORMATS)
ROW_KINDS: tuple[Kind, ...] = tuple(form.name for form in FORMATS if isinstance(form, RowFormat))
DEFAULT_KIND: Kind = FORMATS[0].name

_BY_NAME = {form.name: form for form in FORMATS}
_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}


def format_named(kind: Kind) -> Format:
    """The format of a name.

    Raises:
        CleanerError: there is none.

    >>> format_named("html").result
    'text'
    """
    if kind not in _BY_NAME:
        raise CleanerError(f"unknown format {kind!r}; choose one of {', '.join(KINDS)}")
    return _BY_NAME[kind]


def kind_of(path: Path) -> Kind | None:
    """The name of the format of a file, by its suffix; None when the suffix is unknown.

    >>> kind_of(Path("a.TXT")), kind_of(Path("rows.jsonl.gz")), kind_of(Path("a.parquet.gz"))
    ('text', 'jsonl', None)
    """
    suffix = path.suffix.lower()
    packed = suffix in CODECS
    form = _BY_SUFFIX.get(path.with_suffix("").suffix.lower() if packed else suffix)
    return None if form is None or (packed and not form.compressible) else form.name


_BY_PANDOC = "`pandoc FILE{0} -t plain --wrap=none -o FILE.txt` turns it into a text"
_CONVERTERS = {
    ".pdf": "`pdftotext FILE.pdf` (poppler) turns a PDF into a text",
    **{suffix: _BY_PANDOC.format(suffix) for suffix in (".docx", ".epub", ".odt", ".rtf")},
    ".doc": "`soffice --convert-to txt:Text FILE.doc` (LibreOffice) turns it into a text",
    ".xlsx": "save the sheet as CSV",
    ".xls": "save the sheet as CSV",
    ".xml": "take the texts out of it first, one row of JSON Lines each",
    ".rss": "take the texts out of it first, one row of JSON Lines each",
    ".zip": "unpack it",
    ".tar": "unpack it",
    ".tgz": "unpack it",
    ".bz2": "unpack it, or pack it again with gzip or zstd",
    ".xz": "unpack it, or pack it again with gzip or zstd",
    ".7z": "unpack it",
    ".mhtml": "save the page as HTML",
}
"""What to do with files that no format takes, by their suffix."""


def unread(path: Path) -> str:
    """What to do with a file of this name, which is not read unless its format is named; "" for one that may be read.

    >>> unread(Path("a.xlsx"))
    'save the sheet as CSV'
    """
    suffix = path.suffix.lower()
    if suffix in _CONVERTERS:
        return _CONVERTERS[suffix]
    inner = _BY_SUFFIX.get(path.with_suffix("").suffix.lower()) if suffix in CODECS else None
    if inner is None or inner.compressible:
        return ""
    return "unpack it"


def document_format(kind: Kind) -> DocumentFormat:
    """The format of a kind of file that is one document.

    Raises:
        CleanerError: there is no such format, or its files hold rows.
    """
    form = format_named(kind)
    if not isinstance(form, DocumentFormat):
        raise CleanerError(f"{kind} files hold many documents; name one of them by its row")
    return form


def row_format(kind: Kind, options: RowOptions = RowOptions()) -> RowFormat:
    """The format of a kind of file of rows, for one run.

    Args:
        kind: one of ROW_KINDS.
        options: how the run reads and writes its rows.

    Raises:
        CleanerError: there is no such format, or its files are one document each.
    """
    form = format_named(kind)
    if not isinstance(form, RowFormat):
        raise CleanerError(f"{kind} files hold no rows; choose one of {', '.join(ROW_KINDS)}")
    return form.with_options(options)
