"""DuckDB: a function for SQL, and whole relations."""

from __future__ import annotations

from typing import Any

from cleaner.adapters.arrow import Columns, clean_array, clean_batches, output_schema
from cleaner.adapters.base import engine
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["clean_relation", "register"]


def register(connection: Any, name: str = "clean_text", cleaner: Cleaner | None = None) -> None:
    """Make a function for SQL: ``SELECT clean_text(body) FROM 'x.parquet'``; NULL stays NULL.

    Example::

        connection = duckdb.connect()
        register(connection)
        connection.sql("SELECT id, clean_text(body) FROM 'x.parquet'")
    """
    with engine("duckdb"):
        import duckdb  # noqa: F401
    # DuckDB counts parameters, also those that are bound.
    connection.create_function(name, lambda texts: clean_array(texts, cleaner), ["VARCHAR"], "VARCHAR", type="arrow")


def clean_relation(
    relation: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A ``pyarrow.RecordBatchReader`` over a relation, cleaned, with the columns of :class:`Columns` added.

    It reads as it is read, once, and its connection is busy until then; DuckDB reads it by its name with another
    cursor, which must live until then: ``cursor = connection.cursor()``, then
    ``cursor.sql("SELECT text, flags FROM reader")``.
    """
    with engine("duckdb"):
        import pyarrow as pa

    found = pa.RecordBatchReader.from_stream(relation)
    schema = output_schema(found.schema, keys, columns)
    return pa.RecordBatchReader.from_batches(schema, clean_batches(found, cleaner, keys=keys, columns=columns))
