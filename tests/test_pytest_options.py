"""Which folders of golden cases and rules a session has."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.pytest_options import Places, absolute, asked_places, places_of, unique


def test_the_places_of_the_command_line_come_before_those_of_the_configuration(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nclean_golden = cases more\nclean_rules = rules")
    config = pytester.parseconfigure("--clean-golden", "more", "--clean-rules", "../own.toml")
    folder = pytester.path
    assert asked_places(config) == Places((folder / "more",), (folder.parent / "own.toml",))
    assert places_of(config) == Places(
        (folder / "more", folder / "cases"), (folder.parent / "own.toml", folder / "rules")
    )


def test_without_options_there_are_none(pytester: pytest.Pytester) -> None:
    assert places_of(pytester.parseconfigure()) == Places((), ())


def test_links_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert absolute([tmp_path / "real" / ".." / "link"]) == (tmp_path / "link",)


def test_each_path_is_there_once() -> None:
    a, b = Path("a"), Path("b")
    assert unique((a, b), (b,), (a,)) == (a, b)
