"""Parquet: all columns and types pass through, and only the text is new."""

from __future__ import annotations

import io
import os
import pickle
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import CleanerError
from cleaner.io.formats.base import FieldNames, Row, RowOptions, Shard
from cleaner.io.formats.parquet import ParquetFormat, ParquetSink
from cleaner.io.problems import RowsError

pa = pytest.importorskip("pyarrow", reason="reads Parquet: install article-cleaner[parquet]")
pq = pytest.importorskip("pyarrow.parquet", reason="reads Parquet: install article-cleaner[parquet]")

TEXTS = ["The council met.\n\nFollow us on:\n", None, "", "It voted to close the bridge – at last.\n"]


def table(kind: Any = None, texts: list[str | None] | None = None) -> Any:
    texts = TEXTS if texts is None else texts
    count = len(texts)
    when = [datetime(2026, 3, 28, 12, 30, second % 60, 123456, tzinfo=UTC) for second in range(count)]
    columns = {
        "id": pa.array(range(count), pa.int64()),
        "text": pa.array(texts, kind or pa.string()),
        "url": pa.array([f"https://news.example/{i}" for i in range(count)], pa.string()).dictionary_encode(),
        "scores": pa.array([[1.5, None], [], None, [2.0]] * (count // 4), pa.list_(pa.float32())),
        "meta": pa.array([{"a": 1, "b": None}] * count, pa.struct([("a", pa.int32()), ("b", pa.string())])),
        "date": pa.array(when, pa.timestamp("us", tz="UTC")),
        "fetched": pa.array([1_000_000_001] * count, pa.timestamp("ns")),
        "raw": pa.array([b"\xff\x00"] * count, pa.binary()),
    }
    fields = [pa.field(name, column.type) for name, column in columns.items()]
    fields[0] = pa.field("id", pa.int64(), nullable=False, metadata={"unit": "none"})
    return pa.table(list(columns.values()), schema=pa.schema(fields, metadata={"origin": "the mill"}))


def written(of: Any, **options: Any) -> bytes:
    sink = io.BytesIO()
    pq.write_table(of, sink, **options)
    return sink.getvalue()


def shards(
    data: bytes, form: ParquetFormat | None = None, least: int = 1, keys: FieldNames | None = None
) -> list[Shard]:
    found = list((form or ParquetFormat()).shards(io.BytesIO(data), keys or FieldNames(), least))
    return pickle.loads(pickle.dumps(found))  # type: ignore[no-any-return]


def rows(data: bytes, least: int = 1) -> list[Row]:
    return [row for shard in shards(data, least=least) for row in ParquetFormat().rows(shard, FieldNames())]


def encode(
    data: bytes,
    changes: Mapping[int, Mapping[str, Any]],
    dropped: tuple[int, ...] = (),
    form: ParquetFormat | None = None,
    least: int = 1,
) -> Any:
    form, target = form or ParquetFormat(), io.BytesIO()
    with ParquetSink(target) as sink:
        for shard in shards(data, form, least):
            sink.append(form.encode(shard, _of(shard, form, changes), dropped))
    target.seek(0)
    return pq.read_table(target)


def _of(shard: Shard, form: ParquetFormat, changes: Mapping[int, Any]) -> dict[int, Any]:
    return {row.number: changes[row.number] for row in form.rows(shard, FieldNames()) if row.number in changes}


def same(one: Any, two: Any) -> bool:
    """Whether types, metadata and values are equal; dictionaries may have their values in another order."""
    return bool(one.schema.equals(two.schema, check_metadata=True) and decoded(one).equals(decoded(two)))


def decoded(of: Any) -> Any:
    kinds = [kind.value_type if pa.types.is_dictionary(kind) else kind for kind in of.schema.types]
    return of.cast(pa.schema(list(zip(of.schema.names, kinds, strict=True))))


def is_written(kind: Any) -> bool:
    """Whether this version of Arrow can write such a column, and read it again."""
    try:
        return bool(pq.read_table(io.BytesIO(written(pa.table({"text": pa.array(["a"], kind)})))).num_rows == 1)
    except (pa.ArrowNotImplementedError, pa.ArrowTypeError):
        return False


KINDS = [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string()), pa.string_view()]
KINDS = [kind for kind in KINDS if is_written(kind)]


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("least", [1, 100, 1_000_000])
def test_nothing_changed_is_an_equal_table(kind: Any, least: int) -> None:
    data = written(table(kind, TEXTS * 5), row_group_size=7)
    assert same(encode(data, {}, least=least), pq.read_table(io.BytesIO(data)))


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("least", [1, 100, 1_000_000])
def test_only_the_text_changes(kind: Any, least: int) -> None:
    data = written(table(kind, TEXTS * 5), row_group_size=7)
    texts = TEXTS * 5
    texts[0], texts[12] = "The council met.\n", ""
    changes = {1: {"text": texts[0]}, 13: {"text": texts[12]}}
    expected = pq.read_table(io.BytesIO(written(table(kind, texts))))
    assert same(encode(data, changes, least=least), expected)


@pytest.mark.parametrize("least", [1, 1_000_000])
def test_rows(least: int) -> None:
    found = rows(written(table(texts=TEXTS * 2), row_group_size=3), least)
    assert [row.number for row in found] == list(range(1, 9))
    assert [row.text for row in found] == [text or "" for text in TEXTS] * 2
    assert {row.error for row in found} == {""}
    assert found[3].fields == {"text": TEXTS[3], "id": 3, "url": "https://news.example/3"}


def test_new_columns_come_last_in_every_batch() -> None:
    form = ParquetFormat(RowOptions(added=("removed", "url")))
    data = written(table())
    found = encode(data, {4: {"removed": "Follow us on:"}}, form=form)
    assert found.schema.names == [*table().schema.names, "removed"]
    assert found.column("removed").to_pylist() == [None, None, None, "Follow us on:"]
    assert same(found.drop_columns(["removed"]), pq.read_table(io.BytesIO(data)))
    with pytest.raises(ValueError, match="unheard"):
        ParquetFormat().encode(shards(data)[0], {1: {"unheard": "x"}}, ())


def test_dropped_rows_go() -> None:
    found = encode(written(table()), {3: {"text": "new"}}, dropped=(1, 4))
    assert found.column("id").to_pylist() == [1, 2]
    assert found.column("text").to_pylist() == [None, "new"]


def test_an_empty_file_keeps_its_schema() -> None:
    data = written(table().slice(0, 0))
    found = shards(data)
    assert len(found) == 1
    assert list(ParquetFormat().rows(found[0], FieldNames())) == []
    assert same(encode(data, {}), pq.read_table(io.BytesIO(data)))


def test_text_that_is_not_utf8_is_an_error_and_stays() -> None:
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\4\0\0\0\10\0\0\0"), pa.py_buffer(b"caf\xe9good")]
    )
    data = written(pa.table({"text": bad}))
    found = rows(data, 1000)
    assert [(row.text, bool(row.error)) for row in found] == [("", True), ("good", False)]
    changed = encode(data, {2: {"text": "new"}}, least=1000)
    assert changed.column("text").cast(pa.binary()).to_pylist() == [b"caf\xe9", b"new"]


def test_a_wrong_text_column() -> None:
    with pytest.raises(RowsError, match=r"no column 'body' .it has 'id': int64, 'text': string.*--text-key"):
        shards(written(table()), keys=FieldNames(text="body"))
    with pytest.raises(RowsError, match="'id' holds int64, not strings"):
        shards(written(table()), keys=FieldNames(text="id"))
    with pytest.raises(RowsError, match=r"'scores' of list.* already"):
        shards(written(table()), ParquetFormat(RowOptions(added=("scores",))))


@pytest.mark.parametrize("data", [b"", b"id,text\n1,a\n", written(table())[:-10], written(table())[:200]])
def test_files_that_are_none(data: bytes) -> None:
    with pytest.raises(RowsError, match=r"is damaged or not a Parquet file .*; fetch it again"):
        shards(data)


def test_damage_in_the_middle_comes_after_the_good_rows() -> None:
    texts: list[str | None] = [os.urandom(500).hex() for _ in range(8)]
    data = bytearray(written(table(texts=texts), row_group_size=4, use_dictionary=False, compression="zstd"))
    group = pq.ParquetFile(io.BytesIO(bytes(data))).metadata.row_group(1).column(1)
    start = group.data_page_offset
    data[start : start + 300] = b"\xff" * 300
    found = ParquetFormat().shards(io.BytesIO(bytes(data)), FieldNames(), 1_000_000)
    assert next(found).first == 1
    with pytest.raises(RowsError, match="is damaged after row 4 "):
        next(found)


@pytest.mark.parametrize("name", ["SNAPPY", "GZIP", "ZSTD", "BROTLI"])
def test_the_result_is_compressed_as_asked(name: str, tmp_path: Path) -> None:
    form, target = ParquetFormat(), tmp_path / "out.parquet"
    with ParquetSink(target, compression=name.lower()) as sink:
        for shard in shards(written(table()), form):
            sink.append(form.encode(shard, {}, ()))
    assert pq.read_metadata(target).row_group(0).column(0).compression == name


def test_joined_pieces_are_a_file(tmp_path: Path) -> None:
    form, target, data = ParquetFormat(), tmp_path / "out.parquet", written(table())
    form.join((form.encode(shard, {}, ()) for shard in shards(data, form)), target)
    assert same(pq.read_table(target), pq.read_table(io.BytesIO(data)))
    assert pq.read_metadata(target).row_group(0).column(0).compression == "ZSTD"


def test_small_batches_become_large_row_groups(tmp_path: Path) -> None:
    form, target = ParquetFormat(), tmp_path / "out.parquet"
    with ParquetSink(target) as sink:
        for shard in shards(written(table(texts=TEXTS * 50)), form, 1):
            sink.append(form.encode(shard, {}, ()))
    assert pq.ParquetFile(target).metadata.num_row_groups == 1


def test_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CleanerError, match=r"pip install '\.\[parquet\]'"):
        next(ParquetFormat().shards(io.BytesIO(b""), FieldNames(), 1))


def test_new_columns_have_the_type_that_is_named() -> None:
    kinds = (("n", "int"), ("r", "float"), ("g", "bool"))
    options = RowOptions(added=("n", "r", "g", "s"), kinds=kinds)
    form = ParquetFormat(options)
    [shard, *_] = form.shards(io.BytesIO(written(pa.table({"text": ["a", "b"]}))), FieldNames(), 1 << 20)
    values = {1: {"n": 7, "r": 0.5, "g": True, "s": "x"}}
    made = pa.ipc.open_stream(form.encode(shard, values, ())).read_all()
    assert [str(field.type) for field in made.schema] == ["string", "int64", "double", "bool", "string"]
    assert made.to_pylist() == [{"text": "a", **values[1]}, {"text": "b", "n": None, "r": None, "g": None, "s": None}]
    [again, *_] = form.shards(io.BytesIO(written(made)), FieldNames(), 1 << 20)
    assert pa.ipc.open_stream(form.encode(again, values, ())).read_all().equals(made)
    with pytest.raises(RowsError, match="has a column 'n' of double already"):
        list(form.shards(io.BytesIO(written(pa.table({"text": ["a"], "n": [1.5]}))), FieldNames(), 1))
