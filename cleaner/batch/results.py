"""What comes of documents: the report on a file, the result of a shard, and a document as it was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple

from cleaner.batch.replacing import Replacement
from cleaner.io.paths import shown
from cleaner.io.problems import Problem
from cleaner.io.site_memory import Sighting
from cleaner.model import DocumentInfo
from cleaner.pipeline import CleanResult
from cleaner.text.prose import count_words

__all__ = ["Report", "ShardResult", "SourceDocument", "diff_lines"]

_MOST_PROBLEMS = 100
_NO_NEWLINE = "\\ No newline at end of file"
_COUNTERS = ("removed", "repairs", "flags", "encodings")
_NUMBERS = ("documents", "changed", "dropped", "removed_words", "unlisted", "written")


class SourceDocument(NamedTuple):
    """A document as it was found.

    Attributes:
        path: its file.
        row: the 1-based number of its row; 0 when the file is the document.
        info: what its source says about it.
        text: its decoded text.
        site: the site it belongs to, for lines that recur.
    """

    path: Path
    row: int
    info: DocumentInfo
    text: str
    site: str

    @property
    def place(self) -> str:
        """File and row, for a person."""
        return f"{shown(self.path)}:{self.row}" if self.row else shown(self.path)


@dataclass(slots=True)
class Report:
    """What happened to one file: a sum that grows. Numbers count documents, edits and repairs.

    Of a file in which every row is bad only the first errors are kept; ``unlisted`` counts the others.
    ``digest`` is that of the result, as :func:`cleaner.io.paths.digest_of` makes it; "" where it is not known.
    """

    path: str
    documents: int = 0
    changed: int = 0
    dropped: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    removed_words: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    unlisted: int = 0
    written: bool = False
    digest: str = ""
    diff: list[str] = field(default_factory=list)

    def add(self, result: CleanResult, changed: bool | None = None) -> None:
        """Count a document. ``changed`` tells whether the written bytes differ from those that were read; without it,
        a document counts as changed when its text is."""
        self.documents += 1
        self.changed += result.changed if changed is None else changed
        for edit in result.edits:
            self.removed[edit.scrap_class] += 1
            if not edit.replacement:
                self.removed_words += count_words(result.repaired[edit.start : edit.end])
        for step in result.repairs:
            self.repairs.update(edit.rule.partition(".")[2] for edit in step.edits)
        self.flags.update(result.flags)
        if result.encoding not in ("", "utf-8"):
            self.encodings[result.encoding] += 1

    def merge(self, other: Report) -> None:
        """Add what another report counts, and its problems. The diff is left out: it can be long."""
        self.documents += other.documents
        self.changed += other.changed
        self.dropped += other.dropped
        self.written = self.written or other.written
        self.removed_words += other.removed_words
        self.removed.update(other.removed)
        self.repairs.update(other.repairs)
        self.flags.update(other.flags)
        self.encodings.update(other.encodings)
        listed = Counter(problem.fatal for problem in self.problems)  # notes must not crowd out errors
        for problem in other.problems:
            if listed[problem.fatal] < _MOST_PROBLEMS:
                listed[problem.fatal] += 1
                self.problems.append(problem)
            else:
                self.unlisted += problem.fatal
        self.unlisted += other.unlisted

    @property
    def errors(self) -> int:
        """How many of the problems are errors."""
        return self.unlisted + sum(problem.fatal for problem in self.problems)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it; its diff aside."""
        return {
            "path": self.path,
            "digest": self.digest,
            **{name: getattr(self, name) for name in _NUMBERS},
            **{name: dict(sorted(getattr(self, name).items())) for name in _COUNTERS},
            "problems": [list(problem) for problem in self.problems],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Report:
        """The report that :meth:`as_dict` gave."""
        counters = {name: Counter(values[name]) for name in _COUNTERS}
        return cls(**{**values, **counters, "problems": [Problem(*problem) for problem in values["problems"]]})


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What came of a file or of a shard: a report, and what each growing file gets.

    Attributes:
        output: the cleaned rows of a shard; a file that is one document is written by the worker.
        audit, attributes, rejects, scores: lines for the outputs of the run.
        error: why no result of the file can be written, or "".
        retry: whether it failed for a reason that may pass, such as a full disk, so that the next attempt tries again.
        seen: the documents, for the site memory.
        replacement: what is to be written over the input when the lines for the outputs are on disk.
    """

    report: Report
    output: bytes = b""
    audit: bytes = b""
    attributes: bytes = b""
    rejects: bytes = b""
    error: str = ""
    scores: bytes = b""
    retry: bool = False
    seen: tuple[Sighting, ...] = ()
    replacement: Replacement | None = None


def diff_lines(before: str, after: str, name: str) -> list[str]:
    r"""A unified diff of two texts, which ``patch`` can apply; its lines have no newlines.

    >>> diff_lines("a\nb", "a\n", "x.txt")[2:]
    ['@@ -1,2 +1 @@', ' a', '-b', '\\ No newline at end of file']
    """
    lines = []
    for line in unified_diff(_lines(before), _lines(after), name, f"{name} (cleaned)", n=1):
        lines.append(line.removesuffix("\n"))
        if not line.endswith("\n"):
            lines.append(_NO_NEWLINE)
    return lines


def _lines(text: str) -> list[str]:
    """The lines with their newlines; other ends of lines, as U+2028, end none."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])
