"""Mark a file as a result, with the digest of its content, in an extended attribute: beside the content, not in it.

A mark stays with its file when that is renamed, and appears with it, whole. Linux has attributes on nearly all of its
file systems. Copies have none, and elsewhere there are none.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cleaner.io.paths import is_remote

__all__ = ["can_mark", "mark", "mark_of"]

_NAME = "user.article-cleaner"


def mark(path: Path, digest: str) -> bool:
    """Mark a file; False where that is not possible.

    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> target.touch()
    >>> mark(target, "0123") == (mark_of(target) == "0123")
    True
    """
    if not hasattr(os, "setxattr"):
        return False
    try:
        os.setxattr(path, _NAME, digest.encode("ascii"), follow_symlinks=False)
    except OSError:
        return False
    return True


def mark_of(path: Path) -> str:
    """The digest with which a file was marked, or ""."""
    if not hasattr(os, "getxattr"):
        return ""
    try:
        return os.getxattr(path, _NAME, follow_symlinks=False).decode("ascii", "replace")
    except OSError:
        return ""


def can_mark(folder: Path) -> bool:
    """Whether files of a folder can be marked.

    Raises:
        OSError: no file can be made there.
    """
    if is_remote(folder) or not hasattr(os, "setxattr"):
        return False
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".cleaner-", suffix=".tmp") as file:
        return mark(Path(file.name), "probe")
