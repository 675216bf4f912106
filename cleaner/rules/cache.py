"""The built-in rules as they were last loaded, so that a process starts in a tenth of a second.

Reading the rule files takes 0.15 s, finding the shapes of the patterns 2 s, compiling the regexes 1 s. The results are
kept in a file of the user's cache folder. ``CLEANER_CACHE_DIR`` names another folder; empty, it turns the cache off.
The file names the contents it was made from and carries a checksum. A file that is stale, damaged or of another
version is not used but made anew, and a folder that cannot be written to only costs the time.

Compiled regexes must not be forged (`rules/packed`). So a file counts only when it belongs to the user and nobody else
may write to it or to its folder. An installed wheel needs no cache (`rules/shipped`).
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.patterns.compiled import VERSION
from cleaner.rules.packed import code_files, digest_of, pack, rule_files, unpack
from cleaner.rules.ruleset import RuleSet

__all__ = ["CACHE_VARIABLE", "CacheState", "cache_key", "cache_state", "load_cached", "store_cached"]

_FORMAT = 5
_NAME = "builtin-rules-{}.msgpack"
_MOST_FILES = 4
_PRIVATE = 0o700

CACHE_VARIABLE = "CLEANER_CACHE_DIR"
"""Names the folder of the cache; empty, there is none."""


def cache_key(folder: Path) -> str:
    """What the rules of a folder depend on: its files, the code that reads them, Python, regex and where all lies."""
    files = [*rule_files(folder), *code_files()]
    return digest_of([(str(file), file) for file in files], _FORMAT, sys.version_info[:3], VERSION)


def load_cached(key: str) -> RuleSet | None:
    """The rule set that was stored under the key, or None."""
    path = _path(key)
    if path is None:
        return None
    with suppress(OSError):
        return unpack(key, _read_private(path))
    return None


def store_cached(key: str, rules: RuleSet) -> None:
    """Keep a rule set for the next process. Does nothing when the folder cannot be written to."""
    path = _path(key)
    if path is None:
        return
    data = pack(key, rules)
    with suppress(OSError):
        path.parent.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        if not _is_private(path.parent.stat()):
            if CACHE_VARIABLE in os.environ:
                return  # a folder that is shared on purpose
            path.parent.chmod(_PRIVATE)
        # Written beside it and moved into place: another process never reads half a file.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
        # Several versions may be in use on one machine, and each keeps its own; those not made lately are old.
        # This one stays also where a clock that was set back makes it the oldest.
        others = [file for file in path.parent.glob(_NAME.format("*")) if file != path]
        for old in sorted(others, key=lambda file: file.stat().st_mtime, reverse=True)[_MOST_FILES - 1 :]:
            old.unlink()


class CacheState(NamedTuple):
    """What the folder of the cache is like.

    Attributes:
        folder: the folder, or None when there is none.
        files, bytes: what is in it.
        problem: why it is not used, and what to do; "" when it is.
    """

    folder: Path | None
    files: int = 0
    bytes: int = 0
    problem: str = ""


def cache_state() -> CacheState:
    """Look at the folder of the cache; it need not exist yet."""
    path = _path("")
    if path is None:
        return CacheState(None)
    folder = path.parent
    sizes = [file.stat().st_size for file in folder.glob(_NAME.format("*"))] if folder.is_dir() else []
    there = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    problem = ""
    if not os.access(there, os.W_OK):
        problem = f"it cannot be written to; name another folder in {CACHE_VARIABLE}"
    elif folder.is_dir() and not _is_private(folder.stat()):
        problem = f"others may write to it; make it your own with chmod 700, or name another folder in {CACHE_VARIABLE}"
    return CacheState(folder, len(sizes), sum(sizes), problem)


def _path(key: str) -> Path | None:
    folder = os.environ.get(CACHE_VARIABLE)
    if folder is None:
        from platformdirs import user_cache_dir

        try:
            folder = user_cache_dir("article-cleaner")
        except RuntimeError:  # the user has no home
            return None
        if not Path(folder).is_absolute():  # as older versions of platformdirs say it
            return None
    return Path(folder) / _NAME.format(key[:16]) if folder else None


def _read_private(path: Path) -> bytes:
    """The content of a file that nobody else can have written.

    Raises:
        PermissionError: somebody else can have.
        OSError: it cannot be read.
    """
    if not _is_private(path.parent.stat()):
        raise PermissionError("others may write to the folder of the cache")
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        found = os.fstat(file.fileno())
        if not _is_private(found) or not stat.S_ISREG(found.st_mode):
            raise PermissionError("others may write to the cache")
        return file.read()


def _is_private(found: os.stat_result) -> bool:
    """Whether only this user may change a file, or the files of a folder. In a folder with the sticky bit, such as
    /tmp, others may only add files, and those belong to them."""
    if not hasattr(os, "geteuid"):  # Windows has other means, and keeps the folder in the user's profile
        return True
    if stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX:
        return True
    owners = {os.geteuid(), 0} if stat.S_ISDIR(found.st_mode) else {os.geteuid()}
    return found.st_uid in owners and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
