"""Write a file whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from cleaner.io.marks import mark
from cleaner.io.paths import is_remote, staging, upload

__all__ = ["TEMPORARY", "atomic_write", "remove_unfinished", "temporary_name"]

TEMPORARY = ".cleaner-"
"""How the names of unfinished files begin. A walk through a folder skips them."""

_SUFFIX = ".tmp"
_LONGEST_NAME = 255


def temporary_name(name: str, suffix: str) -> str:
    """A name beside a file for what belongs to it, the same each time.

    No file system takes names of more than 255 bytes, so of a long name only a digest stands there.

    >>> temporary_name("a.jsonl", ".partial")
    '.cleaner-a.jsonl.partial'
    >>> len(temporary_name("x" * 250, ".partial"))
    33
    """
    made = f"{TEMPORARY}{name}{suffix}"
    encoded = os.fsencode(name)
    if len(os.fsencode(made)) + len(".whole") <= _LONGEST_NAME:
        return made
    return f"{TEMPORARY}{hashlib.sha256(encoded).hexdigest()[:16]}{suffix}"


@contextmanager
def atomic_write(
    target: Path, mode: int, unwanted: Callable[[], bool] | None = None, digest: str = ""
) -> Iterator[IO[bytes]]:
    """A binary file that appears under its name when the block ends, and not at all when the block raises.

    Args:
        target: the file, on this machine or remote. Missing folders are made.
        mode: the permission bits of the file.
        digest: that of the content, when the file is a result; see :mod:`cleaner.io.marks`.
        unwanted: asked at the end of the block; when it returns True, the old file stays as it was.

    Raises:
        OSError: the file cannot be written.

    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> with atomic_write(target, 0o644) as stream:
    ...     written = stream.write(b"The council met.")
    ...     target.exists()
    False
    >>> target.read_bytes()
    b'The council met.'
    """
    folder = staging(target) if is_remote(target) else target.parent
    folder.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=folder, prefix=TEMPORARY, suffix=_SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        if unwanted is not None and unwanted():
            temporary.unlink()
        elif is_remote(target):
            upload(temporary, target)
            temporary.unlink()
            with suppress(OSError):  # the lock and the journal of a run with a single result lie there, too
                folder.rmdir()
        else:
            temporary.chmod(mode)
            if digest:
                mark(temporary, digest)
            temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_unfinished(folders: Iterable[Path]) -> None:
    """Remove what ``atomic_write`` left in these folders when its process was killed; not in folders below them.

    Call it only where no other process writes.

    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / f"{TEMPORARY}x.tmp").touch()
    >>> remove_unfinished([folder])
    >>> list(folder.iterdir())
    []
    """
    for folder in set(folders):
        if not is_remote(folder) and folder.is_dir():
            for path in folder.glob(f"{TEMPORARY}*{_SUFFIX}"):
                path.unlink(missing_ok=True)
