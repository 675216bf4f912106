"""Files that grow piece by piece and get their name when they are whole."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cleaner.batch.growing import GrowingFile, growing
from cleaner.io.formats.base import FieldNames
from cleaner.io.formats.registry import row_format
from tests.articles import rows


def test_a_file_gets_its_name_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.jsonl"
    file = growing(target, "jsonl")
    file.append(b"one\n")
    file.append(b"")
    file.append(b"two\n")
    assert file.flush() == 8
    assert not target.exists()
    file.finish(0o600)
    assert target.read_bytes() == b"one\ntwo\n"
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["a.jsonl"]


def test_an_earlier_attempt_is_cut_and_continued(tmp_path: Path) -> None:
    target = tmp_path / "a.jsonl.gz"
    file = growing(target, "jsonl")
    file.append(b"one\n")
    length = file.flush()
    file.append(b"lost\n")
    file.keep()
    assert GrowingFile.has(target, length)
    assert not GrowingFile.has(target, 10_000)
    again = growing(target, "jsonl", length)
    again.append(b"two\n")
    again.finish()
    assert gzip.decompress(target.read_bytes()) == b"one\ntwo\n"


def test_what_is_discarded_leaves_nothing(tmp_path: Path) -> None:
    file = growing(tmp_path / "a.jsonl", "jsonl")
    file.append(b"one\n")
    file.discard()
    file.discard()
    assert list(tmp_path.iterdir()) == []
    assert GrowingFile.has(tmp_path / "a.jsonl", 0)


def test_a_table_of_parquet_is_made_at_the_end_and_can_be_continued(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    from pyarrow import parquet

    table = pa.Table.from_pylist(rows(40))
    parquet.write_table(table, tmp_path / "in.parquet", row_group_size=10)
    form = row_format("parquet")
    with (tmp_path / "in.parquet").open("rb") as source:
        pieces = [form.encode(shard, {}, ()) for shard in form.shards(source, FieldNames(), 1_000_000)]
    target = tmp_path / "out.parquet"
    file = growing(target, "parquet")
    file.append(pieces[0])
    length = file.flush()
    file.append(pieces[1])
    file.keep()
    again = growing(target, "parquet", length)
    for piece in pieces[1:]:
        again.append(piece)
    again.finish()
    assert parquet.read_table(target).equals(table)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]
