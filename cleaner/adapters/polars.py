"""Polars: frames, lazy ones too, and ``pl.col("body").cleaner.clean()``, which importing this module brings."""

from __future__ import annotations

from functools import partial
from threading import Lock
from typing import TypeVar

from cleaner.adapters.arrow import Columns, clean_array, clean_table, output_schema
from cleaner.adapters.base import engine
from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

with engine("polars"):
    import polars as pl

__all__ = ["CleanerNamespace", "clean_frame", "clean_text"]

# Two threads of Polars that fight for the interpreter take a third longer than one after the other.
_ONE_AT_A_TIME = Lock()

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)


def clean_text(column: pl.Expr, cleaner: Cleaner | None = None) -> pl.Expr:
    """The cleaned texts of a column of strings; null stays null.

    >>> frame = pl.DataFrame({"body": ["The council met to vote on the bridge.\\n\\nFollow us on:", None]})
    >>> frame.select(clean_text(pl.col("body")))["body"].to_list()
    ['The council met to vote on the bridge.', None]
    """
    return column.map_batches(partial(_clean_series, cleaner=cleaner), return_dtype=pl.String, is_elementwise=True)


@pl.api.register_expr_namespace("cleaner")
class CleanerNamespace:
    """``pl.col("body").cleaner.clean()``."""

    def __init__(self, column: pl.Expr) -> None:
        self._column = column

    def clean(self, cleaner: Cleaner | None = None) -> pl.Expr:
        """See :func:`clean_text`."""
        return clean_text(self._column, cleaner)


def clean_frame(
    frame: Frame, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Frame:
    """A frame with its text column cleaned and the columns of :class:`Columns` added; a lazy one stays lazy.

    >>> list(clean_frame(pl.DataFrame({"text": ["The council met."]}), columns=Columns(metadata="")).schema)
    ['text', 'removed', 'flags']
    """
    whole = partial(_clean_whole, cleaner=cleaner, keys=keys, columns=columns)
    if isinstance(frame, pl.DataFrame):
        return whole(frame)
    empty = frame.collect_schema().to_frame().to_arrow()
    made = pl.DataFrame(output_schema(empty.schema, keys, columns).empty_table())
    # What follows may not be done before: a title that nobody selects is known to the cleaner, and a filter is on the
    # cleaned text. Older versions of Polars take that for granted.
    return frame.map_batches(
        whole, schema=dict(made.schema), streamable=True, predicate_pushdown=False, projection_pushdown=False
    )


def _clean_whole(frame: pl.DataFrame, cleaner: Cleaner | None, keys: FieldNames, columns: Columns) -> pl.DataFrame:
    with _ONE_AT_A_TIME:
        return pl.DataFrame(clean_table(frame.to_arrow(), cleaner, keys=keys, columns=columns))


def _clean_series(texts: pl.Series, cleaner: Cleaner | None) -> pl.Series:
    if texts.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise CleanerError(f"the column {texts.name!r} holds {texts.dtype}, not strings; choose another")
    with _ONE_AT_A_TIME:
        return pl.Series(texts.name, clean_array(texts.cast(pl.String).to_arrow(), cleaner), dtype=pl.String)
