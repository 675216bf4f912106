"""Dask: frames and bags on the schedulers of threads and of processes, and frames that went through Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.arrow import Columns, new_fields
from cleaner.adapters.dask import clean_bag, clean_dask
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

dask, dd, db, pd = engine("dask"), engine("dask.dataframe"), engine("dask.bag"), engine("pandas")


def frame(rows: list[dict[str, Any]], partitions: int = 3) -> Any:
    return dd.from_pandas(pd.DataFrame(rows), npartitions=partitions)


def texts(series: Any) -> list[str | None]:
    return [None if pd.isna(text) else text for text in series]


def test_a_frame_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    made = clean_dask(frame(rows)).compute()
    assert texts(made["text"]) == expected(rows)
    assert list(made["id"]) == [row["id"] for row in rows]


def test_a_bag_of_rows_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    made = clean_bag(db.from_sequence(rows, npartitions=3)).compute(scheduler="threads")
    assert [row["text"] for row in made] == expected(rows)
    assert [row["id"] for row in made] == [row["id"] for row in rows]


def test_a_bag_of_texts_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    bag = db.from_sequence([row["text"] for row in rows], npartitions=2)
    assert clean_bag(bag).compute(scheduler="threads") == expected(rows, known=False)


@pytest.mark.slow
def test_worker_processes_use_the_rules_that_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    cleaner = Cleaner(profile="facts")
    rows = [{"text": article(number)} for number in range(20)]
    want = [cleaner.clean(row["text"]).text for row in rows]
    with dask.config.set(scheduler="processes", num_workers=2):
        made = clean_dask(frame(rows), cleaner).compute()
        bag = clean_bag(db.from_sequence(rows, npartitions=4), cleaner).compute()
    assert [text.rstrip("\n") for text in made["text"]] == [text.rstrip("\n") for text in want]
    assert [row["text"].rstrip("\n") for row in bag] == [text.rstrip("\n") for text in want]


def test_a_frame_is_lazy_and_tells_its_types() -> None:
    made = clean_dask(frame([{"id": 1, "text": article(1)}]))
    assert list(made.columns) == ["id", "text", "removed", "metadata", "flags"]
    assert [kind.pyarrow_dtype for kind in made.dtypes.iloc[2:]] == [field.type for field in new_fields()]
    assert dict(made.dtypes) == dict(made.compute().dtypes)


def test_parquet_keeps_the_types_even_of_a_partition_of_nulls(tmp_path: Path) -> None:
    dataset = engine("pyarrow.dataset")
    rows: list[dict[str, Any]] = [{"id": "a", "text": None}, {"id": "b", "text": article(1)}]
    clean_dask(frame(rows, 2)).to_parquet(tmp_path / "clean", write_index=False)
    found = dataset.dataset(tmp_path / "clean").to_table()
    assert [found.schema.field(field.name).type for field in new_fields()] == [field.type for field in new_fields()]
    assert found["removed"].to_pylist()[0] == []
    assert found["removed"].to_pylist()[1][0].keys() == {"start", "end", "rule"}


def test_names_and_columns_are_chosen() -> None:
    made = clean_dask(
        frame([{"body": article(1)}]), keys=FieldNames(text="body"), columns=Columns(removed="", metadata="")
    )
    assert list(made.compute().columns) == ["body", "flags"]


def test_a_wrong_column_is_told_before_anything_runs() -> None:
    with pytest.raises(CleanerError, match="no column 'text'"):
        clean_dask(frame([{"body": "The council met."}]))
    with pytest.raises(CleanerError, match="holds no strings"):
        clean_dask(frame([{"text": 7}]))
    with pytest.raises(CleanerError, match="'flags' is taken"):
        clean_dask(frame([{"text": "The council met.", "flags": "x"}]))
