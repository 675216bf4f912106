"""Inputs that an audit is about and that were not written over after all, since the run was killed in between.

The line of a document goes to the disk before its file is written over. So an audit can have lines on files that are
as they were before the run.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Any

from cleaner.batch.audit import content_digest
from cleaner.errors import CleanerError
from cleaner.io.compression import open_decoded
from cleaner.io.formats.base import FieldNames, Row, RowOptions
from cleaner.io.formats.registry import ROW_KINDS, row_format

__all__ = ["is_unreplaced"]

_SHARD_BYTES = 250_000


def is_unreplaced(path: Path, entries: Iterator[Mapping[str, Any]], fields: Sequence[str]) -> bool:
    """Whether a file is what the run read, and not what it wrote. False where both are the same.

    Only the audit of a run over its input can tell.

    Args:
        path: the file.
        entries: the lines of the audit on it, which hold what :func:`cleaner.batch.audit.check_line` asks for.
        fields: the fields of its rows that the lines are about.

    Raises:
        OSError: the file cannot be read.
    """
    line = next(entries)
    if not line.get("original_sha"):
        return False
    try:
        if line["kind"] in ROW_KINDS:
            return _is_unreplaced_rows(path, chain([line], entries), fields)
        with open_decoded(path) as stream:
            return "dropped" not in line and _is_as_read(stream.read(), line)
    except (CleanerError, ValueError, LookupError):
        return False  # whoever restores it says what is wrong with it


def _is_as_read(content: str | bytes, line: Mapping[str, Any]) -> bool:
    digest = content_digest(content)
    return bool(digest == line.get("original_sha") != line["sha"])


def _is_unreplaced_rows(path: Path, entries: Iterator[Mapping[str, Any]], fields: Sequence[str]) -> bool:
    """Nearly always the first rows tell: their texts are as they were read, or they are not."""
    groups = ((number, list(group)) for number, group in groupby(entries, itemgetter("row")))
    differs, (number, lines) = False, next(groups)
    keys = FieldNames(text=fields[0], more_texts=tuple(fields[1:]))
    for texts in _rows(path, lines[0], keys):
        if texts[0].number < number:
            continue
        found = {row.field: row.text for row in texts if not row.error}
        for line in lines:
            text = found.get(line["field"])
            if text is None or content_digest(text) != line.get("original_sha"):
                return False
            written = f"{text}\n" if line.get("unterminated") else text
            differs = differs or "dropped" in line or content_digest(written) != line["sha"]
        number, lines = next(groups, (0, []))
        if not lines:
            return differs
    return False


def _rows(path: Path, line: Mapping[str, Any], keys: FieldNames) -> Iterator[list[Row]]:
    options = RowOptions(most_bytes=sys.maxsize, delimiter=str(line.get("delimiter", "")))
    form = row_format(line["kind"], options)
    with open_decoded(path) as source:
        for shard in form.shards(source, keys, _SHARD_BYTES):
            for _, texts in groupby(form.rows(shard, keys), attrgetter("number")):
                yield list(texts)
