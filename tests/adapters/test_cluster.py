"""Clean files on a cluster: what is refused before an engine starts. The engines run in tests/cli/test_cluster.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.cluster import ENGINES, clean_on_cluster
from cleaner.io.formats.base import FieldNames


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A file of rows, a text, and a folder with something in it."""
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    (tmp_path / "b.txt").write_text("a", "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("a", "utf-8")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("names", "output", "kind", "message"),
    [
        (["a.jsonl"], "full", None, "full: exists and is not empty; name a new folder"),
        (["a.jsonl"], "b.txt", None, "b.txt: exists and is not empty; name a new folder"),
        (["b.txt"], "out", None, "engines read files of one format, parquet, jsonl, csv; here is text"),
        (["a.jsonl", "b.txt"], "out", None, "here is jsonl, text: name it with --format"),
        (["empty"], "out", None, "here is nothing: name it with --format"),
        (["nope.jsonl"], "out", None, "nope.jsonl: no such file or folder"),
        (["a.jsonl"], "out", "warc", "here is warc"),
    ],
)
def test_files_and_folders_that_do_not_fit_are_refused(
    folder: Path, engine: str, names: list[str], output: str, kind: str | None, message: str, cleaner: Cleaner
) -> None:
    with pytest.raises(CleanerError) as error:
        clean_on_cluster(engine, cleaner, [folder / name for name in names], folder / output, kind, FieldNames())
    assert message in str(error.value)
    assert not (folder / "out").exists()
