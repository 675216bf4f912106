"""Paths of this machine and of object stores and web servers (``s3://``, ``gs://``, ``https://``, ``hf://``).

Remote paths are ``UPath`` objects over fsspec, which behave like other paths. What they cannot do (permissions,
renaming, hidden files beside a file) is handled here.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import cast

from cleaner.errors import CleanerError, extra_advice

__all__ = [
    "as_path",
    "digest_of",
    "is_remote",
    "mode_of",
    "named_errors",
    "open_source",
    "printable",
    "shown",
    "signature",
    "staging",
    "upload",
]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_FILE_MODE = 0o644
_CODES = {FileNotFoundError: errno.ENOENT, IsADirectoryError: errno.EISDIR, PermissionError: errno.EACCES}
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gs", "gcs": "gs", "az": "az", "abfs": "az", "abfss": "az"}


def as_path(text: str) -> Path:
    """The path that somebody wrote.

    Raises:
        CleanerError: it needs a package that is not installed.

    >>> as_path("articles/a.txt").name
    'a.txt'
    """
    scheme = _SCHEME.match(text)
    if not scheme:
        return Path(text)
    try:
        from upath import UPath

        path = UPath(text)
        _ = path.fs  # imports what reads this kind of path
        return cast(Path, path)
    except ImportError as error:
        extra = "remote" if error.name == "upath" else _EXTRAS.get(text.partition(":")[0], "")
        advice = f"; {extra_advice(extra)}" if extra else ""
        raise CleanerError(f"{text}: {error}{advice}") from None
    except ValueError as error:
        raise CleanerError(f"{text}: {error}; use a path, s3://, gs://, https:// or hf://") from None


def is_remote(path: Path) -> bool:
    """Whether a path lies on another machine."""
    return bool(_SCHEME.match(str(path)))


def shown(path: str | Path) -> str:
    r"""A path for a message, on one line: bytes of the name that are not UTF-8 show as \x escapes, and so does what a
    terminal would obey.

    >>> shown("a\x1b[31m.txt"), shown("a\nb.txt")
    ('a\\x1b[31m.txt', 'a\\nb.txt')
    """
    return printable(str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"), "")


_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str, kept: str = "\t\n") -> str:
    r"""A text without what a terminal obeys: control characters, and those that change the direction of what follows.

    >>> printable("a\x1b]0;title\x07b\tc")
    'a\\x1b]0;title\\x07b\tc'
    """
    return _OBEYED.sub(lambda match: match[0] if match[0] in kept else _escape(match[0]), text)


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def mode_of(path: Path) -> int:
    """The permission bits for a file made from ``path``; those of an ordinary file where it has none."""
    return _FILE_MODE if is_remote(path) else stat.S_IMODE(path.stat().st_mode)


def signature(path: Path) -> tuple[int, ...]:
    """What changes when a file does: its size, and the times of its last changes in nanoseconds.

    A tool can set back the time of the content, but not that of the inode.

    Raises:
        OSError: the file is not there.
    """
    found = path.stat()
    return found.st_size, getattr(found, "st_mtime_ns", 0), getattr(found, "st_ctime_ns", 0)


def digest_of(path: Path) -> str:
    """A short digest of the content of a file.

    Raises:
        OSError: the file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=8)
    with path.open("rb") as stream:
        while data := stream.read(1 << 20):
            digest.update(data)
    return digest.hexdigest()


def staging(path: Path) -> Path:
    """A folder of this machine for what is on its way to a remote path, the same each time.

    Raises:
        CleanerError: the user has no home.
    """
    from platformdirs import user_cache_path

    try:
        cache = user_cache_path("article-cleaner")
    except RuntimeError:
        raise CleanerError(
            f"{path}: there is no home to keep unfinished files in; set HOME or XDG_CACHE_HOME"
        ) from None
    return cache / "staging" / hashlib.sha256(str(path).encode()).hexdigest()[:16]


def upload(local: Path, target: Path) -> None:
    """Copy a file to a remote path, where it appears when it is whole.

    Raises:
        OSError: it cannot be written; the error names the remote path.
    """
    with named_errors(target), local.open("rb") as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream, 1 << 20)


def open_source(path: Path) -> BufferedReader:
    """Open a file for reading.

    Raises:
        OSError: it cannot be opened; the error names the path, and says why.
    """
    with named_errors(path):
        return path.open("rb")


def _reason(error: OSError, path: str) -> str:
    """What a library says is wrong; what the kind of the error says, when the message is nothing but the path."""
    said = str(error)
    code = next((code for kind, code in _CODES.items() if isinstance(error, kind)), 0)
    return os.strerror(code) if code and said.strip("'\"") in path else said


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """Errors of a remote path name it and say what is wrong. Many libraries give nothing but a message, or a path."""
    try:
        yield
    except OSError as error:
        if is_remote(path):
            error.strerror = error.strerror or _reason(error, str(path))
            error.filename = str(path)
        raise
