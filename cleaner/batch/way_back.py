"""The audit of a run over its own input: the only way back, which no run writes over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cleaner.batch.audit import IN_PLACE_BEGIN
from cleaner.batch.growing import GrowingFile
from cleaner.errors import CleanerError
from cleaner.io.compression import beginning
from cleaner.io.paths import is_remote, shown

__all__ = ["after_stop", "is_way_back", "refuse_ways_back"]


def is_way_back(path: Path) -> bool:
    """Whether a file is the audit, whole or begun, of a run with ``--in-place``. Files of other machines are not read.

    >>> is_way_back(Path("no-such-file.jsonl"))
    False
    """
    if is_remote(path) or not path.is_file():
        return False
    try:
        return beginning(path, len(IN_PLACE_BEGIN)) == IN_PLACE_BEGIN
    except (CleanerError, OSError):
        return False


def refuse_ways_back(paths: Iterable[Path]) -> None:
    """Refuse to write these files where one of them, or what is begun of it, is the only way back of an earlier run.

    Raises:
        CleanerError: there is one.
    """
    for path in paths:
        if is_remote(path):
            continue
        for there in (path, GrowingFile.partial_of(path)):
            if is_way_back(there):
                raise CleanerError(
                    f"{shown(there)}: is the audit of a run with --in-place, and the only way back to what that run "
                    "wrote over; give another name, or move the audit first (--overwrite does not write over it)"
                )


def after_stop(audit: Path) -> str:
    """What to do when a run over its own input was stopped: the same command would need its audit to go on.

    Args:
        audit: the file that the run was to write with ``--audit``.

    Returns:
        Advice for the user; "" when nothing was written over yet.
    """
    there = next((path for path in (audit, GrowingFile.partial_of(audit)) if is_way_back(path)), None)
    if there is None:
        return ""
    return f"{shown(there)} holds the way back, so keep it; to go on, give the same command with another --audit"
