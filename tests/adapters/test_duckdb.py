"""DuckDB: a function for SQL, and a relation that is cleaned as it is read."""

from __future__ import annotations

from pathlib import Path

from cleaner.adapters.duckdb import clean_relation, register
from tests.adapters.engines import documents, engine, expected

duckdb, pa, pq = engine("duckdb"), engine("pyarrow"), engine("pyarrow.parquet")


def test_the_function_gives_what_the_cleaner_gives_for_the_text_alone(tmp_path: Path) -> None:
    rows = documents()
    pq.write_table(pa.table({"body": [row["text"] for row in rows]}), tmp_path / "x.parquet")
    with duckdb.connect() as connection:
        register(connection)
        found = connection.sql(f"SELECT clean_text(body) FROM '{tmp_path}/x.parquet'").fetchall()
    assert [row[0] for row in found] == expected(rows, known=False)


def test_a_relation_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    with duckdb.connect() as connection, connection.cursor() as cursor:
        reader = clean_relation(connection.from_arrow(pa.Table.from_pylist(rows)))
        found = cursor.from_arrow(reader).select("text").fetchall()
    assert [row[0] for row in found] == expected(rows)
