"""Columns of Arrow by name, also inside structs."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.io.formats.parquet_columns import column_of, is_string, plain, type_of, with_values

pa: Any = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")


def batch() -> Any:
    inner = pa.struct([("text", pa.string()), ("n", pa.int8())])
    return pa.record_batch(
        {
            "id": pa.array([1, 2, 3]),
            "a": pa.array([{"b": {"text": "x", "n": 1}}, None, {"b": None}], pa.struct([("b", inner)])),
            "word": pa.array(["one", "two", "one"]).dictionary_encode(),
        }
    )


def test_a_name_leads_into_structs() -> None:
    found = batch()
    assert column_of(found, "a.b.text").to_pylist() == ["x", None, None]
    assert type_of(found.schema, "a.b.n") == pa.int8()
    assert is_string(type_of(found.schema, "word"))
    assert plain(column_of(found, "word")).type == pa.string()
    for name in ("b", "a.c", "id.x", "a.b.text.x"):
        assert column_of(found, name) is None
        assert type_of(found.schema, name) is None


def test_a_new_value_leaves_types_and_nulls() -> None:
    found = batch()
    changed = with_values(with_values(found, "a.b.text", {0: "new"}), "word", {2: "three"})
    assert changed.schema == found.schema
    assert changed.column("a").to_pylist() == [{"b": {"text": "new", "n": 1}}, None, {"b": None}]
    assert changed.column("word").to_pylist() == ["one", "two", "three"]


def test_two_columns_of_one_name_are_none() -> None:
    found = pa.RecordBatch.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["a", "a"])
    assert column_of(found, "a") is None
