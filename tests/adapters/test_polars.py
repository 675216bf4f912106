"""Polars: frames, lazy frames, and the namespace of expressions."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

pl = engine("polars")
engine("pyarrow")


def test_a_frame_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.polars import clean_frame

    rows = documents()
    assert clean_frame(pl.DataFrame(rows, infer_schema_length=None))["text"].to_list() == expected(rows)


def test_a_lazy_frame_gives_what_the_cleaner_gives() -> None:
    from cleaner.adapters.polars import clean_frame

    rows = documents()
    lazy = clean_frame(pl.LazyFrame(rows, infer_schema_length=None)).filter(pl.col("id") != "nobody")
    assert lazy.select("text").collect(engine="streaming")["text"].to_list() == expected(rows)


def test_what_follows_a_lazy_frame_is_done_after_it() -> None:
    clean_frame = engine("cleaner.adapters.polars").clean_frame
    text = "The old bridge\n\nThe council met to vote on it.\n\nFollow us on:\n"
    cleaned = clean_frame(pl.LazyFrame([{"title": "The old bridge", "text": text}]))
    assert cleaned.filter(pl.col("text").str.contains("Follow")).collect().height == 0
    assert cleaned.select("text").collect()["text"].to_list() == ["The council met to vote on it.\n"]


def test_an_expression_gives_what_the_cleaner_gives_for_the_text_alone() -> None:
    engine("cleaner.adapters.polars")
    rows = documents()
    frame = pl.DataFrame({"body": [row["text"] for row in rows]})
    made = frame.lazy().select(pl.col("body").cleaner.clean()).collect()["body"].to_list()
    assert made == expected(rows, known=False)


def test_a_column_of_categories_is_cleaned_and_one_of_numbers_is_refused() -> None:
    engine("cleaner.adapters.polars")
    frame = pl.DataFrame({"body": [article(1), None]}, schema={"body": pl.Categorical})
    assert frame.select(pl.col("body").cleaner.clean())["body"].to_list() == [Cleaner().clean(article(1)).text, None]
    with pytest.raises(Exception, match="holds Int64, not strings"):
        pl.DataFrame({"body": [1]}).select(pl.col("body").cleaner.clean())
