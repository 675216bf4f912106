"""Keep what is written inside the folder it was meant for: names that come from data, and links that lie in the way."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from cleaner.errors import CleanerError
from cleaner.io.paths import is_remote, shown

__all__ = ["check_no_links", "path_below"]


def path_below(folder: Path, name: object) -> Path:
    """The path of a name that stands in data, such as an audit.

    Args:
        folder: the folder in which the path must lie.
        name: names joined by slashes.

    Raises:
        CleanerError: the name is no name, is absolute or leads out of the folder.

    >>> path_below(Path("out"), "sub/a.txt").as_posix()
    'out/sub/a.txt'
    >>> path_below(Path("out"), "../a.txt")
    Traceback (most recent call last):
    ...
    cleaner.errors.CleanerError: '../a.txt' leads out of the folder out; no path in a file may do that
    """
    if not isinstance(name, str) or not name.strip("/.") or "\0" in name:
        raise CleanerError(f"{_named(name)} is not the name of a file")
    windows = PureWindowsPath(name)
    outside = name.startswith("/") or ".." in PurePosixPath(name).parts
    # A drive or a backslash means something on Windows only, where a:b.txt is not a name either.
    if os.name == "nt":  # pragma: no cover
        outside = outside or bool(windows.drive or windows.root) or ".." in windows.parts
    if outside:
        raise CleanerError(f"{_named(name)} leads out of the folder {shown(folder)}; no path in a file may do that")
    return folder / name


def _named(name: object) -> str:
    text = repr(name)
    return text if len(text) <= 200 else text[:200] + "…"


def check_no_links(folder: Path, path: Path) -> None:
    """Refuse a path whose folders below ``folder`` are links, for they lead to another place.

    ``folder`` itself may be a link, because the user named it.

    Raises:
        CleanerError: a folder between the two is a link. The message names it.
    """
    if is_remote(folder) or folder not in path.parents:
        return
    for parent in path.relative_to(folder).parents:
        if parent.parts and (folder / parent).is_symlink():
            raise CleanerError(
                f"{shown(folder / parent)}: is a link, and nothing is written through it; remove the link"
            )
