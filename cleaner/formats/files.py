"""Files on disk: find them, and write them whole or not at all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from cleaner.errors import CleanerError
from cleaner.formats import html, jsonl
from cleaner.formats.codecs import CODECS
from cleaner.formats.paths import is_remote, shown, staging, upload

__all__ = ["KINDS", "TEMPORARY", "Found", "Kind", "Problem", "atomic_write", "kind_of", "shown", "walk"]

TEXT_SUFFIXES = (".txt", ".md")
Kind = str
KINDS = ("text", "html", "jsonl", "csv", "tsv", "parquet", "warc")
_COMPRESSED = ("jsonl", "csv", "tsv", "warc")


class Found(NamedTuple):
    """A file to clean, and its place below the folder that was named."""

    path: Path
    relative: Path


class Problem(NamedTuple):
    """Something the user should know about a path. ``fatal`` problems make the run end with an error code."""

    path: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


def kind_of(path: Path) -> Kind | None:
    """How a file is read, by its suffix; None for one that is not ours.

    >>> kind_of(Path("a.TXT")), kind_of(Path("rows.jsonl.gz")), kind_of(Path("a.txt.gz"))
    ('text', 'jsonl', None)
    """
    suffix = path.suffix.lower()
    if suffix in CODECS:
        inner = kind_of(path.with_suffix(""))
        return inner if inner in _COMPRESSED else None
    if suffix in TEXT_SUFFIXES:
        return "text"
    if suffix in html.SUFFIXES:
        return "html"
    if suffix in jsonl.SUFFIXES:
        return "jsonl"
    return suffix[1:] if suffix in (".csv", ".tsv", ".parquet", ".warc") else None


def walk(root: Path, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> Iterator[Found | Problem]:
    """Files below a folder, in order of their names, and what could not be looked at.

    Without ``include`` these are the files of known kinds. Globs are held against the whole path below the folder,
    as in a shell: ``*.txt`` are the files of the folder itself, ``**/*.txt`` those of all folders below it too.
    Links to folders are not followed, so a loop of links ends.
    """
    included, excluded = [_glob(glob) for glob in include], [_glob(glob) for glob in exclude]
    if is_remote(root):
        yield from _walk_remote(root, included, excluded)
        return
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Problem(shown(folder), f"cannot be listed: {error.strerror}; check its permissions")
            continue
        folders = []
        for entry in entries:
            path = Path(entry.path)
            relative = path.relative_to(root)
            if _matches(relative, excluded) or entry.name.startswith(TEMPORARY):
                continue
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    continue
                if entry.is_symlink() and entry.is_dir():
                    yield Problem(shown(path), "is a link to a folder and not followed; name the folder itself", False)
                    continue
                if not (_matches(relative, included) if included else kind_of(path)):
                    continue
                if not entry.is_file():
                    yield Problem(shown(path), _not_a_file(path))
                    continue
            except OSError as error:
                yield Problem(shown(path), f"cannot be read: {error.strerror}; remove the link or mend it")
                continue
            yield Found(path, relative)
        pending += reversed(folders)


def _walk_remote(root: Path, included: list[re.Pattern[str]], excluded: list[re.Pattern[str]]) -> Iterator[Found]:
    """The same below a remote path, where there are neither links nor permissions."""
    below = f"{root.as_posix().rstrip('/')}/"
    for path in sorted(root.rglob("*"), key=str):
        relative = Path(path.as_posix().removeprefix(below))
        folders = [Path(*relative.parts[:depth]) for depth in range(1, len(relative.parts) + 1)]
        if any(_matches(folder, excluded) for folder in folders):
            continue
        if (_matches(relative, included) if included else kind_of(relative)) and path.is_file():
            yield Found(path, relative)


def _not_a_file(path: Path) -> str:
    try:
        path.stat()
    except FileNotFoundError:
        return "is a link that leads nowhere; remove it or mend it"
    except OSError as error:
        return f"cannot be read: {error.strerror}; remove the link or mend it"
    return "is no ordinary file; leave it out with --exclude"


def _matches(relative: Path, globs: list[re.Pattern[str]]) -> bool:
    path = relative.as_posix()
    return any(glob.fullmatch(path) for glob in globs)


def _glob(glob: str) -> re.Pattern[str]:
    """A shell glob over a path with slashes; ``glob.translate`` does this from Python 3.13 on."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[!?[^\]]+\])", glob.rstrip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}

    def translate(part: str) -> str:
        if len(part) > 2 and part[0] == "[" and part[-1] == "]":
            return "[" + part[1:-1].replace("\\", r"\\").replace("!", "^", 1 if part[1] == "!" else 0) + "]"
        return known.get(part) or re.escape(part)

    try:
        return re.compile("".join(map(translate, parts)), re.DOTALL)
    except re.error as error:
        raise CleanerError(f"{glob!r} is no glob: {error}; use *, **, ? and [a-z]") from None


TEMPORARY = ".cleaner-"


@contextmanager
def atomic_write(target: Path, mode: int, unwanted: Callable[[], bool] | None = None) -> Iterator[IO[bytes]]:
    """A binary file that appears under its name when the block ends, and not at all when it raises.

    ``mode`` are its permission bits. When ``unwanted`` says so at the end, the old file stays as it was.
    """
    folder = staging(target) if is_remote(target) else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=TEMPORARY, suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        if unwanted is not None and unwanted():
            temporary.unlink()
            return
        if is_remote(target):
            upload(temporary, target)
            temporary.unlink()
            folder.rmdir()
            return
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
