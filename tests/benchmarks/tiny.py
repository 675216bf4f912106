"""A tiny corpus of our own prose, in the layout that the leaderboard reads."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["BODIES", "CLEAN", "PIECES", "corpus_folder", "write_rows"]

_BRIDGE = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river."
_LAMPS = "The new lamps along the bank will be paid for by the mill, whose owner came to the meeting on foot."
_FERRY = "The ferry ran for the last time on Sunday, and the ferryman gave his bell to the school of the village."
_POEM = "The heron waits\nabove the weir,\nand no one calls\nthe water near.\n"

BODIES: list[dict[str, Any]] = [
    {
        "id": "bridge",
        "url": "https://riverpost.example/bridge",
        "title": "Old bridge to be repaired",
        "text": f"3 MIN READ\n\n{_BRIDGE}\n\n{_LAMPS}\n\nFollow us on:\n",
        "gold": f"{_BRIDGE}\n{_LAMPS}",
    },
    {"id": "ferry", "text": f"{_FERRY}\n\nRead more stories of the river here and there\n", "gold": _FERRY},
]
PIECES: list[dict[str, Any]] = [
    {
        "id": 1,
        "text": f"{_BRIDGE}\n\nFollow us on:\n",
        "with": [_BRIDGE[:40], "not there"],
        "without": ["Follow us on:"],
    }
]
CLEAN: list[dict[str, Any]] = [{"id": 1, "text": _POEM}, {"id": 2, "text": f"{_FERRY}\n"}]


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows, compressed when the name says so."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)


def corpus_folder(folder: Path) -> Path:
    """A folder with all kinds of rows."""
    write_rows(folder / "river.plain.jsonl.gz", BODIES)
    write_rows(folder / "pieces.jsonl", PIECES)
    write_rows(folder / "harm" / "poem.jsonl.gz", CLEAN)
    write_rows(folder / "sites.jsonl", CLEAN)  # no truth is known about it
    return folder
