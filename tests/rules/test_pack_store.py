"""Installed packs are kept as they came, found by name, version and hash, and refused when they were changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import CleanerError, RuleError
from cleaner.rules.model import PackId
from cleaner.rules.pack_store import DATA_VARIABLE, PackStore, pack_folder
from cleaner.rules.packs import RulePack, read_pack
from tests.rules.packing import RULE, pack_bytes


def add(store: PackStore, rule: str = RULE, **manifest: Any) -> RulePack:
    data = pack_bytes(rule, **manifest)
    pack = read_pack(data, Path("a.whl"))
    store.add(pack, data)
    return pack


@pytest.fixture
def store(tmp_path: Path) -> PackStore:
    return PackStore(tmp_path / "packs")


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    assert pack_folder() == tmp_path / "packs"
    assert PackStore().packs() == []


def test_without_a_home_there_is_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home(name: str) -> str:
        raise RuntimeError

    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_data_dir", no_home)
    with pytest.raises(CleanerError, match="name one in CLEANER_DATA_DIR"):
        pack_folder()


def test_a_pack_is_kept_once_as_one_file(store: PackStore) -> None:
    data = pack_bytes()
    pack = read_pack(data, Path("a.whl"))
    assert [store.add(pack, data), store.add(pack, data)] == [True, False]
    (file,) = store.folder.iterdir()
    assert file.read_bytes() == data
    assert store.named("riverpost-rules").read().id == pack.id


def test_versions_lie_side_by_side_in_the_order_of_their_numbers(store: PackStore) -> None:
    for version in ("1.10", "1.9", "1.9rc1", "1.10.dev1"):
        add(store, version=version)
    assert [pack.version for pack in store.packs()] == ["1.9rc1", "1.9", "1.10.dev1", "1.10"]
    assert store.named("riverpost-rules==1.9").version == "1.9"
    with pytest.raises(CleanerError, match=r"several packs .* riverpost-rules==1\.9, .*; name one of them"):
        store.named("riverpost-rules")


def test_other_files_in_the_folder_are_passed_over(store: PackStore) -> None:
    add(store)
    (store.folder / "notes.txt").write_text("mine")
    (store.folder / "half.tmp").write_text("")
    assert len(store.packs()) == 1


def test_a_pin_finds_the_pack_it_names(store: PackStore) -> None:
    first, second = add(store), add(store, RULE + "# changed\n")
    assert first.id != second.id
    assert store.pinned(first.id).id == first.id
    assert store.pinned(second.id).id == second.id


@pytest.mark.parametrize(
    ("pin", "message"),
    [
        (PackId("other", "1.0", "sha256:" + "0" * 64), r"other 1\.0 with the hash sha256:0{12}… is not installed$"),
        (PackId("riverpost-rules", "2.0", "sha256:" + "0" * 64), r"installed is version 1\.0$"),
        (PackId("riverpost-rules", "1.0", "sha256:" + "0" * 64), r"installed is version 1\.0 with another hash \("),
    ],
)
def test_a_pin_that_nothing_fits_says_what_there_is(store: PackStore, pin: PackId, message: str) -> None:
    add(store)
    with pytest.raises(RuleError, match=message):
        store.pinned(pin)


def test_a_hash_that_agrees_at_its_beginning_only_is_another_one(store: PackStore) -> None:
    pack = add(store)
    other = pack.id._replace(hash=pack.id.hash[:40] + "0" * (len(pack.id.hash) - 40))
    with pytest.raises(RuleError, match="and not the one that is pinned"):
        store.pinned(other)


def test_a_pack_that_was_changed_after_it_was_installed_is_refused(store: PackStore) -> None:
    pack = add(store)
    (file,) = store.folder.iterdir()
    file.write_bytes(pack_bytes(RULE + "# more\n"))
    with pytest.raises(CleanerError, match="was changed since it was installed; clean rules remove"):
        store.pinned(pack.id)
    with pytest.raises(CleanerError, match="was changed since it was installed; clean rules remove"):
        store.named("riverpost-rules").read()


def test_what_is_removed_is_gone(store: PackStore) -> None:
    add(store)
    assert store.remove("riverpost-rules").version == "1.0"
    assert list(store.folder.iterdir()) == []
    with pytest.raises(CleanerError, match="no pack 'riverpost-rules' is installed; none is"):
        store.remove("riverpost-rules")


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = PackStore(tmp_path / "packs")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        add(store)
    assert list(store.folder.iterdir()) == []
