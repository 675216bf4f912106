"""A rule set as bytes, with all that takes long to find out about it: the shapes and compiled regexes of its patterns.

The bytes run no code when they are read. But they hold compiled regexes, and forged ones could crash the engine of the
regex module: who reads them must know where they come from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from cleaner.patterns.compiled import VERSION
from cleaner.patterns.shape import KnownRegex
from cleaner.rules.model import Rule, ScrapClass
from cleaner.rules.ruleset import RuleSet

__all__ = ["code_files", "digest_of", "pack", "rule_files", "unpack"]

_CODE = ("text", "patterns", "rules")  # packages of the code whose results are kept
_CHECKSUM_BYTES = 32


class _Content(msgspec.Struct, array_like=True):
    key: str
    regex: str
    folding: tuple[str, str]
    rules: list[Rule]
    classes: list[ScrapClass]
    terms: dict[str, str]
    known: dict[str, KnownRegex]


def pack(key: str, rules: RuleSet) -> bytes:
    """A rule set as bytes, with a checksum.

    Args:
        key: names what the rules were made from; only who knows it can unpack them.
        rules: the rules, with what is known about their regexes.
    """
    made_by = (key, VERSION, _folding(rules.known))
    content = _Content(*made_by, list(rules.rules), [*rules.classes.values()], dict(rules.terms), dict(rules.known))
    payload = msgspec.msgpack.encode(content)
    return hashlib.sha256(payload).digest() + payload


def _folding(patterns: Iterable[str]) -> tuple[str, str]:
    """The letters of some patterns, and what this version of Python makes of them without their case."""
    letters = "".join(sorted({char for text in patterns for char in text if not char.isascii()}))
    return letters, letters.casefold()


def unpack(key: str, data: bytes) -> RuleSet | None:
    """The rule set that was packed under a key; None when it was another key, or the bytes are damaged.

    Regexes that another version of the regex module has compiled are left out. Shapes hold folded letters, so the
    rules of a Python that folds them in another way are left out as a whole.

    >>> unpack("a", pack("a", RuleSet())) == RuleSet(), unpack("b", pack("a", RuleSet()))
    (True, None)
    """
    payload = data[_CHECKSUM_BYTES:]
    if hashlib.sha256(payload).digest() != data[:_CHECKSUM_BYTES]:
        return None
    try:
        content = msgspec.msgpack.decode(payload, type=_Content)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    letters, folded = content.folding
    if content.key != key or letters.casefold() != folded:
        return None
    known = content.known
    if content.regex != VERSION:
        known = {text: regex._replace(frozen=b"") for text, regex in known.items()}
    return RuleSet(content.rules, content.classes, content.terms, known)


def rule_files(folder: Path) -> list[Path]:
    """The rule files of a folder."""
    return _files(folder, "*.toml")


def code_files() -> list[Path]:
    """The code that makes rules of rule files, and shapes and compiled regexes of their patterns."""
    package = Path(__file__).resolve().parent.parent
    folders = [file for name in _CODE for file in _files(package / name, "*.py")]
    return [package / "model.py", *folders]


def digest_of(files: Iterable[tuple[str, Path]], *more: object) -> str:
    """A digest of files, each by a name and its content, and of more values."""
    digest = hashlib.sha256(repr(more).encode())
    for name, file in files:
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _files(folder: Path, glob: str) -> list[Path]:
    return sorted(folder.rglob(glob))
