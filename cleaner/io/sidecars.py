"""Files beside the results that are texts: they hold what was found besides the text, as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["is_sidecar", "read_sidecar", "sidecar_of"]

_SUFFIX = ".json"
_KEYS = {"metadata", "flags", "rules", "version"}
_MOST_BYTES = 1 << 20


def sidecar_of(path: Path) -> Path:
    """The name of the file beside a text.

    >>> sidecar_of(Path("a.txt")).name
    'a.txt.json'
    """
    return path.with_name(path.name + _SUFFIX)


def is_sidecar(path: Path) -> bool:
    """Whether a file is one that a run wrote beside a text."""
    return path.name.lower().endswith(_SUFFIX) and bool(read_sidecar(path))


def read_sidecar(path: Path) -> dict[str, Any]:
    """What a run wrote beside a text; {} when it is missing, or something else."""
    try:
        if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
            return {}
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and set(found) >= _KEYS else {}
