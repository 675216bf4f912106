"""One file comes back from its cleaned form and its lines of the audit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.restored import Restored, copy_file, restore_file
from cleaner.cli import main
from cleaner.errors import CleanerError
from tests.articles import article, json_lines


def run(path: Path) -> tuple[Path, list[dict[str, Any]]]:
    """Clean a file: the result, and its lines of the audit."""
    result, audit = path.with_name("clean-" + path.name), path.with_name("audit.jsonl")
    assert main([str(path), "-o", str(result), "--audit", str(audit), "-q"]) == 0
    return result, [json.loads(line) for line in audit.read_text(encoding="utf-8").splitlines()]


def test_a_text_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(article(1), encoding="utf-8")
    result, lines = run(path)
    assert restore_file(result, tmp_path / "back.txt", iter(lines), ("text",), True) == Restored(1)
    assert (tmp_path / "back.txt").read_bytes() == path.read_bytes() != result.read_bytes()


def test_rows_come_back_and_those_without_a_line_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json_lines(4))
    result, lines = run(path)
    assert restore_file(result, tmp_path / "back.jsonl", iter(lines), ("text",), True) == Restored(4)
    assert (tmp_path / "back.jsonl").read_bytes() == path.read_bytes()
    del lines[1]
    assert restore_file(result, tmp_path / "part.jsonl", iter(lines), ("text",), True) == Restored(3, 1, 2)


def test_a_row_that_is_missing_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(json_lines(4))
    result, lines = run(path)
    result.write_bytes(b"".join(result.read_bytes().splitlines(keepends=True)[:3]))
    with pytest.raises(CleanerError, match="has no row 4, which the audit is about"):
        restore_file(result, tmp_path / "back.jsonl", iter(lines), ("text",), False)
    assert not (tmp_path / "back.jsonl").exists()


def test_a_copy_is_the_same_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Zoë said so.\r\n".encode("cp1252"))
    assert copy_file(path, tmp_path / "b.txt") == Restored(1)
    assert (tmp_path / "b.txt").read_bytes() == path.read_bytes()
