"""Find the files below a folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleaner.errors import CleanerError
from cleaner.io.atomic import TEMPORARY
from cleaner.io.compression import CODECS
from cleaner.io.formats.registry import kind_of
from cleaner.io.paths import is_remote, shown
from cleaner.io.problems import Problem
from cleaner.io.sidecars import is_sidecar

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["DiscoveredFile", "UnreadFile", "walk"]


class DiscoveredFile(NamedTuple):
    """A file to clean, and its path relative to the folder that was named."""

    path: Path
    relative: Path


class UnreadFile(NamedTuple):
    """A file that no format takes, and its path relative to the folder that was named."""

    path: Path
    relative: Path

    @property
    def suffix(self) -> str:
        """The suffix that tells what it is; of a compressed file the last two.

        >>> UnreadFile(Path("in/Report.DOCX"), Path("Report.DOCX")).suffix
        '.docx'
        """
        suffixes = self.path.suffixes[-2 if self.path.suffix.lower() in CODECS else -1 :]
        return "".join(suffixes).lower()


Found = DiscoveredFile | UnreadFile | Problem
"""What a walk comes across."""


def walk(root: Path, include: Sequence[str] = (), exclude: Sequence[str] = ()) -> Iterator[Found]:
    """The files below a folder in order of their names, and a problem for each path that cannot be read.

    Links to folders are not followed, so a loop of links ends. Hidden files that no format takes are passed over, and
    so is what an earlier run wrote beside its results.

    Args:
        root: the folder.
        include: globs of the files to take; without any, all files of known formats, and those of others are given as
            unread. Globs are read as git reads them in ``.gitignore``: ``*.txt`` means files at every depth, ``/*.txt``
            those of the folder itself, ``sub/*.txt`` those of its folder ``sub``.
        exclude: globs of the files and folders to leave out.

    Raises:
        CleanerError: a glob is not valid.
    """
    choice = _Choice(_compiled(include), _compiled(exclude))
    yield from _walk_remote(root, choice) if is_remote(root) else _walk_local(root, choice)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Which paths are wanted, by globs of the path below the folder; None without any glob."""

    included: GitIgnoreSpec | None
    excluded: GitIgnoreSpec | None

    def excludes(self, relative: Path, is_folder: bool = False) -> bool:
        return self.excluded is not None and self.excluded.match_file(relative.as_posix() + "/" * is_folder)

    def takes(self, relative: Path) -> bool:
        if self.included is not None:
            return self.included.match_file(relative.as_posix())
        return kind_of(relative) is not None

    def unread(self, path: Path, relative: Path) -> Iterator[UnreadFile]:
        """A file that is not taken because of its suffix alone."""
        if self.included is None and not path.name.startswith("."):
            yield UnreadFile(path, relative)


def _walk_local(root: Path, choice: _Choice) -> Iterator[Found]:
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(shown(folder), f"cannot be listed: {error.strerror}; check its permissions")
            continue
        below = []
        for entry in entries:
            found = _look_at(entry, root, choice)
            if isinstance(found, Path):
                below.append(found)
            elif found is not None:
                yield found
        pending += reversed(below)


def _look_at(entry: os.DirEntry[str], root: Path, choice: _Choice) -> Found | Path | None:
    """A file to clean, a problem, a folder to look into, or None for an entry that is not wanted."""
    path = Path(entry.path)
    relative = path.relative_to(root)
    if choice.excludes(relative, entry.is_dir(follow_symlinks=False)):
        return None
    if entry.name.startswith(TEMPORARY):
        message = f"is left out, since names that begin with {TEMPORARY} belong to runs; rename it"
        return Problem(shown(path), message, False) if kind_of(relative) is not None else None
    try:
        if entry.is_dir(follow_symlinks=False):
            return path
        if entry.is_symlink() and entry.is_dir():
            return Problem(shown(path), "is a link to a folder and not followed; name the folder itself", False)
        if not choice.takes(relative):
            return next(choice.unread(path, relative), None) if entry.is_file() else None
        if not entry.is_file():
            return Problem(shown(path), _not_a_file(path))
        return None if is_sidecar(path) else DiscoveredFile(path, relative)
    except OSError as error:
        return Problem(shown(path), f"cannot be read: {error.strerror}; remove the link or mend it")


def _walk_remote(root: Path, choice: _Choice) -> Iterator[Found]:
    """The same below a remote path, where there are neither links nor permissions."""
    below = f"{root.as_posix().rstrip('/')}/"
    for path in sorted(root.rglob("*"), key=str):
        relative = Path(path.as_posix().removeprefix(below))
        folders = [Path(*relative.parts[:depth]) for depth in range(1, len(relative.parts))]
        if any(choice.excludes(folder, True) for folder in folders) or choice.excludes(relative) or not path.is_file():
            continue
        if choice.takes(relative):
            yield DiscoveredFile(path, relative)
        else:
            yield from choice.unread(path, relative)


def _not_a_file(path: Path) -> str:
    try:
        path.stat()
    except FileNotFoundError:
        return "is a link that leads nowhere; remove it or mend it"
    except OSError as error:
        return f"cannot be read: {error.strerror}; remove the link or mend it"
    return "is not an ordinary file; leave it out with --exclude"


def _compiled(globs: Sequence[str]) -> GitIgnoreSpec | None:
    if not globs:
        return None
    from pathspec import GitIgnoreSpec

    for glob in globs:  # one by one, so that the error knows which
        try:
            GitIgnoreSpec.from_lines([glob])
        except (ValueError, re.error) as error:
            raise CleanerError(f"{glob!r} is not a valid glob: {error}; use *, **, ? and [a-z]") from None
    return GitIgnoreSpec.from_lines(globs)
