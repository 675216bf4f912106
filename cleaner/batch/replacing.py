"""Write over an input in two steps, so that the way back can be on disk in between: prepare the file, give it its name.

A worker prepares. The process that writes the audit gives the names, because only it knows when the line is on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.batch.tasks import CHANGED
from cleaner.errors import CleanerError
from cleaner.io.paths import signature
from cleaner.io.prepared import PreparedFile

__all__ = ["Replacement"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """What is to be written over an input, and beside it.

    Attributes:
        source: the input.
        seen: what it was when it was read; see :func:`cleaner.io.paths.signature`.
        files: the files that wait for their names, in this order. That of the input is last: when the process is killed
            in between, the next run makes the others again, which it could not do from the cleaned text.
    """

    source: Path
    seen: tuple[int, ...]
    files: Sequence[PreparedFile]

    def carry_out(self) -> bool:
        """Give the files their names.

        Returns:
            whether the input was written over.

        Raises:
            CleanerError: the input was changed meanwhile.
            OSError: a file cannot get its name.
            In both cases the input is as it was, and no file is left that waits.
        """
        try:
            for file in self.files:
                self._check()
                file.give_name()
        finally:
            self.discard()
        return any(file.target == self.source for file in self.files)

    def discard(self) -> None:
        """Remove the files that still wait."""
        for file in self.files:
            file.discard()

    def _check(self) -> None:
        try:
            is_same = signature(self.source) == self.seen
        except OSError:
            is_same = False
        if not is_same:
            raise CleanerError(CHANGED)
