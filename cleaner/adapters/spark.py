"""Spark: data frames, and a function for SQL. The rules travel with the query; workers need only the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from cleaner.adapters.arrow import Columns, check_columns, clean_array, clean_batches, new_fields
from cleaner.adapters.base import Recipe, engine
from cleaner.io.formats.base import FieldNames
from cleaner.pipeline import Cleaner

__all__ = ["clean_spark", "register_sql"]


def clean_spark(
    df: Any, cleaner: Cleaner | None = None, *, keys: FieldNames = FieldNames(), columns: Columns = Columns()
) -> Any:
    """A ``DataFrame`` with its text column cleaned and the columns of :class:`Columns` added; lazy as any.

    Every Python worker builds the cleaner once, however many tasks it runs. How many rows come at a time is what
    ``spark.sql.execution.arrow.maxRecordsPerBatch`` says.

    Raises:
        CleanerError: there is no text column, or the name of a new column is taken.
    """
    with engine("spark"):
        from pyspark.sql.pandas.types import from_arrow_schema
        from pyspark.sql.types import StringType, StructType
    import pyarrow as pa

    found = [(field.name, field.dataType.simpleString(), field.dataType) for field in df.schema.fields]
    check_columns([(name, kind, isinstance(of, StringType)) for name, kind, of in found], keys, columns)
    added = from_arrow_schema(pa.schema(new_fields(columns)))
    function = partial(_clean_batches, recipe=Recipe.of(cleaner), keys=keys, columns=columns)
    return df.mapInArrow(function, StructType([*df.schema.fields, *added.fields]))


def register_sql(spark: Any, name: str = "clean_text", cleaner: Cleaner | None = None) -> Any:
    """Make a function for SQL: ``SELECT clean_text(body) FROM articles``; NULL stays NULL.

    Gives back the function, which also takes columns of data frames. Needs Spark 4.1.
    """
    with engine("spark"):
        from pyspark.sql.functions import arrow_udf
    import pyarrow as pa

    recipe = Recipe.of(cleaner)

    def function(texts: Any) -> Any:
        return clean_array(texts, recipe.cleaner())

    function.__annotations__ = {"texts": pa.Array, "return": pa.Array}  # how Spark tells kinds of functions apart
    return spark.udf.register(name, arrow_udf(function, "string"))


def _clean_batches(batches: Iterable[Any], recipe: Recipe, keys: FieldNames, columns: Columns) -> Iterator[Any]:
    return clean_batches(batches, recipe.cleaner(), keys=keys, columns=columns)
