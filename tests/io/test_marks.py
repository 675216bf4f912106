"""A result carries the digest of its content, where the file system lets it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cleaner.io.atomic import atomic_write
from cleaner.io.marks import can_mark, mark, mark_of


def test_a_mark_stays_with_its_file_and_a_copy_has_none(tmp_path: Path) -> None:
    if not can_mark(tmp_path):
        pytest.skip("files cannot be marked here")
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "a.txt"
    with atomic_write(path, 0o644, digest="0123") as stream:
        stream.write(b"x")
    assert mark_of(path) == "0123"
    assert mark_of(path.rename(tmp_path / "b.txt")) == "0123"
    path.write_bytes(b"x")
    assert mark_of(path) == ""


def test_no_mark_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    monkeypatch.setattr(os, "setxattr", refuse, raising=False)
    path = tmp_path / "a.txt"
    with atomic_write(path, 0o644, digest="0123") as stream:
        stream.write(b"x")
    assert not mark(path, "0123")
    assert not can_mark(tmp_path)
    assert mark_of(path) == mark_of(tmp_path / "missing") == ""


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "link").symlink_to("a.txt")
    mark(tmp_path / "link", "0123")
    assert mark_of(tmp_path / "a.txt") == ""
