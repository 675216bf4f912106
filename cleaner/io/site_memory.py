"""What was seen of sites, in a file: the lines of their latest documents, to count how many of them have a line.

The file holds hashes of lines, and the wording only of lines that recur on their site. A document is known by a
fingerprint, so it is counted once however often it comes: in a second run, after a run that was stopped, and when
memories are joined. Of each site the latest documents count, and the file keeps no others.
"""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import CleanerError
from cleaner.io.memory_file import check_place, connect, lock_of, speaking
from cleaner.io.memory_rows import MemoryRows, Sighting
from cleaner.text.site_lines import DOCUMENTS_KEPT
from cleaner.text.site_window import SiteWindow

__all__ = ["LINES_OF_SITE", "Sighting", "SiteMemory", "SiteSummary", "scratch_copy"]

LINES_OF_SITE = 10_000
"""Different lines that are kept of each site. Of more, those go that the fewest documents have, the oldest first."""

_PRUNE_EVERY = 128  # transactions, so that what has to go does not gather


class SiteSummary(NamedTuple):
    """What a memory holds of a site: documents, different lines, and the lines that recur, each with its documents.

    The wording of a line is "" when it was not seen since the line recurs.
    """

    name: str
    documents: int
    lines: int
    recurring: tuple[tuple[str, int], ...]


class SiteMemory:
    """Remembers the lines of sites in a file. A context manager. One process at a time may write to a memory.

    Every change is a transaction: a process that is killed leaves a whole file behind. What is written has a tick, a
    number that only grows, so that readers can ask for what was known at an earlier moment.

    Args:
        path: the file; it is made when it is not there.
        documents: how many documents of a site count. It is a setting of the file: given when the file is made.
        lines: how many different lines of a site are kept; likewise.
        write: whether it can learn. Of memories that are only read, many can be open at once.

    Raises:
        CleanerError: the file is no site memory or is damaged, another process writes to it, or it was made with
            other settings.

    Attributes:
        token: tells this opening of the file from others.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "sites.memory"
    >>> with SiteMemory(file) as memory:
    ...     memory.add(Sighting("riverpost.example", number, [7], {}) for number in range(4))
    >>> with SiteMemory(file, write=False) as memory:
    ...     memory.window("riverpost.example").count(7)
    4
    """

    def __init__(
        self, path: Path | str, *, documents: int | None = None, lines: int | None = None, write: bool = True
    ) -> None:
        self.path, self.writes = Path(path), write
        self.token = secrets.token_hex(8)
        check_place(self.path, write)
        self._lock = lock_of(self.path) if write else None
        self._touched: set[int] = set()
        try:
            self._connection = connect(self.path, write)
            try:
                with speaking(self.path):
                    self.documents = self._setting("documents", documents, DOCUMENTS_KEPT)
                    self.lines = self._setting("lines", lines, LINES_OF_SITE)
                self._rows = MemoryRows(self._connection, self.documents, self.lines)
            except BaseException:
                self._connection.close()
                raise
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise

    def __enter__(self) -> SiteMemory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Forget what no longer counts, and close the file."""
        try:
            if self.writes:
                with suppress(CleanerError):
                    self.prune()
                with suppress(sqlite3.Error):  # readers may be there; then the next one to write does it
                    self._connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            self._connection.close()
            if self._lock is not None:
                self._lock.release()

    # What is known

    @property
    def tick(self) -> int:
        """The number of the last change."""
        with speaking(self.path):
            found = self._connection.execute("SELECT value FROM setting WHERE name = 'tick'").fetchone()
            return int(found[0]) if found else 0

    def sites(self) -> Iterator[str]:
        """The names of the sites, in order."""
        with speaking(self.path):
            names = [name for (name,) in self._connection.execute("SELECT name FROM site ORDER BY name")]
        yield from names

    def window(self, site: str, until: int | None = None, since: tuple[SiteWindow, int] | None = None) -> SiteWindow:
        """The latest documents of a site.

        Args:
            site: its name.
            until: only what was known at this tick.
            since: a window at an earlier tick, which becomes the one that is asked for, and that tick.
        """
        window, after = since or (SiteWindow(self.documents), -1)
        with speaking(self.path):
            until = self.tick if until is None else until
            for _, fingerprint, lines in self._rows.rows(self._rows.number(site), after, until):
                window.add(fingerprint, lines)
        return window

    def summary(self, site: str) -> SiteSummary:
        """What the memory holds of a site."""
        window, texts = self.window(site), self.wordings(site)
        counts = window.counts()
        found = [(texts.get(line, ""), counts[line]) for line in window.repeated() if line in counts]
        return SiteSummary(site, window.documents, len(counts), tuple(sorted(found, key=lambda one: (-one[1], one[0]))))

    # Learning

    def add(self, sightings: Iterable[Sighting], tick: int | None = None, task: tuple[int, int] | None = None) -> None:
        """Remember documents, all of them or none.

        Args:
            sightings: the documents, in their order.
            tick: the number of the change; by default the next one.
            task: a name for what the documents come from, so that :meth:`tick_of` finds the change again.
        """
        tick = self.tick + 1 if tick is None else tick
        found = list(sightings)
        with self._transaction():
            for sighting in found:
                if not sighting.site:
                    continue
                site = self._rows.number(sighting.site, make=True)
                if self._rows.remember(site, sighting, tick):
                    self._touched.add(site)
            self._set("tick", max(self.tick, tick))
            if task is not None:
                self._connection.execute("INSERT OR REPLACE INTO task VALUES (?, ?, ?)", (*task, tick))
        if tick % _PRUNE_EVERY == 0:
            self.prune(tick - _PRUNE_EVERY)

    def prune(self, until: int | None = None) -> None:
        """Forget documents that no longer count, and lines that a site has too many of.

        Args:
            until: readers may still ask for what was known at this tick; by default no one does.
        """
        with self._transaction():
            for site in sorted(self._touched):
                self._rows.prune_documents(site, self.tick if until is None else until)
                if until is None:
                    self._rows.prune_lines(site, self.tick)
        if until is None:
            self._touched.clear()

    def replace(self, site: str, documents: Iterable[tuple[int, Iterable[int]]], wordings: Mapping[int, str]) -> None:
        """Let a site have these documents, the oldest first, and no others."""
        with self._transaction():
            number = self._rows.number(site, make=True)
            self._connection.execute("DELETE FROM document WHERE site = ?", (number,))
            for fingerprint, lines in documents:
                self._rows.insert(number, self.tick, fingerprint, lines)
            self._rows.note_wordings(number, wordings)
            self._touched.add(number)

    def wordings(self, site: str) -> dict[int, str]:
        """The wordings of lines of a site, by their hashes."""
        with speaking(self.path):
            return self._rows.wordings(self._rows.number(site))

    # A run that may be stopped and go on

    def begin(self, run: str) -> int:
        """Begin a run, or go on with it: the tick before its first change.

        Args:
            run: a name for all that its results depend on; "" for a run that cannot go on.
        """
        if run and self.knows(run):
            return int(self._get("base"))
        with self._transaction():
            self._connection.execute("DELETE FROM task")
            self._set("run", run)
            self._set("base", self.tick)
        return self.tick

    def knows(self, run: str) -> bool:
        """Whether the last run that began and did not end is this one."""
        return bool(run) and self._get("run") == run

    def tick_of(self, task: tuple[int, int]) -> int | None:
        """The tick of a task of the run; None when it made no change yet."""
        with speaking(self.path):
            found = self._connection.execute("SELECT tick FROM task WHERE job = ? AND shard = ?", task).fetchone()
            return int(found[0]) if found else None

    def last_tick_of_run(self) -> int | None:
        """The tick of the latest task of the run; None when it has made no change."""
        with speaking(self.path):
            found = self._connection.execute("SELECT MAX(tick) FROM task").fetchone()[0]
            return None if found is None else int(found)

    def end(self) -> None:
        """The run is done: nobody goes on with it."""
        with self._transaction():
            self._connection.execute("DELETE FROM task")
            self._set("run", "")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with speaking(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _get(self, name: str) -> str:
        with speaking(self.path):
            found = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
            return str(found[0]) if found else ""

    def _set(self, name: str, value: object) -> None:
        self._connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, str(value)))

    def _setting(self, name: str, given: int | None, default: int) -> int:
        if given is not None and given < 1:
            raise CleanerError(f"{name} is {given}; give a number from 1 on")
        found = self._get(name)
        if found and given is not None and int(found) != given:
            raise CleanerError(
                f"{self.path}: was made with {name}={found}; leave {name} out, or make a memory of its own for {given}"
            )
        if not found and self.writes:
            self._set(name, given or default)
        return int(found or given or default)


@contextmanager
def scratch_copy(path: Path) -> Iterator[Path]:
    """A copy of a memory that is gone at the end, for a run that writes nothing; of one that is not there, a new one.

    Raises:
        CleanerError: the file is no site memory.
    """
    with tempfile.TemporaryDirectory(prefix="clean-") as folder:
        copy = Path(folder) / path.name
        if path.exists() and path.stat().st_size:
            with (
                closing(connect(path, write=False)) as source,
                closing(sqlite3.connect(copy)) as target,
                speaking(path),
            ):
                source.backup(target)
        yield copy
