"""Which files of a folder this tool has written, so that nobody else's file is written over.

A result carries its own digest as a mark (:mod:`cleaner.io.marks`). A file without one, or with one that does not fit
its content any more, is somebody's own.

Where files cannot be marked, a run keeps the names and digests of its results in ``.cleaner-results``, in the folder of
the results. The record holds no times, so that two runs that write the same results leave the same folder behind. What
a run is about to write is noted before it begins: the files of a run that was killed are its own, too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from cleaner.batch.jobs import Job
from cleaner.errors import CleanerError
from cleaner.io.atomic import TEMPORARY, atomic_write
from cleaner.io.marks import can_mark, mark_of
from cleaner.io.owned import close_owned, open_owned
from cleaner.io.paths import digest_of, is_remote, shown

__all__ = ["RECORD", "OwnResults"]

RECORD = f"{TEMPORARY}results"
"""The name of the record."""

_BEGUN = ""  # in place of a digest
_TRIES, _PAUSE = 1200, 0.05  # runs that write single files into one folder share its record
_SHOWN = 3


class OwnResults:
    """The results of a run, and the record of their folder where there has to be one.

    Args:
        jobs: the files of the run; those without a target do not count. Remote results have no record.

    >>> import tempfile
    >>> from cleaner.io.marks import mark
    >>> target = Path(tempfile.mkdtemp()) / "a.txt"
    >>> own = OwnResults([Job(Path("a.txt"), "text", target, "a.txt")])
    >>> written = target.write_text("The council met.")
    >>> own.foreign() == [target]
    True
    >>> marked = mark(target, digest_of(target))
    >>> own.foreign() == ([] if marked else [target])
    True
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        targets = [(job.root, job.name, job.target) for job in jobs if job.target is not None and job.root is not None]
        self._root = next((root for root, _, target in targets if not is_remote(target)), None)
        self._targets = {name: target for _, name, target in targets} if self._root is not None else {}
        self._before: dict[str, str] = {}
        self._is_recording = False

    def foreign(self) -> list[Path]:
        """The targets that exist and that no run wrote as they are."""
        if self._root is None:
            return []
        known = _read(self._root / RECORD)
        return [target for name, target in self._targets.items() if not _is_own(target, known.get(name))]

    def refuse_foreign(self) -> None:
        """Raise a CleanerError when a result would be written over somebody's own file."""
        found = self.foreign()
        if found:
            names = ", ".join(shown(path) for path in found[:_SHOWN])
            more = f" and {len(found) - _SHOWN:,} more" if len(found) > _SHOWN else ""
            raise CleanerError(
                f"{names}{more}: exists, and no earlier run wrote it as it is now; name another output, or write over "
                "it with --overwrite"
            )

    def begin(self) -> None:
        """Note that the results are about to be written."""
        if self._root is None:
            return
        self._root.mkdir(parents=True, exist_ok=True)
        self._is_recording = not can_mark(self._root)
        if self._is_recording:
            with _shared(self._root) as known:
                self._before = {name: known[name] for name in self._targets if name in known}
                known.update(dict.fromkeys(self._targets, _BEGUN))

    def end(self, digests: Mapping[str, str], done: bool) -> None:
        """Note what was written.

        Args:
            digests: the digests of the results that were written, by the names of their jobs.
            done: whether no more comes of the run.
        """
        if self._root is None or not self._is_recording:
            return
        with _shared(self._root) as known:
            for name in self._targets if done else ():
                known.pop(name, None)
            if done:
                known.update(self._before)
            known.update(digests)
            for name in [name for name in known if name not in digests and not (self._root / name).exists()]:
                if known[name] != _BEGUN or done:
                    del known[name]


@contextmanager
def _shared(root: Path) -> Iterator[dict[str, str]]:
    """The content of a record, which is written at the end of the block. No other process changes it meanwhile."""
    path = root / RECORD
    root.mkdir(parents=True, exist_ok=True)
    for tried in range(_TRIES):
        try:
            stream, _ = open_owned(path)
            break
        except BlockingIOError:
            if tried == _TRIES - 1:
                raise
            time.sleep(_PAUSE)
    try:
        known = _read(path)
        yield known
        with atomic_write(path, 0o644) as new:
            new.writelines(_lines(known))
    finally:
        close_owned(stream)


def _lines(known: Mapping[str, str]) -> Iterable[bytes]:
    return (json.dumps({"name": name, "digest": known[name]}).encode() + b"\n" for name in sorted(known))


def _read(path: Path) -> dict[str, str]:
    """The digests by name. A line that is damaged counts for nothing: its file is then taken for somebody's own."""
    known: dict[str, str] = {}
    try:
        data = b"" if path.is_symlink() else path.read_bytes()
    except OSError:
        return known
    for raw in data.splitlines():
        try:
            line = json.loads(raw)
            name, digest = line["name"], line["digest"]
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        if isinstance(name, str) and isinstance(digest, str):
            known[name] = digest
    return known


def _is_own(target: Path, digest: str | None) -> bool:
    """Whether nothing of somebody's own is lost when the target is written over."""
    try:
        found = target.lstat()
        if not found.st_size or digest == _BEGUN:
            return True
        marked = mark_of(target)
        return (bool(marked) or digest is not None) and digest_of(target) in (marked, digest)
    except FileNotFoundError:
        return True
    except OSError:
        return False
