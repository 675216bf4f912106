"""Verdicts of a person on removals and on lines that were left: one line of JSON each, appended and never changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Lock
from typing import IO, Annotated, Literal

import msgspec

from cleaner.errors import CleanerError
from cleaner.io.paths import shown
from cleaner.report.intervals import wilson

__all__ = ["Precision", "Verdict", "VerdictFile", "latest", "precisions", "read_verdict", "read_verdicts"]

_Place = Annotated[int, msgspec.Meta(ge=0)]
_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=10_000)]
_BLOCK = 1 << 16  # bytes that are read at once, from behind


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said about a piece of a document. Offsets are half-open code points of the repaired text.

    Attributes:
        document: the name of the document.
        kind: "removal" for an edit, "line" for text that was left.
        start, end, text: the piece.
        rule: the rule of the edit; "" for a line.
        verdict: "right" or "wrong" for a removal, "scrap" for a line; "" takes back what was said before.
        rules: the digest of the rules that made the edit.
    """

    document: _Name
    kind: Literal["removal", "line"]
    start: _Place
    end: _Place
    text: str
    verdict: Literal["right", "wrong", "scrap", ""]
    rule: str = ""
    rules: str = ""

    @property
    def subject(self) -> tuple[str, str, int, int, str]:
        """What the verdict is about; a later one on the same subject takes its place."""
        return self.document, self.kind, self.start, self.end, self.rule


def read_verdict(data: bytes) -> Verdict:
    """The verdict in a line of JSON.

    Raises:
        ValueError: it is none; the message says what is wrong.

    >>> read_verdict(b'{"document": "a.txt", "kind": "line", "start": 0, "end": 2, "text": "Ad", "verdict": "right"}')
    Traceback (most recent call last):
    ...
    ValueError: a line is "scrap" or "", not "right"
    """
    try:
        found = msgspec.json.decode(data, type=Verdict)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    allowed = ("right", "wrong", "") if found.kind == "removal" else ("scrap", "")
    if found.verdict not in allowed:
        a, b = f"a {found.kind} is ", " or ".join(f'"{one}"' for one in allowed)
        raise ValueError(f'{a}{b}, not "{found.verdict}"')
    if found.end < found.start:
        raise ValueError(f"the end {found.end} lies before the start {found.start}")
    return found


def read_verdicts(path: Path) -> Iterator[Verdict]:
    """The verdicts in a file, in their order. A last line that was not written whole is left out.

    Raises:
        CleanerError: a line is no verdict, or the file cannot be read.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise CleanerError(f"{shown(path)}: {error.strerror or error}; check the path") from None
    for number, line in enumerate(lines[:-1], 1):
        if not line.strip():
            continue
        try:
            yield read_verdict(line)
        except ValueError as error:
            raise CleanerError(f"{shown(path)}:{number}: is no verdict: {error}; correct or delete the line") from None


def latest(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The verdicts that count: of several on one subject the last, and none that was taken back."""
    found = {one.subject: one for one in verdicts}
    return [one for one in found.values() if one.verdict]


class Precision(msgspec.Struct, frozen=True):
    """How many verdicts there are on a rule, how many say "right", and the bounds of its precision."""

    rule: str
    right: int
    count: int
    low: float
    high: float


def precisions(verdicts: Iterable[Verdict]) -> list[Precision]:
    """The precision of each rule with verdicts, those with the lowest bound first.

    >>> made = Verdict(document="a.txt", kind="removal", start=0, end=2, text="Ad", rule="ad-marker.label",
    ...                verdict="right")
    >>> [(one.rule, one.right, one.count) for one in precisions([made])]
    [('ad-marker.label', 1, 1)]
    """
    sums: dict[str, list[int]] = {}
    for one in latest(verdicts):
        if one.kind == "removal":
            sums.setdefault(one.rule, []).append(one.verdict == "right")
    found = [Precision(rule, sum(given), len(given), *wilson(sum(given), len(given))) for rule, given in sums.items()]
    return sorted(found, key=lambda one: (one.low, one.rule))


class VerdictFile:
    """A file that verdicts are appended to. Each is on the disk before the call returns; safe for several threads.

    Attributes:
        path: the file. It is made with the first verdict.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._verdicts = list(read_verdicts(path))

    @property
    def verdicts(self) -> list[Verdict]:
        """Those that count so far."""
        return latest(self._verdicts)

    def append(self, verdict: Verdict) -> None:
        """Add a verdict.

        Raises:
            OSError: it cannot be written.
        """
        line = msgspec.json.encode(verdict) + b"\n"
        with self._lock:
            with self.path.open("ab+") as stream:
                _drop_cut_off_line(stream)
                stream.write(line)
                stream.flush()
                os.fsync(stream.fileno())
            self._verdicts.append(verdict)


def _drop_cut_off_line(stream: IO[bytes]) -> None:
    """Take a last line away that a crash cut off, so that it does not swallow the next one."""
    end = stream.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _BLOCK)
        stream.seek(start)
        block = stream.read(end - start)
        if (at := block.rfind(b"\n")) >= 0:
            end = start + at + 1
            break
        end = start
    stream.truncate(end)
    stream.seek(0, os.SEEK_END)
