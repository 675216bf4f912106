"""Parts of a run that many machines share: each part is some files, cleaned as a run on one machine cleans them.

What a part writes besides its results lies in a folder of its own until all parts are done. The report comes last: a
part that has one is done, and the next attempt of the same run leaves it alone. When all are done, the pieces are put
together in the order of the parts, which is that of the plan, so that the outputs are those of a run on one machine.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.batch.growing import GrowingFile
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.remembering import Remembering
from cleaner.batch.results import Report
from cleaner.batch.runner import run_jobs
from cleaner.batch.tasks import size_of
from cleaner.errors import CleanerError
from cleaner.io.atomic import TEMPORARY, atomic_write, remove_unfinished
from cleaner.io.owned import OutputLock
from cleaner.io.paths import is_remote, shown, staging
from cleaner.pipeline import Cleaner

__all__ = ["PART_BYTES", "Part", "PartsFolder", "clean_part", "parts_of"]

PART_BYTES = 64 << 20
"""How many bytes of small files make a part. A larger file is a part of its own."""

_PREFIX = f"{TEMPORARY}parts-"
_REPORT = "report.json"


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are cleaned together.

    Attributes:
        folder: where the lines of the part for the outputs of the run are, and at last its report.
        jobs: the files, in the order of the plan.
    """

    folder: Path
    jobs: tuple[Job, ...]


def parts_of(jobs: Iterable[Job], most_bytes: int = PART_BYTES) -> Iterator[tuple[Job, ...]]:
    """The files of a plan in groups of at most so many bytes, in their order; the same groups each time.

    >>> [len(part) for part in parts_of([Job(Path("no-such-file"), "text", None, "a")] * 3)]
    [3]
    """
    group: list[Job] = []
    size = 0
    for job in jobs:
        more = size_of(job)
        if group and size + more > most_bytes:
            yield tuple(group)
            group, size = [], 0
        group.append(job)
        size += more
    if group:
        yield tuple(group)


class PartsFolder:
    """Where the parts of a run keep what they write besides the results: a hidden folder in that of the results.

    Args:
        output: the folder of the results.
        name: the fingerprint of the run.

    Raises:
        CleanerError: the folder of the results holds something that this run did not write.
    """

    def __init__(self, output: Path, name: str) -> None:
        self.path = output / f"{_PREFIX}{name[:16]}"
        self._output = output
        self._check()

    def _check(self) -> None:
        output = self._output
        if not output.exists() or self.path.exists():
            return
        found = list(output.iterdir()) if output.is_dir() else [output]
        if any(path.name.startswith(_PREFIX) for path in found):
            raise CleanerError(
                f"{shown(output)}: holds what a run with other rules, options or files began; name a new folder, or "
                "give the command of that run again"
            )
        if found:
            raise CleanerError(f"{shown(output)}: exists and is not empty; name a new folder")

    def parts(self, groups: Iterable[tuple[Job, ...]]) -> list[Part]:
        """The parts, each with a folder of its own; the folder of the results is made."""
        parts = [Part(self.path / f"{number:06}", group) for number, group in enumerate(groups)]
        for part in parts:
            part.folder.mkdir(parents=True, exist_ok=True)
        return parts

    def join(self, parts: Sequence[Part], outputs: Outputs) -> None:
        """Put together what the parts wrote for the outputs of the run, and remove the folder.

        Raises:
            CleanerError: an output cannot be written; the parts are kept.
        """
        for name, path in outputs.paths.items():
            whole = GrowingFile(path)  # each piece is compressed already; one behind the other is a whole file, too
            try:
                for part in parts:
                    _copy(part.folder / _piece(name, path), whole)
                whole.finish()
            except OSError as error:
                whole.discard()
                raise CleanerError(
                    f"{shown(path)}: {error.strerror or error}; make room, then run the same command again"
                ) from None
        remove_unfinished(job.target.parent for part in parts for job in part.jobs if job.target is not None)
        self._remove()

    def _remove(self) -> None:
        if not is_remote(self.path):
            shutil.rmtree(self.path, ignore_errors=True)
            return
        remote: Any = self.path
        with suppress(FileNotFoundError):
            remote.fs.rm(remote.path, recursive=True)


def clean_part(cleaner: Cleaner, options: Options, part: Part) -> Report:
    """Clean the files of a part, unless an earlier attempt did, and tell what happened to them.

    Args:
        cleaner: cleans the documents.
        options: how the run treats them; of the paths of its outputs only the names count here, and a site memory is
            only read.
        part: the files.

    Raises:
        CleanerError: the same part is being cleaned at this moment, a piece cannot be written, or the site memory
            cannot be read.
    """
    if (report := _earlier(part)) is not None:
        return report
    pieces = {name: part.folder / _piece(name, path) for name, path in options.outputs.paths.items()}
    folder = staging(part.folder) if is_remote(part.folder) else part.folder
    folder.mkdir(parents=True, exist_ok=True)
    total = Report("")
    memory = nullcontext() if options.site_memory is None else Remembering(options)
    with OutputLock(folder / f"{TEMPORARY}lock", part.folder), memory as known:
        for report in run_jobs(cleaner, part.jobs, replace(options, outputs=Outputs(**pieces)), memory=known):
            total.merge(report)
        with atomic_write(part.folder / _REPORT, 0o644) as stream:
            stream.write(json.dumps(total.as_dict()).encode())
    if folder != part.folder:
        with suppress(OSError):  # another part of the same name may be there
            folder.rmdir()
    return total


def _earlier(part: Part) -> Report | None:
    """The report that an earlier attempt left; None when there is none, or none that can be read."""
    try:
        return Report.from_dict(json.loads((part.folder / _REPORT).read_bytes()))
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _piece(name: str, path: Path) -> str:
    """What the piece of an output is called; its suffix says how it is compressed."""
    return f"{name}-{path.name}"


def _copy(piece: Path, whole: GrowingFile) -> None:
    with piece.open("rb") as stream:
        while data := stream.read(1 << 20):
            whole.append(data)
