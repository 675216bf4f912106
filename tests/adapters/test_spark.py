"""Spark: real sessions, with executors of their own where the machine has what they need."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.spark import clean_spark, register_sql
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import documents, engine, expected, spark_session
from tests.articles import article

pyspark = engine("pyspark")

ROWS = 100_000
SHORT = "The council met on day {} to vote on the bridge.\n\nFollow us on:"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two executors, each a process of its own with Python workers of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_HOME", str(Path(pyspark.__file__).parent))
        with spark_session("local-cluster[2,1,1024]") as session:
            yield session


def test_a_frame_gives_what_the_cleaner_gives(spark: Any) -> None:
    rows = documents()
    schema = ", ".join(f"{name} string" for name in rows[0])
    frame = spark.createDataFrame([tuple(row.values()) for row in rows], schema)
    assert [row["text"] for row in clean_spark(frame).collect()] == expected(rows)


def test_the_function_of_sql_gives_what_the_cleaner_gives_for_the_text_alone(spark: Any) -> None:
    rows = documents()
    register_sql(spark)
    spark.createDataFrame([(row["text"],) for row in rows], "body string").createOrReplaceTempView("articles")
    made = [row[0] for row in spark.sql("SELECT clean_text(body) FROM articles").collect()]
    assert made == expected(rows, known=False)


def test_a_hundred_thousand_rows_on_two_executors(spark: Any) -> None:
    from pyspark.sql import functions

    text = functions.concat(
        functions.lit("The council met on day "),
        functions.col("id"),
        functions.lit(" to vote on the bridge.\n\nFollow us on:"),
    )
    frame = spark.range(ROWS, numPartitions=4).withColumn("text", text)
    made = clean_spark(frame).cache()
    assert made.count() == made.select("id").distinct().count() == ROWS
    cleaner = Cleaner()
    for row in made.filter("id % 9973 = 0").collect():
        result = cleaner.clean(SHORT.format(row["id"]))
        assert row["text"] == result.text.removesuffix("\n")
        assert [span.asDict() for span in row["removed"]] == [
            {"start": edit.start, "end": edit.end, "rule": edit.rule} for edit in result.edits
        ]
    assert made.filter("text LIKE '%Follow%' OR size(removed) = 0").count() == 0
    made.unpersist()


def test_executors_are_processes_and_build_the_cleaner_once_each(spark: Any) -> None:
    from pyspark.sql.types import StructType

    from cleaner.adapters.base import Recipe

    recipe = Recipe.of(Cleaner(profile="facts"))

    def built(batches: Any) -> Any:
        import pyarrow as pa

        from cleaner.adapters.base import _built

        for _ in batches:
            recipe.cleaner()
            info = _built.cache_info()
            yield pa.RecordBatch.from_pydict({"pid": [os.getpid()], "misses": [info.misses]})

    frame = spark.range(64, numPartitions=16).mapInArrow(built, StructType.fromDDL("pid long, misses long"))
    by_process: dict[int, int] = {}
    for row in frame.collect():
        by_process[row["pid"]] = max(by_process.get(row["pid"], 0), row["misses"])
    assert len(by_process) >= 2
    assert os.getpid() not in by_process
    # One for this cleaner, and one for that of the tests before.
    assert max(by_process.values()) <= 2


def test_sql(spark: Any) -> None:
    function = register_sql(spark, "tidy", Cleaner(profile="facts"))
    spark.createDataFrame([(article(4),), (None,), ("",)], "body string").createOrReplaceTempView("articles")
    want = Cleaner(profile="facts").clean(article(4)).text.removesuffix("\n")
    assert [row[0] for row in spark.sql("SELECT tidy(body) FROM articles").collect()] == [want, None, ""]
    rows = spark.table("articles").select(function("body")).collect()
    assert [row[0] for row in rows] == [want, None, ""]


def test_the_schema_is_kept_and_wrong_columns_are_named(spark: Any) -> None:
    types = "id int, body string, tags array<string>, at timestamp, ntz timestamp_ntz, day date, price decimal(10,2)"
    frame = spark.createDataFrame([(1, article(1), ["a", None], None, None, None, None)], types)
    made = clean_spark(frame, keys=FieldNames(text="body"))
    assert made.schema.fields[: len(frame.schema.fields)] == frame.schema.fields
    (row,) = made.collect()
    assert (row["id"], row["tags"], row["body"]) == (1, ["a", None], Cleaner().clean(article(1)).text)
    with pytest.raises(CleanerError, match="no column 'text', only 'id'"):
        clean_spark(frame)
