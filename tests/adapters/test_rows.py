"""Rows as dicts: the same values as the Arrow kernel, and errors that name the field."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.arrow import Columns
from cleaner.adapters.rows import clean_element, clean_fields
from cleaner.io.formats.base import FieldNames
from cleaner.model import METADATA_FIELDS
from tests.adapters.engines import documents, engine, expected
from tests.articles import article


def test_rows_give_what_the_cleaner_gives() -> None:
    rows = documents()
    made = [clean_element(row) for row in rows]
    assert [row["text"] for row in made] == expected(rows)
    assert [{name: row[name] for name in rows[0] if name != "text"} for row in made] == [
        {name: value for name, value in row.items() if name != "text"} for row in rows
    ]


def test_texts_give_what_the_cleaner_gives() -> None:
    rows = documents()
    assert [clean_element(row["text"]) for row in rows] == expected(rows, known=False)


def test_every_value_is_that_of_the_arrow_kernel() -> None:
    pa = engine("pyarrow")
    from cleaner.adapters.arrow import clean_table

    rows = documents()
    assert [clean_fields(row) for row in rows] == clean_table(pa.Table.from_pylist(rows)).to_pylist()


def test_names_are_chosen_and_left_out() -> None:
    row = clean_fields(
        {"body": article(1), "n": 1}, keys=FieldNames(text="body"), columns=Columns(removed="spans", flags="")
    )
    assert list(row) == ["body", "n", "spans", "metadata"]
    assert set(row["metadata"]) == set(METADATA_FIELDS)
    assert row["spans"][0]["rule"] == Cleaner().clean(article(1)).edits[0].rule


def test_a_row_is_not_changed_in_place() -> None:
    row = {"text": article(1)}
    clean_fields(row)
    assert row == {"text": article(1)}


@pytest.mark.parametrize("value", [7, 1.5, b"The council met.", ["The council met."], float("inf")])
def test_what_is_no_text_stays_and_is_flagged(value: object) -> None:
    row = clean_fields({"text": value})
    assert (row["text"], row["flags"], row["removed"]) == (value, ["error:TypeError"], [])


def test_wrong_rows_are_errors_that_name_the_field() -> None:
    with pytest.raises(CleanerError, match=r"no column 'text', only 'body': str; .*FieldNames\(text=…\)"):
        clean_fields({"body": "The council met."})
    with pytest.raises(CleanerError, match=r"the name 'flags' is taken .*Columns\(…\)"):
        clean_fields({"text": "The council met.", "flags": []})
    with pytest.raises(CleanerError, match="a dict or a text, not tuple"):
        clean_element(("The council met.",))
