"""The cache of the built-in rules: quick when it is right, never trusted when it is not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cleaner.rules import RuleSet
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.cache import cache_key, load_cached, store_cached
from tests.unprivileged import run_as_stranger

KEY = "a" * 64
unprivileged_modes = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no modes of files")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return builtin_rules()


def test_what_was_stored_is_loaded(folder: Path, rules: RuleSet) -> None:
    store_cached(KEY, rules)
    found = load_cached(KEY)
    assert found == rules
    assert found is not None
    assert found.known == rules.known
    assert found.classes == rules.classes
    assert len(found.known) > 900
    assert [file.name for file in folder.iterdir()] == [f"builtin-rules-{KEY[:16]}.msgpack"]


def test_another_key_loads_nothing(folder: Path, rules: RuleSet) -> None:
    store_cached(KEY, rules)
    assert load_cached("b" * 64) is None


@pytest.mark.parametrize("damage", ["cut", "empty", "a byte", "text"])
def test_a_damaged_file_loads_nothing(folder: Path, rules: RuleSet, damage: str) -> None:
    store_cached(KEY, rules)
    (file,) = folder.iterdir()
    data = file.read_bytes()
    middle = len(data) // 2
    file.write_bytes(
        {
            "cut": data[:middle],
            "empty": b"",
            "a byte": data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :],
            "text": b"not a cache",
        }[damage]
    )
    assert load_cached(KEY) is None


@unprivileged_modes
@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777])
@pytest.mark.parametrize("whose", ["file", "folder"])
def test_what_others_could_have_written_is_not_used(folder: Path, rules: RuleSet, mode: int, whose: str) -> None:
    """Regexes are kept as the codes of their engine, which forged ones can crash."""
    store_cached(KEY, rules)
    (file,) = folder.iterdir()
    written = file if whose == "file" else folder
    written.chmod(mode)
    assert load_cached(KEY) is None
    written.chmod(0o700)
    assert load_cached(KEY) == rules


@unprivileged_modes
def test_nothing_is_written_where_others_write(folder: Path, rules: RuleSet) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    store_cached(KEY, rules)
    assert list(folder.iterdir()) == []


def test_what_belongs_to_somebody_else_is_not_used(
    folder: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_cached(KEY, rules)
    monkeypatch.setattr("cleaner.rules.cache.os.geteuid", lambda: 4_000_000_000, raising=False)
    assert load_cached(KEY) is None


def test_there_may_be_no_cache(rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", str(tmp_path / "file")):
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        monkeypatch.setenv("CLEANER_CACHE_DIR", value)
        store_cached(KEY, rules)
        assert load_cached(KEY) is None


def test_the_key_of_a_folder_depends_on_its_rule_files(tmp_path: Path) -> None:
    keys = {cache_key(tmp_path)}
    (tmp_path / "notes.md").write_text("a", encoding="utf-8")
    keys.add(cache_key(tmp_path))
    assert len(keys) == 1
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "one.toml").write_text("a", encoding="utf-8")
    keys.add(cache_key(tmp_path))
    assert len(keys) == 2


def test_versions_do_not_take_each_others_place(folder: Path) -> None:
    few = RuleSet()
    for name in "abcdef":
        store_cached(name * 64, few)
    assert len(list(folder.iterdir())) == 4
    assert load_cached("f" * 64) == few
    assert load_cached("e" * 64) == few


def test_a_clock_that_was_set_back_costs_no_new_file(folder: Path) -> None:
    few = RuleSet()
    for name in "abcd":
        store_cached(name * 64, few)
    for file in folder.iterdir():
        os.utime(file, (4_000_000_000, 4_000_000_000))
    store_cached("e" * 64, few)
    assert load_cached("e" * 64) == few
    assert len(list(folder.iterdir())) == 4


def open_to_others(path: Path, folder: Path) -> None:
    folder.chmod(0o777)


def written_by_others(path: Path, folder: Path) -> None:
    path.chmod(0o666)


def written_by_the_group(path: Path, folder: Path) -> None:
    path.chmod(0o664)


def a_link(path: Path, folder: Path) -> None:
    path.rename(folder.parent / "elsewhere")
    path.symlink_to(folder.parent / "elsewhere")


def anothers(path: Path, folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(path, 12345, 12345)


def anothers_folder(path: Path, folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    os.chown(folder, 12345, 12345)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no owners and modes of this kind")
@pytest.mark.parametrize(
    "change", [open_to_others, written_by_others, written_by_the_group, a_link, anothers, anothers_folder]
)
def test_a_file_that_others_can_have_written_loads_nothing(folder: Path, change: Callable[[Path, Path], None]) -> None:
    store_cached(KEY, RuleSet())
    assert load_cached(KEY) is not None
    change(next(folder.iterdir()), folder)
    assert load_cached(KEY) is None


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no modes of this kind")
def test_a_folder_that_is_shared_on_purpose_is_left_alone(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o777)
    store_cached(KEY, RuleSet())
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o777


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="this system has no modes of this kind")
def test_the_users_own_folder_is_made_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANER_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    store_cached(KEY, RuleSet())
    (file,) = tmp_path.rglob("*.msgpack")
    file.parent.chmod(0o775)
    assert load_cached(KEY) is None
    store_cached(KEY, RuleSet())
    assert load_cached(KEY) is not None
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="becomes a user without a home, as root on Linux"
)
def test_a_user_without_a_home_needs_no_cache(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    code = "import cleaner.rules.cache as c; from cleaner.rules import RuleSet\n"
    code += "c.store_cached('a' * 64, RuleSet()); print(c.load_cached('a' * 64))"
    done = run_as_stranger(code)
    assert (done.stdout, done.stderr) == ("None\n", "")
