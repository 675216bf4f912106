"""A file that is whole and waits for its name."""

from __future__ import annotations

import os
import pickle
import stat
import sys
from pathlib import Path

import pytest

from cleaner.io.marks import can_mark, mark_of
from cleaner.io.prepared import prepare, remove_prepared


def names(folder: Path) -> list[str]:
    """The names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_another_process_can_give_the_name(tmp_path: Path) -> None:
    target = tmp_path / "sub" / "a.txt"
    prepared = pickle.loads(pickle.dumps(prepare(target, b"new", 0o640, "0123")))
    assert names(target.parent) == [".cleaner-a.txt.tmp"]
    prepared.give_name()
    assert target.read_bytes() == b"new"
    assert sys.platform == "win32" or stat.S_IMODE(target.stat().st_mode) == 0o640
    assert mark_of(target) == ("0123" if can_mark(tmp_path) else "")
    assert names(target.parent) == ["a.txt"]


def test_a_file_that_is_discarded_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    prepared = prepare(target, b"new", 0o644)
    prepared.discard()
    prepared.discard()
    assert (names(tmp_path), target.read_bytes()) == (["a.txt"], b"old")


def test_a_file_that_has_its_name_is_not_discarded(tmp_path: Path) -> None:
    prepared = prepare(tmp_path / "a.txt", b"new", 0o644)
    prepared.give_name()
    prepared.discard()
    assert names(tmp_path) == ["a.txt"]


def test_what_another_process_prepared_is_not_taken_for_ones_own(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    first = prepare(target, b"one", 0o644)
    second = prepare(target, b"two", 0o644)
    with pytest.raises(FileNotFoundError, match="another run works on the same file"):
        first.give_name()
    first.discard()
    second.give_name()
    assert target.read_bytes() == b"two"


def test_what_a_killed_process_left_is_written_over_or_removed(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    (tmp_path / ".cleaner-a.txt.tmp").write_bytes(b"half")
    prepare(target, b"new", 0o644)
    assert (tmp_path / ".cleaner-a.txt.tmp").read_bytes() == b"new"
    remove_prepared(target)
    remove_prepared(target)
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no links of this kind")
def test_a_link_in_place_of_the_temporary_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / ".cleaner-a.txt.tmp").symlink_to("mine")
    prepare(tmp_path / "a.txt", b"new", 0o644).give_name()
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert not (tmp_path / "a.txt").is_symlink()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    with pytest.raises(OSError, match="No space left"):
        prepare(tmp_path / "a.txt", b"new", 0o644)
    assert names(tmp_path) == []


def test_a_long_name_has_room_for_the_temporary_one(tmp_path: Path) -> None:
    target = tmp_path / ("x" * 251 + ".txt")
    prepared = prepare(target, b"new", 0o644)
    assert len(os.fsencode(prepared.temporary.name)) < 255
    prepared.give_name()
    assert target.read_bytes() == b"new"


def test_a_file_of_another_machine_is_prepared_on_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    upath = pytest.importorskip("upath", reason="the extra remote is not installed")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    target = upath.UPath("memory://prepared/a.txt")
    prepared = prepare(target, b"new", 0o644)
    assert not target.exists()
    prepared.give_name()
    assert target.read_bytes() == b"new"
    assert not prepared.temporary.parent.exists()
