"""The built-in rules as a wheel ships them: right, or not used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleaner.rules import RuleSet
from cleaner.rules.builtin import builtin_rules, builtin_rules_dir
from cleaner.rules.shipped import SHIPPED, load_shipped, shipped_bytes


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    return builtin_rules()


@pytest.fixture
def folder(tmp_path: Path, rules: RuleSet) -> Path:
    """An installed folder of rules, elsewhere than the one they were built in."""
    folder = tmp_path / "installed"
    shutil.copytree(builtin_rules_dir(), folder)
    (folder / SHIPPED).write_bytes(shipped_bytes(builtin_rules_dir(), rules))
    return folder


def test_what_was_shipped_is_loaded_with_the_paths_of_its_new_place(folder: Path, rules: RuleSet) -> None:
    found = load_shipped(folder)
    assert found is not None
    assert found.known == rules.known
    assert [rule.id for rule in found] == [rule.id for rule in rules]
    assert all(Path(rule.path).is_file() and Path(rule.path).parent == folder for rule in found)


def test_nothing_is_loaded_where_nothing_was_shipped(tmp_path: Path) -> None:
    assert load_shipped(tmp_path) is None


def test_a_rule_file_that_changed_counts_and_not_what_was_shipped(folder: Path) -> None:
    changed = folder / "terms.toml"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert load_shipped(folder) is None


def test_a_damaged_file_is_not_used(folder: Path) -> None:
    data = (folder / SHIPPED).read_bytes()
    (folder / SHIPPED).write_bytes(data[:1000] + b"x" + data[1001:])
    assert load_shipped(folder) is None


def test_rules_that_are_shipped_need_no_cache(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.rules.builtin.builtin_rules_dir", lambda: folder)
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder / "cache"))
    found = builtin_rules.__wrapped__()
    assert Path(next(iter(found)).path).parent == folder
    assert not (folder / "cache").exists()


def test_regexes_of_another_version_are_compiled_and_kept(
    folder: Path, rules: RuleSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.rules.packed.VERSION", "1.0")
    few = RuleSet(list(rules)[:5], (), rules.terms)
    few = few.with_known({text: rules.known[text] for rule in few for text in _patterns(few, rule.id)})
    (folder / SHIPPED).write_bytes(shipped_bytes(builtin_rules_dir(), few))
    monkeypatch.undo()
    monkeypatch.setattr("cleaner.rules.builtin.builtin_rules_dir", lambda: folder)
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder.parent / "cache"))
    found = builtin_rules.__wrapped__()
    assert len(found) == 5
    assert all(regex.frozen for regex in found.known.values())
    assert len(list((folder.parent / "cache").iterdir())) == 1


def _patterns(rules: RuleSet, rule: str) -> list[str]:
    return [rules.expand(text) for texts in rules[rule].patterns.values() for text in texts]
