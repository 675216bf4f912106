"""pandas: a frame keeps its index, its types and its other columns."""

from __future__ import annotations

import pytest

from cleaner import CleanerError
from cleaner.adapters.pandas import clean_frame
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

pd = engine("pandas")
engine("pyarrow")


def test_a_frame_gives_what_the_cleaner_gives() -> None:
    rows = documents()
    made = pd.DataFrame(rows, index=range(100, 100 + len(rows))).pipe(clean_frame)["text"]
    assert [None if pd.isna(text) else text for text in made] == expected(rows)


def test_a_frame_keeps_what_it_has() -> None:
    frame = pd.DataFrame({"text": [article(1), None], "any": [{1, 2}, object], "title": [None, "x"]}, index=["b", "a"])
    before = frame.copy(deep=True)
    made = frame.pipe(clean_frame)
    pd.testing.assert_frame_equal(frame, before)
    assert list(made.index) == ["b", "a"]
    assert list(made["any"]) == list(frame["any"])
    assert made["text"].dtype == frame["text"].dtype
    assert made.loc["b", "removed"][0]["rule"]
    assert clean_frame(frame.iloc[1:])["text"].isna().all()


def test_a_missing_column_is_named() -> None:
    with pytest.raises(CleanerError, match="no column 'body'"):
        clean_frame(pd.DataFrame({"text": [article(1)]}), keys=FieldNames(text="body"))
