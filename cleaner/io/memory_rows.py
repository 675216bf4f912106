"""The rows of a site memory: what is asked of the database and written into it. Transactions are made above."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleaner.io.memory_file import packed, signed, unpacked, unsigned
from cleaner.text.site_lines import LINES_KEPT

__all__ = ["MemoryRows", "Sighting"]


class Sighting(NamedTuple):
    """A document that was seen.

    Attributes:
        site: its site; a document of "" is not remembered.
        fingerprint: what tells it from others, as :class:`cleaner.text.site_lines.DocumentLines` has it.
        lines: the hashes of its short lines.
        wordings: the wording of those lines that recur.
    """

    site: str
    fingerprint: int
    lines: Sequence[int]
    wordings: Mapping[int, str]


class MemoryRows:
    """Sites, documents and wordings in an open database.

    Args:
        connection: the database.
        documents: how many documents of a site count.
        lines: how many different lines of a site are kept.
    """

    def __init__(self, connection: sqlite3.Connection, documents: int, lines: int) -> None:
        self._connection, self._documents, self._lines = connection, documents, lines

    def number(self, site: str, make: bool = False) -> int:
        """The number of a site; -1 for one that is not known, unless it is to be made."""
        found = self._connection.execute("SELECT number FROM site WHERE name = ?", (_storable(site),)).fetchone()
        if found is None and make:
            return int(
                self._connection.execute("INSERT INTO site (name) VALUES (?)", (_storable(site),)).lastrowid or 0
            )
        return int(found[0]) if found else -1

    def rows(self, site: int, after: int, until: int) -> Iterator[tuple[int, int, array[int]]]:
        """Number, fingerprint and lines of the rows of a site, the oldest first."""
        query = "SELECT seq, fingerprint, lines FROM document WHERE site = ? AND tick > ? AND tick <= ? ORDER BY seq"
        for seq, fingerprint, data in self._connection.execute(query, (site, after, until)).fetchall():
            yield seq, unsigned(fingerprint), unpacked(data)

    def wordings(self, site: int) -> dict[int, str]:
        """The wordings of lines, by their hashes."""
        rows = self._connection.execute("SELECT line, text FROM wording WHERE site = ?", (site,))
        return {unsigned(line): str(text) for line, text in rows}

    def remember(self, site: int, sighting: Sighting, tick: int) -> bool:
        """Add what is new of a document; whether anything is."""
        before = self._known(site, signed(sighting.fingerprint))
        known = before or set()
        new = sorted(set(sighting.lines) - known)[: LINES_KEPT - len(known)]
        self.note_wordings(site, sighting.wordings)
        if not new and before is not None:
            return False
        self.insert(site, tick, sighting.fingerprint, new, before is not None)
        return True

    def _known(self, site: int, fingerprint: int) -> set[int] | None:
        """The lines of a document that counts; None when there is none of this fingerprint, or none that counts."""
        rows = self._connection.execute(
            "SELECT seq, lines FROM document WHERE site = ? AND fingerprint = ? ORDER BY seq", (site, fingerprint)
        ).fetchall()
        if not rows:
            return None
        newer = self._connection.execute(
            "SELECT COUNT(*) FROM document WHERE site = ? AND seq > ? AND NOT more", (site, rows[0][0])
        ).fetchone()[0]
        if newer >= self._documents:
            self._connection.execute("DELETE FROM document WHERE site = ? AND fingerprint = ?", (site, fingerprint))
            return None
        return {line for _, data in rows for line in unpacked(data)}

    def insert(self, site: int, tick: int, fingerprint: int, lines: Iterable[int], more: bool = False) -> None:
        """Add a row: a document, or ``more`` lines of one."""
        self._connection.execute(
            "INSERT INTO document (site, tick, fingerprint, more, lines) VALUES (?, ?, ?, ?, ?)",
            (site, tick, signed(fingerprint), more, packed(sorted(lines))),
        )

    def note_wordings(self, site: int, wordings: Mapping[int, str]) -> None:
        """Keep the wordings of lines."""
        rows = [(site, signed(line), _storable(text)) for line, text in sorted(wordings.items())]
        self._connection.executemany("INSERT OR IGNORE INTO wording VALUES (?, ?, ?)", rows)

    def prune_documents(self, site: int, until: int) -> None:
        """Forget what counts for no reader from a tick on: documents with enough newer ones at that tick."""
        kept = self._connection.execute(
            "SELECT seq FROM document WHERE site = ? AND tick <= ? AND NOT more ORDER BY seq DESC LIMIT 1 OFFSET ?",
            (site, until, self._documents - 1),
        ).fetchone()
        if kept is not None:
            self._connection.execute(
                "DELETE FROM document WHERE site = ? AND fingerprint IN "
                "(SELECT fingerprint FROM document WHERE site = ? AND seq < ? AND NOT more)",
                (site, site, kept[0]),
            )

    def prune_lines(self, site: int, tick: int) -> None:
        """Forget the lines that say least: those of the fewest documents, of these the ones not seen for longest."""
        rows = list(self.rows(site, -1, tick))
        counts: Counter[int] = Counter()
        latest: dict[int, int] = {}
        for seq, _, lines in rows:
            counts.update(lines)
            latest.update(dict.fromkeys(lines, seq))
        gone_wordings = [(site, signed(line)) for line in self.wordings(site) if line not in counts]
        self._connection.executemany("DELETE FROM wording WHERE site = ? AND line = ?", gone_wordings)
        surplus = len(counts) - self._lines
        if surplus <= 0:
            return
        gone = set(sorted(counts, key=lambda line: (counts[line], latest[line], line))[:surplus])
        for seq, _, lines in rows:
            if not gone.isdisjoint(lines):
                data = packed(line for line in lines if line not in gone)
                self._connection.execute("UPDATE document SET lines = ? WHERE seq = ?", (data, seq))


def _storable(text: str) -> str:
    """A text without lone surrogates, which SQLite does not take."""
    return text.encode("utf-8", "replace").decode()
