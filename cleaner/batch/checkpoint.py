"""The journal of a run, which says how far its outputs got: a run that was killed goes on where it stopped.

A journal holds one line for each finished file and each finished shard of a file of rows, with the lengths and digests
of all growing outputs at that moment. The next run with the same fingerprint cuts the outputs to those lengths and goes
on from there; its result is the same, byte for byte. Data is handed to the system before the line is, so nothing is
missing after the process was killed. After a power cut something may be: then the digests do not fit, and the run
starts over. Each line carries a checksum, and a line that is damaged or says what cannot be makes a journal count as
none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import msgspec

from cleaner.batch.audit import stamp_of
from cleaner.batch.growing import GrowingFile
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.results import Report
from cleaner.io.atomic import TEMPORARY, temporary_name
from cleaner.io.owned import close_owned, open_owned
from cleaner.io.paths import digest_of, is_remote, signature, staging
from cleaner.pipeline import Cleaner

__all__ = ["Journal", "can_resume", "fingerprint", "journal_path", "lock_path"]


def journal_path(output: Path, jobs: Sequence[Job]) -> Path:
    """Where the journal of a run lies: in the folder of the results, or beside the only result."""
    return _beside(output, jobs, "journal")


def lock_path(output: Path, jobs: Sequence[Job]) -> Path:
    """Where the lock of a run lies: where its journal does."""
    return _beside(output, jobs, "lock")


def _beside(output: Path, jobs: Sequence[Job], what: str) -> Path:
    if is_remote(output):
        return staging(output) / f"{TEMPORARY}{what}"
    if len(jobs) == 1 and jobs[0].target == output:
        return output.with_name(temporary_name(output.name, f".{what}"))
    return output / f"{TEMPORARY}{what}"


def fingerprint(cleaner: Cleaner, jobs: Sequence[Job], options: Options) -> str:
    """A digest of all that the result of a run depends on: rules, options, and the size and times of each input."""
    files = []
    for job in jobs:
        try:
            when = signature(job.source)
        except OSError:
            when = ()
        files.append((str(job.source), str(job.target), job.kind, *when))
    parts = (stamp_of(cleaner), asdict(cleaner.repair), cleaner.guard, asdict(options), files)
    return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()


_Count = Annotated[int, msgspec.Meta(ge=0)]


class _Header(msgspec.Struct, forbid_unknown_fields=True):
    fingerprint: str


class _Done(msgspec.Struct, forbid_unknown_fields=True):
    """What a line says: a job is done, or so many shards of it, and how far the outputs were at that moment."""

    job: _Count
    shards: _Count
    report: dict[str, Any]
    lengths: dict[str, _Count]
    digests: dict[str, str]


class Journal:
    """What an earlier attempt of the same run got done, and what this one does.

    Args:
        path: the journal's file.
        fingerprint: a digest of all that the result depends on. A journal with another one is not used.

    Attributes:
        finished: the reports of finished files, by the number of their job.
        shards: how many shards of the job after those are done, and the report on them; (0, None) for none.
        lengths: the lengths of the growing outputs after all that, by name.
        digests: the digests of so many bytes of them.
        found: whether an earlier attempt left a journal, of this run or another.
        restarted: whether there was a journal of another run.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self.finished: dict[int, dict[str, Any]] = {}
        self.shards: tuple[int, dict[str, Any] | None] = (0, None)
        self.lengths: dict[str, int] = {}
        self.digests: dict[str, str] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream, _ = open_owned(path)
        data = self._stream.read()
        header, lines, end = _read(data)
        known = header == fingerprint
        self.found = bool(data)
        self.restarted = bool(header) and not known
        for line in lines if known else []:
            self._take(line)
        self._fingerprint = fingerprint
        self._cut(end if known else 0)
        if not known:
            self._write({"fingerprint": fingerprint})

    def forget(self) -> None:
        """Start over, for when outputs of the earlier attempt are missing."""
        self.finished, self.shards, self.lengths, self.digests, self.restarted = {}, (0, None), {}, {}, True
        self._cut(0)
        self._write({"fingerprint": self._fingerprint})

    def _cut(self, length: int) -> None:
        self._stream.truncate(length)
        self._stream.seek(length)

    @property
    def resumed(self) -> bool:
        """Whether an earlier attempt did some of the work."""
        return bool(self.finished or self.shards[0])

    def _take(self, line: _Done) -> None:
        self.lengths, self.digests = line.lengths, line.digests
        if line.shards:
            self.shards = (line.shards, line.report)
        else:
            self.finished[line.job] = line.report
            self.shards = (0, None)

    def record(
        self,
        job: int,
        shards: int,
        report: Mapping[str, Any],
        lengths: Mapping[str, int],
        digests: Mapping[str, str] = {},
    ) -> None:
        """Note that a job is done, or so many shards of it; ``shards`` is 0 for a whole job."""
        self._write({"job": job, "shards": shards, "report": report, "lengths": lengths, "digests": digests})

    def _write(self, line: Mapping[str, Any]) -> None:
        content = json.dumps(line).encode()
        self._stream.write(_checksum(content) + b" " + content + b"\n")
        self._stream.flush()

    def close(self, done: bool) -> None:
        """End the journal. Its file is removed when the run is done, and kept for the next attempt otherwise."""
        if done:
            self.path.unlink(missing_ok=True)
        close_owned(self._stream)


def _checksum(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=8).hexdigest().encode()


def _read(data: bytes) -> tuple[str, list[_Done], int]:
    """The fingerprint of a journal, its lines, and where the last whole one ends; "" for a journal that is damaged."""
    end = data.rfind(b"\n") + 1  # the process may have been killed in the middle of a line
    try:
        contents = [_checked(line) for line in data[:end].splitlines()]
        if not contents:
            return "", [], 0
        header = msgspec.json.decode(contents[0], type=_Header)
        lines = [msgspec.convert(json.loads(content), _Done) for content in contents[1:]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return "", [], 0
    return header.fingerprint, lines, end


def _checked(line: bytes) -> bytes:
    checksum, _, content = line.partition(b" ")
    if checksum != _checksum(content):
        raise ValueError("damaged")
    return content


def can_resume(journal: Journal, jobs: Sequence[Job], outputs: Outputs) -> bool:
    """Whether all that an earlier attempt wrote is still there."""
    growing = dict(outputs.paths)
    current = len(journal.finished)
    target = jobs[current].target if current < len(jobs) else None
    if journal.shards[0] and target is not None:
        growing["target"] = target
    if max(journal.finished, default=0) >= max(1, len(jobs)) or (journal.shards[0] and current >= len(jobs)):
        return False
    for name, path in growing.items():
        length = journal.lengths.get(name)
        if length is None or not GrowingFile.has(path, length, journal.digests.get(name, "")):
            return False
    try:
        reports = {number: Report.from_dict(report) for number, report in journal.finished.items()}
        if journal.shards[0]:
            Report.from_dict(journal.shards[1] or {})
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return all(_is_there(jobs[number], report) for number, report in reports.items())


def _is_there(job: Job, report: Report) -> bool:
    """Whether the result of a finished file is as it was written, as far as that is known."""
    if not report.written or job.target is None:
        return True
    try:
        return not report.digest or is_remote(job.target) or digest_of(job.target) == report.digest
    except OSError:
        return False
