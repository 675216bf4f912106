"""The built-in rules as they were last loaded, so that a process starts in a tenth of a second.

Reading the rule files takes 0.15 s, finding out how the text of each pattern begins, ends and must read 2 s, compiling
the regexes 1 s. All are kept in a file of the user's cache folder (``CLEANER_CACHE_DIR`` names another; empty, it turns
the cache off). The file names the contents it was made from and carries a checksum: what is stale, damaged or of
another version is not used but made anew, and a folder that cannot be written to only costs the time.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from cleaner.regexes import VERSION
from cleaner.rules.known import KnownRegex
from cleaner.rules.model import Rule, RuleSet, ScrapClass

__all__ = ["cache_key", "load_cached", "store_cached"]

_FORMAT = 3
_CHECKSUM_BYTES = 32
_NAME = "builtin-rules-{}.msgpack"
_MOST_FILES = 4


class _Content(msgspec.Struct, array_like=True):
    key: str
    rules: list[Rule]
    classes: list[ScrapClass]
    terms: dict[str, str]
    known: dict[str, KnownRegex]


def cache_key(files: Iterable[Path], code: Iterable[Path]) -> str:
    """What a cached rule set depends on: the rule files, the code that reads them, Python, regex and where all lies."""
    digest = hashlib.sha256(repr((_FORMAT, sys.version_info[:3], VERSION)).encode())
    for file in (*files, *code):
        content = file.read_bytes()
        digest.update(f"{file}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def load_cached(key: str) -> RuleSet | None:
    """The rule set that was stored under the key, or None."""
    path = _path(key)
    if path is None:
        return None
    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        data = path.read_bytes()
        payload = data[_CHECKSUM_BYTES:]
        if hashlib.sha256(payload).digest() == data[:_CHECKSUM_BYTES]:
            content = msgspec.msgpack.decode(payload, type=_Content)
            if content.key == key:
                return RuleSet(content.rules, content.classes, content.terms, content.known)
    return None


def store_cached(key: str, rules: RuleSet) -> None:
    """Keep a rule set for the next process. Says nothing when it cannot."""
    path = _path(key)
    if path is None:
        return
    content = _Content(key, list(rules.rules), list(rules.classes.values()), dict(rules.terms), dict(rules.known))
    payload = msgspec.msgpack.encode(content)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written beside it and moved into place: another process never reads half a file.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(hashlib.sha256(payload).digest() + payload)
        Path(file.name).replace(path)
        # Several versions may be in use on one machine, and each keeps its own; those not made lately are old.
        kept = sorted(path.parent.glob(_NAME.format("*")), key=lambda file: file.stat().st_mtime)
        for old in kept[:-_MOST_FILES]:
            old.unlink()


def _path(key: str) -> Path | None:
    folder = os.environ.get("CLEANER_CACHE_DIR")
    if folder is None:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("article-cleaner")
    return Path(folder) / _NAME.format(key[:16]) if folder else None
