"""Back from cleaned documents and the audit to the repaired texts, or to the texts as they were read."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, Any

from cleaner.audit import original_text, restored_text
from cleaner.errors import CleanerError
from cleaner.formats.codecs import open_decoded
from cleaner.formats.files import Problem, atomic_write, shown
from cleaner.formats.paths import mode_of
from cleaner.formats.registry import ROW_KINDS, row_format
from cleaner.formats.rows import Keys
from cleaner.journal import growing

__all__ = ["restore"]

_SHARD_BYTES = 250_000


def restore(cleaned: Path, audit: Path, output: Path, original: bool = False) -> tuple[int, list[Problem]]:
    """Restore the documents that an audit is about.

    Args:
        cleaned: the file or folder that the run wrote.
        audit: the file it wrote with ``--audit``.
        output: where the restored documents go: a file for a file, a folder for a folder.
        original: also undo the repairs.

    Returns:
        how many documents were restored, and what could not be.
    """
    if output.resolve() == cleaned.resolve():
        raise CleanerError(f"{shown(output)}: the output is the input; give another name with -o")
    if output.resolve() == audit.resolve() or cleaned.resolve() in output.resolve().parents:
        raise CleanerError(f"{shown(output)}: is the audit or lies inside the input; give another name with -o")
    problems: list[Problem] = []
    count = 0
    with tempfile.TemporaryFile() as lines:
        for name, start in _index(audit, lines).items():
            path = cleaned / name if cleaned.is_dir() else cleaned
            target = output / name if cleaned.is_dir() else output
            if not cleaned.is_dir() and name != cleaned.name:
                continue
            lines.seek(start)
            try:
                count += _restore_file(path, target, _entries(lines, name), original)
            except (CleanerError, ValueError) as error:
                problems.append(Problem(shown(path), f"{error}; it must be as the run with this audit left it"))
            except OSError as error:
                problems.append(Problem(shown(path), f"{error.strerror or error}; nothing was restored for this file"))
    if not count and not problems:
        raise CleanerError(f"{shown(audit)}: says nothing about {shown(cleaned)}; name what the run wrote with -o")
    return count, problems


def _index(audit: Path, copy: IO[bytes]) -> dict[str, int]:
    """Where the lines on each file begin in the audit, which is unpacked into ``copy``."""
    found: dict[str, int] = {}
    void: set[str] = set()  # results that were not written after all
    at = 0
    try:
        with open_decoded(audit) as source:
            for number, line in enumerate(source, 1):
                try:
                    content = json.loads(line)
                    found.setdefault(content["path"], at)
                    if "void" in content:
                        void.add(content["path"])
                except (ValueError, KeyError, TypeError):
                    raise CleanerError(f"line {number} is no line of an audit; give what --audit wrote") from None
                copy.write(line)
                at += len(line)
    except CleanerError as error:
        raise CleanerError(f"{shown(audit)}: {error}") from None
    return {name: at for name, at in found.items() if name not in void}


def _entries(lines: IO[bytes], name: str) -> Iterator[dict[str, Any]]:
    for raw in lines:
        line: dict[str, Any] = json.loads(raw)
        if line["path"] != name:
            return
        yield line


def _text(cleaned: str, line: Mapping[str, Any], original: bool) -> str:
    text = restored_text(cleaned + "\n" if line.get("unterminated") else cleaned, line)
    if original:
        return original_text(text, line)
    return text.removesuffix("\n") if line.get("unterminated") else text


def _restore_file(path: Path, target: Path, entries: Iterator[dict[str, Any]], original: bool) -> int:
    line = next(entries)
    if line["kind"] in ROW_KINDS:
        return _restore_rows(path, target, line["kind"], chain([line], entries), original)
    cleaned = line["dropped"] if "dropped" in line else path.read_bytes().decode("utf-8", "surrogatepass")
    data = _text(cleaned, line, original).encode("utf-8", "surrogatepass")
    with atomic_write(target, 0o644) as stream:
        stream.write(data)
    return 1


def _restore_rows(path: Path, target: Path, kind: str, entries: Iterator[dict[str, Any]], original: bool) -> int:
    archive = kind == "warc"  # its pages without an article are no rows of the output
    kind = "jsonl" if archive else kind
    chosen, count, dropped = row_format(kind), 0, 0
    entry = next(entries, None)
    keys = Keys(text=entry["field"] if entry and not archive else "text")
    output = growing(target, kind)
    try:
        with open_decoded(path) as source:
            for shard in chosen.shards(source, keys, _SHARD_BYTES):
                changes: dict[int, dict[str, Any]] = {}
                for row in chosen.rows(shard, keys):
                    while entry is not None and "dropped" in entry:
                        dropped, entry = dropped + 1, next(entries, None)
                    # Rows that were left out are missing here, so later ones stand that much higher.
                    if entry is not None and (archive or entry["row"] - dropped == row.number):
                        if row.error:
                            raise CleanerError(f"row {row.number:,} {row.error}")
                        changes[row.number] = {keys.text: _text(row.text, entry, original)}
                        count, entry = count + 1, next(entries, None)
                output.append(chosen.encode(shard, changes, ()))
        if entry is not None and "dropped" not in entry:
            raise CleanerError(f"has no row {entry['row']:,}, which the audit is about")
        output.finish(mode_of(path))
    except BaseException:
        output.discard()
        raise
    return count
