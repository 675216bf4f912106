"""Where the built-in rule files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.errors import RuleError
from cleaner.rules import locations
from cleaner.rules.locations import builtin_rules_dir


def test_the_folder_holds_rule_files_and_terms() -> None:
    folder = builtin_rules_dir()
    assert (folder / "terms.toml").is_file()
    assert len(list(folder.glob("*.toml"))) > 15


def test_a_damaged_installation_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "__file__", str(tmp_path / "cleaner" / "rules" / "locations.py"))
    with pytest.raises(RuleError, match="the built-in rule files are missing; reinstall article-cleaner"):
        builtin_rules_dir()


def test_an_installed_package_holds_its_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "cleaner" / "rules" / "builtin"
    inside.mkdir(parents=True)
    (inside / "terms.toml").touch()
    monkeypatch.setattr(locations, "__file__", str(tmp_path / "cleaner" / "rules" / "locations.py"))
    assert builtin_rules_dir() == inside.resolve()
