"""A file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.io.atomic import atomic_write


def test_the_file_appears_at_the_end_of_the_block(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.txt"
    with atomic_write(target, 0o640) as stream:
        stream.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


def fail_in_the_middle(target: Path) -> None:
    with atomic_write(target, 0o644) as stream:
        stream.write(b"half")
        raise ValueError("stop")


def test_an_error_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(ValueError, match="stop"):
        fail_in_the_middle(target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("unwanted", "left"), [(True, b"old"), (False, b"new")])
def test_an_unwanted_result_leaves_the_old_file_as_it_was(tmp_path: Path, unwanted: bool, left: bytes) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with atomic_write(target, 0o644, lambda: unwanted) as stream:
        stream.write(b"new")
    assert target.read_bytes() == left
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
