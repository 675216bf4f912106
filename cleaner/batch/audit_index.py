"""Where an audit speaks of which file: files are restored one by one, and no audit needs to fit in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from cleaner.batch.audit import check_line
from cleaner.batch.way_back import is_way_back
from cleaner.errors import CleanerError
from cleaner.io.compression import CutOffError, open_decoded
from cleaner.io.paths import shown
from cleaner.io.problems import Problem

__all__ = ["NamedFile", "entries_of", "index_audit"]

_SHOWN = 60  # characters of a path that is no name


class NamedFile(NamedTuple):
    """A file that an audit is about.

    Attributes:
        start: where its lines begin in the unpacked audit, in bytes.
        line: the number of its first line, from 1.
        fields: the fields of rows that the lines are about, in their order.
    """

    start: int
    line: int
    fields: dict[str, None]


def index_audit(audit: Path, copy: IO[bytes], problems: list[Problem]) -> dict[str, NamedFile]:
    """Where the lines on each file begin.

    Args:
        audit: what a run wrote with ``--audit``; it may be compressed, and come from anybody.
        copy: what the audit holds is written here; :func:`entries_of` reads it.
        problems: what is wrong with a line goes here: its path is no name, or it is the last one and cut off, as a run
            over its input leaves it that was killed.

    Returns:
        the files by their names, without those that were not written after all.

    Raises:
        CleanerError: it is no audit, or cut off where a run that ended would not be.
    """
    found: dict[str, NamedFile] = {}
    void: set[str] = set()  # results that were not written after all
    may_end_anywhere = is_way_back(audit)  # the run may have been killed while it wrote
    number = 0
    try:
        with open_decoded(audit) as source:
            for number, line in enumerate(source, 1):
                if may_end_anywhere and not line.endswith(b"\n"):
                    problems.append(_cut_off(audit, number))
                    break
                name, field, is_void = _named_in(line, number)
                if isinstance(name, str):
                    found.setdefault(name, NamedFile(copy.tell(), number, {})).fields[field] = None
                    if is_void:
                        void.add(name)
                else:
                    reason = f"{json.dumps(name)[:_SHOWN]} is not the name of a file; the others are restored"
                    problems.append(Problem(f"{shown(audit)}:{number}", reason))
                copy.write(line)
    except CutOffError as error:
        if not may_end_anywhere:
            raise CleanerError(f"{shown(audit)}: {error}") from None
        problems.append(_cut_off(audit, number + 1))
    except CleanerError as error:
        raise CleanerError(f"{shown(audit)}: {error}") from None
    return {name: named for name, named in found.items() if name not in void}


def _named_in(line: bytes, number: int) -> tuple[Any, str, bool]:
    """The file and the field that a line is about, and whether it says that the file was not written."""
    try:
        content = json.loads(line)
        return content["path"], str(content.get("field", "text")), "void" in content
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CleanerError(f"line {number} is not a line of an audit; name the file that --audit wrote") from None


def _cut_off(audit: Path, number: int) -> Problem:
    """A note on the last line of the audit of a run that was killed while it wrote the line."""
    reason = "is cut off, as when the run was killed at it; the file that it is about was not written over then"
    return Problem(f"{shown(audit)}:{number}", reason, False)


def entries_of(lines: IO[bytes], named: NamedFile) -> Iterator[dict[str, Any]]:
    """The lines on one file, from the copy that :func:`index_audit` made.

    Raises:
        ValueError: a line lacks what leads back.
    """
    name = None
    lines.seek(named.start)
    for at, raw in enumerate(lines, named.line):
        line: dict[str, Any] = json.loads(raw)
        if name is not None and line["path"] != name:
            return
        name = line["path"]
        try:
            check_line(line)
        except ValueError as error:
            raise ValueError(f"line {at} of the audit is not one that a run wrote: {error}") from None
        yield line
