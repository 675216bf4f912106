"""The cache of the built-in rules: quick when it is right, never trusted when it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.rules import RuleSet
from cleaner.rules.builtin import builtin_rules
from cleaner.rules.cache import cache_key, load_cached, store_cached

KEY = "a" * 64


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


def test_there_may_be_no_cache(rules: RuleSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for value in ("", str(tmp_path / "file")):
        (tmp_path / "file").write_text("in the way", encoding="utf-8")
        monkeypatch.setenv("CLEANER_CACHE_DIR", value)
        store_cached(KEY, rules)
        assert load_cached(KEY) is None


def test_every_change_of_a_file_changes_the_key(tmp_path: Path) -> None:
    one, two = tmp_path / "one.toml", tmp_path / "two.toml"
    one.write_text("a", encoding="utf-8")
    two.write_text("b", encoding="utf-8")
    keys = {cache_key([one, two], []), cache_key([one], []), cache_key([one], [two]), cache_key([two], [])}
    one.write_text("c", encoding="utf-8")
    keys.add(cache_key([one, two], []))
    assert len(keys) == 4  # which of the two lists a file is in makes no difference


def test_versions_do_not_take_each_others_place(folder: Path) -> None:
    few = RuleSet()
    for name in "abcdef":
        store_cached(name * 64, few)
    assert len(list(folder.iterdir())) == 4
    assert load_cached("f" * 64) == few
    assert load_cached("e" * 64) == few
