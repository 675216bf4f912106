"""What an author says about a pack is read, and what is wrong is told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.pack_project import read_project
from cleaner.errors import CleanerError
from tests.authoring.pack_folders import TEMPLATE, change
from tests.authoring.pack_folders import pack_folder as pack_folder


def test_the_template_is_read() -> None:
    project = read_project(TEMPLATE)
    assert (project.name, project.version, project.licence) == ("riverpost-rules", "1.0", "CC0-1.0")
    assert project.authors == ("The River Post archive",)
    assert {"README.md", "rules/riverpost.toml", "golden/high-water/input.txt"} <= set(project.files)
    assert project.golden == TEMPLATE / "golden"
    assert project.licence_file == TEMPLATE / "LICENSE"


def test_only_files_that_belong_to_a_pack_are_taken(pack_folder: Path) -> None:
    before = set(read_project(pack_folder).files)
    for name in ("rules/notes.txt", "golden/notes.txt", "golden/high-water/draft.txt", "run.py", "rules/run.py"):
        (pack_folder / name).write_text("x")
    assert set(read_project(pack_folder).files) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('name = "riverpost-rules"', 'name = "Riverpost"', r":\d+:1: project\.name cannot be 'Riverpost'"),
        ('version = "1.0"', 'version = "v1"', r":\d+:1: project\.version cannot be 'v1'; write it as 1\.0"),
        ('version = "1.0"\n', "", r"project\.version is missing"),
        ('license = "CC0-1.0"', 'license = { text = "CC0" }', r"project\.license is not one line of text"),
        (
            'authors = [{ name = "The River Post archive" }]',
            'authors = ["me"]',
            r"project\.authors is no list of tables",
        ),
        (
            'requires-python = ">=3.11"',
            'dependencies = ["requests"]',
            r"dependencies holds 'requests'; a rule pack may",
        ),
        ("riverpost_rules.rules", "evil.rules", r"project\.entry-points is not \[cleaner\.rules\]"),
        ("[project]", "[project", r":\d+:\d+: "),
    ],
)
def test_what_is_wrong_is_told_with_its_place(pack_folder: Path, old: str, new: str, message: str) -> None:
    change(pack_folder, "pyproject.toml", old, new)
    with pytest.raises(CleanerError, match=rf"pyproject\.toml.*{message}"):
        read_project(pack_folder)


def test_a_dependency_on_cleaner_itself_is_taken_over(pack_folder: Path) -> None:
    change(pack_folder, "pyproject.toml", 'requires-python = ">=3.11"', 'dependencies = ["article-cleaner>=0.1"]')
    assert read_project(pack_folder).requires == ("article-cleaner>=0.1",)


def test_a_file_without_a_table_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    with pytest.raises(CleanerError, match=r"pyproject\.toml: has no table \[project\]"):
        read_project(tmp_path)


def test_a_folder_without_what_a_pack_needs_is_an_error(pack_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CleanerError, match=r"pyproject\.toml: cannot be read: .*examples/rule-pack is a template"):
        read_project(tmp_path)
    (pack_folder / "rules").rename(pack_folder / "regeln")
    with pytest.raises(CleanerError, match="has no folder rules/"):
        read_project(pack_folder)


def test_a_link_is_refused(pack_folder: Path) -> None:
    (pack_folder / "rules" / "more.toml").symlink_to(pack_folder / "pyproject.toml")
    with pytest.raises(CleanerError, match=r"more\.toml: is a link"):
        read_project(pack_folder)
