"""What a rule pack is called: the form of names, versions and hashes."""

from __future__ import annotations

import hashlib

__all__ = ["HASH_PATTERN", "NAME_PATTERN", "VERSION_PATTERN", "hash_of", "module_of"]

NAME_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
"""Names of packs: those of packages, normalized (PEP 503)."""
VERSION_PATTERN = r"\d+(?:\.\d+)*(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?"
"""Versions of packs: public versions of packages (PEP 440) in their normal form."""
HASH_PATTERN = r"sha256:[0-9a-f]{64}"
"""Hashes of packs, as pins and results name them."""


def hash_of(data: bytes) -> str:
    """The hash of a pack, as a pin names it.

    >>> hash_of(b"")[:19]
    'sha256:e3b0c44298fc'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def module_of(name: str) -> str:
    """The name of the package in a pack.

    >>> module_of("riverpost-rules")
    'riverpost_rules'
    """
    return name.replace("-", "_")
