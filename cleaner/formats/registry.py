"""Which format reads which kind of file. Formats that need an extra are imported when they are asked for."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.formats.jsonl import JsonlFormat
from cleaner.formats.rows import RowFormat
from cleaner.model import Document

__all__ = ["ROW_KINDS", "row_format"]

Extract = Callable[[bytes | str, str], tuple[str, Document, str]]

ROW_KINDS = ("jsonl", "csv", "tsv", "parquet", "warc")


def row_format(kind: str, extra: str = "", extract: Extract | None = None) -> RowFormat:
    """The format of a kind of file of rows.

    Args:
        kind: one of ROW_KINDS.
        extra: a field that cleaning may add to every row.
        extract: how the article is taken out of an archived page.
    """
    added = (extra,) if extra else ()
    if kind in ("csv", "tsv"):
        from cleaner.formats.csv import CsvFormat

        return CsvFormat("\t" if kind == "tsv" else ",", extra=added)
    if kind == "parquet":
        from cleaner.formats.parquet import ParquetFormat

        return ParquetFormat(extra=added)
    if kind == "warc":
        from cleaner.formats.warc import WarcFormat

        return WarcFormat(extract) if extract else WarcFormat()
    return JsonlFormat()
