"""Which files below a folder are found, and in which order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cleaner.errors import CleanerError
from cleaner.io.discovery import DiscoveredFile, walk
from cleaner.io.problems import Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.md",
        "picture.png",
        ".cleaner-x.tmp",
        "sub/deep/c.html",
        "sub/rows.jsonl.gz",
        "sub2/d.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def found(folder: Path, *include: str, exclude: tuple[str, ...] = ()) -> list[str]:
    return [item.relative.as_posix() for item in walk(folder, include, exclude) if isinstance(item, DiscoveredFile)]


def problems(folder: Path) -> list[Problem]:
    return [item for item in walk(folder) if isinstance(item, Problem)]


def test_files_of_known_formats_come_in_the_order_of_their_names(folder: Path) -> None:
    assert found(folder) == ["a.md", "b.txt", "sub/rows.jsonl.gz", "sub/deep/c.html", "sub2/d.txt"]


@pytest.mark.parametrize(
    ("glob", "names"),
    [
        ("*.txt", ["b.txt", "sub2/d.txt"]),
        ("/*.txt", ["b.txt"]),
        ("sub2/*.txt", ["sub2/d.txt"]),
        ("sub2/", ["sub2/d.txt"]),
        ("**/*.txt", ["b.txt", "sub2/d.txt"]),
        ("sub/**", ["sub/rows.jsonl.gz", "sub/deep/c.html"]),
        ("/[!b].*", ["a.md"]),
        ("?icture.png", ["picture.png"]),
        ("B.TXT", []),
    ],
)
def test_globs_choose_as_git_does(folder: Path, glob: str, names: list[str]) -> None:
    assert found(folder, glob) == names


def test_an_excluded_folder_is_left_out_with_all_below_it(folder: Path) -> None:
    assert found(folder, exclude=("sub/", "*.md")) == ["b.txt", "sub2/d.txt"]
    assert found(folder, "**/*.txt", exclude=("sub2",)) == ["b.txt"]


@pytest.mark.parametrize("glob", ["[z-a].txt", "x[z-a]"])
def test_a_glob_that_is_not_valid_is_an_error(folder: Path, glob: str) -> None:
    with pytest.raises(CleanerError, match=r"is not a valid glob: .*; use \*, \*\*, \? and \[a-z\]"):
        list(walk(folder, (glob,)))


def test_links_to_folders_are_named_and_not_followed(folder: Path) -> None:
    (folder / "loop").symlink_to(folder)
    [problem] = problems(folder)
    assert problem.path.endswith("loop")
    assert "not followed" in problem.message
    assert not problem.fatal


def test_broken_links_are_problems(folder: Path) -> None:
    (folder / "gone.txt").symlink_to("nowhere")
    (folder / "self.txt").symlink_to("self.txt")
    assert [Path(problem.path).name for problem in problems(folder)] == ["gone.txt", "self.txt"]
    assert "leads nowhere" in problems(folder)[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="makes a named pipe")
def test_what_is_not_a_file_is_a_problem(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    [problem] = problems(folder)
    assert problem.message == "is not an ordinary file; leave it out with --exclude"


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path) -> None:
    [problem] = problems(tmp_path / "none")
    assert "cannot be listed" in problem.message
