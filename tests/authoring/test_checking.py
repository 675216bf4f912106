"""``rules check`` on several files."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.checking import check_files
from cleaner.config.settings import Config
from tests.cli.own_rules import OWN


def test_files_are_checked_against_each_other(run_in: Path) -> None:
    for name in ("a.toml", "b.toml"):
        Path(name).write_text(OWN, "utf-8")
    findings = check_files([Path("a.toml"), Path("b.toml")], Config(isolated=True))
    assert [(finding.path.name, "taken" in finding.message) for finding in findings] == [
        ("a.toml", True),
        ("b.toml", True),
    ]


def test_without_paths_the_files_of_the_project_are_checked(run_in: Path) -> None:
    Path("own.toml").write_text(OWN.replace("zone =", "zonne ="), "utf-8")
    (finding,) = check_files([], Config(isolated=True).with_options(rule_paths=[Path("own.toml")]))
    assert (finding.code, finding.line) == ("invalid", 6)
