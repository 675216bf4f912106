"""Outputs that grow, and the journal that says how far they got: a run that was killed goes on where it stopped.

A journal holds one line for each finished file and each finished shard of a file of rows, with the lengths of all
growing outputs at that moment. The next run with the same fingerprint cuts the outputs to those lengths and goes on
from there; its result is the same, byte for byte. Data is handed to the system before the line is, so nothing is
missing after the process was killed (after a power cut it may be: then remove the journal and run again).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cleaner.formats.codecs import codec_of, compress
from cleaner.formats.files import TEMPORARY
from cleaner.formats.paths import is_remote, staging, upload

__all__ = ["GrowingFile", "Journal", "growing"]


class GrowingFile:
    """A file that is written under a temporary name and gets its own when it is whole.

    Args:
        path: its name in the end.
        codec: each piece is compressed on its own, as ``formats.codecs.compress`` does.
        length: how many bytes of an earlier attempt to keep; 0 starts anew.
    """

    def __init__(self, path: Path, codec: str = "", length: int = 0) -> None:
        self.path, self._codec = path, codec
        self.partial = self.partial_of(path)
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        self._stream: IO[bytes] = self.partial.open("r+b" if length else "wb")
        self._stream.truncate(length)
        self._stream.seek(length)

    @staticmethod
    def partial_of(path: Path) -> Path:
        """The temporary name; a remote file grows on this machine."""
        return (staging(path) if is_remote(path) else path.parent) / f"{TEMPORARY}{path.name}.partial"

    @classmethod
    def has(cls, path: Path, length: int) -> bool:
        """Whether so many bytes of an earlier attempt are there."""
        try:
            return cls.partial_of(path).stat().st_size >= length
        except OSError:
            return not length

    def append(self, data: bytes) -> None:
        if data:
            self._stream.write(compress(data, self._codec))

    def flush(self) -> int:
        """Hand everything to the system; returns the length of the file."""
        self._stream.flush()
        return self._stream.tell()

    def finish(self, mode: int | None = None) -> None:
        """Give the file its name; ``mode`` are its permission bits."""
        self._stream.close()
        self._name(self.partial, mode)

    def _name(self, whole: Path, mode: int | None) -> None:
        if is_remote(self.path):
            upload(whole, self.path)
            whole.unlink()
            with suppress(OSError):
                whole.parent.rmdir()
            return
        if mode is not None:
            whole.chmod(mode)
        whole.replace(self.path)

    def keep(self) -> None:
        """Close the file as it is, for a later attempt."""
        with suppress(OSError):
            self._stream.close()

    def discard(self) -> None:
        self.keep()
        self.partial.unlink(missing_ok=True)


class GrowingParquet(GrowingFile):
    """A Parquet file cannot be cut and continued, so its pieces wait, each behind its length, until all are there."""

    def append(self, data: bytes) -> None:
        super().append(len(data).to_bytes(_FRAME, "little") + data)

    def finish(self, mode: int | None = None) -> None:
        self.keep()
        from cleaner.formats.parquet import ParquetSink

        whole = self.partial.with_suffix(".whole")
        sink = ParquetSink(whole)
        try:
            with self.partial.open("rb") as pieces:
                while length := pieces.read(_FRAME):
                    sink.append(pieces.read(int.from_bytes(length, "little")))
            sink.close()
            self._name(whole, mode)
        finally:
            whole.unlink(missing_ok=True)
        self.partial.unlink()


_FRAME = 8


def growing(path: Path, kind: str, length: int = 0) -> GrowingFile:
    """A growing file for rows of a kind; compressed as its suffix says."""
    if kind == "parquet":
        return GrowingParquet(path, length=length)
    return GrowingFile(path, codec_of(path), length)


class Journal:
    """What an earlier attempt of the same run got done, and what this one does.

    Args:
        path: the journal's file.
        fingerprint: names everything the result depends on. A journal with another one is not used.

    Attributes:
        finished: the reports of finished files, by the number of their job.
        shards: how many shards of the job after those are done, and the report on them; (0, None) for none.
        lengths: the lengths of the growing outputs after all that, by name.
        restarted: whether there was a journal of another run.
    """

    def __init__(self, path: Path, fingerprint: str) -> None:
        self.path = path
        self.finished: dict[int, dict[str, Any]] = {}
        self.shards: tuple[int, dict[str, Any] | None] = (0, None)
        self.lengths: dict[str, int] = {}
        lines = self._read()
        known = bool(lines) and lines[0].get("fingerprint") == fingerprint
        self.restarted = bool(lines) and not known
        for line in lines[1:] if known else []:
            self._take(line)
        self._fingerprint = fingerprint
        path.parent.mkdir(parents=True, exist_ok=True)
        self._stream = path.open("ab" if known else "wb")
        if not known:
            self._write({"fingerprint": fingerprint})

    def forget(self) -> None:
        """Start over, as when there is nothing left to go on with: somebody took outputs away."""
        self.finished, self.shards, self.lengths, self.restarted = {}, (0, None), {}, True
        self._stream.truncate(0)
        self._write({"fingerprint": self._fingerprint})

    @property
    def resumed(self) -> bool:
        """Whether there is something that need not be done again."""
        return bool(self.finished or self.shards[0])

    def _read(self) -> list[dict[str, Any]]:
        lines = []
        try:
            data = self.path.read_bytes()
        except OSError:
            return []
        end = data.rfind(b"\n") + 1
        for raw in data[:end].splitlines():
            try:
                lines.append(json.loads(raw))
            except ValueError:
                return []  # a damaged journal is no journal
        if end < len(data):  # killed in the middle of a line
            with self.path.open("r+b") as stream:
                stream.truncate(end)
        return lines

    def _take(self, line: Mapping[str, Any]) -> None:
        self.lengths = dict(line["lengths"])
        if line["shards"]:
            self.shards = (line["shards"], line["report"])
        else:
            self.finished[line["job"]] = line["report"]
            self.shards = (0, None)

    def record(self, job: int, shards: int, report: Mapping[str, Any], lengths: Mapping[str, int]) -> None:
        """A job is done, or so many shards of it (``shards`` is 0 for a whole job)."""
        self._write({"job": job, "shards": shards, "report": report, "lengths": lengths})

    def _write(self, line: Mapping[str, Any]) -> None:
        self._stream.write(json.dumps(line).encode() + b"\n")
        self._stream.flush()

    def close(self, done: bool) -> None:
        """The run ended; of one that is done nothing is left."""
        self._stream.close()
        if done:
            self.path.unlink(missing_ok=True)
