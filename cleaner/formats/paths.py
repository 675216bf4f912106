"""Paths of this machine and of object stores and web servers (``s3://``, ``gs://``, ``https://``, ``hf://``).

The latter are ``UPath`` objects over fsspec, which behave like paths; what they cannot do (permissions, renaming,
hidden files beside a file) is decided here.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import stat
from pathlib import Path
from typing import cast

from cleaner.errors import CleanerError

__all__ = ["as_path", "is_remote", "mode_of", "shown", "staging", "upload"]

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")
_FILE_MODE = 0o644


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
        advice = "; install article-cleaner[remote]" if error.name == "upath" else ""
        raise CleanerError(f"{text}: {error}{advice}") from None
    except ValueError as error:
        raise CleanerError(f"{text}: {error}; use a path, s3://, gs://, https:// or hf://") from None


def is_remote(path: Path) -> bool:
    """Whether a path is of another machine."""
    return bool(_SCHEME.match(str(path)))


def shown(path: str | Path) -> str:
    r"""A path for a message; bytes of the name that are not UTF-8 show as \x escapes."""
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def mode_of(path: Path) -> int:
    """The permission bits for a file made from ``path``; those of an ordinary file where it has none."""
    return _FILE_MODE if is_remote(path) else stat.S_IMODE(path.stat().st_mode)


def staging(path: Path) -> Path:
    """A folder of this machine for what is on its way to a remote path, the same each time."""
    from platformdirs import user_cache_path

    return user_cache_path("article-cleaner") / "staging" / hashlib.sha256(str(path).encode()).hexdigest()[:16]


def upload(local: Path, target: Path) -> None:
    """Copy a file to a remote path, where it appears when it is whole."""
    with local.open("rb") as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream, 1 << 20)
