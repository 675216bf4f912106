"""What was seen of a corpus, in a DuckDB database on disk: it spills what memory cannot hold.

Every query is ordered by all that tells its rows apart, so that the same corpus gives the same answer whatever the
number of threads and the order of documents.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from cleaner.authoring.learning.observe import Observed
from cleaner.authoring.learning.recurrence import DEFAULT, Thresholds, find_recurring
from cleaner.errors import CleanerError, extra_advice

if TYPE_CHECKING:
    import duckdb

__all__ = ["DEFAULT", "Example", "Recurring", "Store", "Thresholds"]

_BATCH_LINES = 20_000
_SIZE = re.compile(r"\d+(?:\.\d+)? ?(?:[KMGT]i?B)", re.IGNORECASE)
_LINES = """
    line UBIGINT, site VARCHAR, place VARCHAR, doc UBIGINT, story UBIGINT, number UINTEGER,
    head UINTEGER, tail UINTEGER, placed BOOLEAN, prose BOOLEAN, text VARCHAR, above VARCHAR, below VARCHAR
"""
_ANCHORS = "line UBIGINT, kind VARCHAR, key VARCHAR, filling VARCHAR"


class Recurring(NamedTuple):
    """Lines that one anchor holds together, on one site or, with site "", on several that have few of them each.

    ``head`` and ``tail`` are the shares of them that stand above and below all prose, ``of`` the documents of the site.
    """

    kind: str
    key: str
    site: str
    documents: int
    of: int
    texts: int
    longest: int
    head: float
    tail: float
    prose: float


class Example(NamedTuple):
    """A line where it stands. ``filling`` is what the free part of its anchor holds there."""

    text: str
    place: str
    number: int
    above: str
    below: str
    filling: str


@contextmanager
def _database_errors() -> Iterator[None]:
    """Errors of the database say what to do."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        message = str(error).partition("\n")[0]
        raise CleanerError(
            f"the database of lines fails: {message}; give it more --memory, or a larger disk with TMPDIR"
        ) from None


class Store:
    """The lines of a corpus. Use it in a ``with`` statement: its end deletes the database.

    Args:
        memory: how much the database may hold in memory, as "500MB"; the rest lies on disk.
        folder: where the database and what it spills go; by default the folder for temporary files.

    Raises:
        CleanerError: DuckDB is not installed, or ``memory`` is no size.
    """

    def __init__(self, memory: str = "500MB", folder: Path | None = None) -> None:
        try:
            import duckdb
            import pyarrow  # noqa: F401  # what rows are handed over in
        except ImportError as error:
            raise CleanerError(f"learning needs {error.name}: {extra_advice('learn')}") from None
        if not _SIZE.fullmatch(memory):
            raise CleanerError(f"memory cannot be {memory!r}; give a number and KB, MB or GB, as 500MB")
        self._folder = tempfile.TemporaryDirectory(prefix="cleaner-learn-", dir=folder, ignore_cleanup_errors=True)
        spill = Path(self._folder.name)
        try:
            with _database_errors():
                self._db: duckdb.DuckDBPyConnection = duckdb.connect(
                    str(spill / "lines.duckdb"),
                    config={"memory_limit": memory, "temp_directory": str(spill / "spill"), "threads": "2"},
                )
        except CleanerError:
            self._folder.cleanup()
            raise
        self._db.execute("SET preserve_insertion_order = false")
        self._db.execute(f"CREATE TABLE lines ({_LINES})")
        self._db.execute(f"CREATE TABLE anchors ({_ANCHORS})")
        self._count = 0

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()
        self._folder.cleanup()

    def add(self, documents: Iterable[Observed]) -> int:
        """Keep what was seen of some documents; gives their number."""
        lines: list[tuple[Any, ...]] = []
        anchors: list[tuple[Any, ...]] = []
        documents_seen = 0
        for document in documents:
            documents_seen += 1
            for line in document.lines:
                self._count += 1
                placed = (line.number, line.head, line.tail, line.is_placed, line.is_prose)
                source = (document.site, document.place, document.fingerprint, document.story)
                lines.append((self._count, *source, *placed, line.text, line.above, line.below))
                anchors += [(self._count, *anchor) for anchor in line.anchors]
            if len(lines) >= _BATCH_LINES:
                self._append(lines, anchors)
                lines, anchors = [], []
        self._append(lines, anchors)
        return documents_seen

    def _append(self, lines: Sequence[tuple[Any, ...]], anchors: Sequence[tuple[Any, ...]]) -> None:
        import pyarrow as pa

        for table, schema, rows in (("lines", _LINES, lines), ("anchors", _ANCHORS, anchors)):
            if rows:
                named = [part.split() for part in schema.split(",")]
                columns = [
                    pa.array(_encodable(column), _arrow_type(kind))
                    for column, (_, kind) in zip(zip(*rows, strict=True), named, strict=True)
                ]
                batch = pa.table(columns, names=[name for name, _ in named])
                with _database_errors():
                    self._db.register("batch", batch)
                    self._db.execute(f"INSERT INTO {table} SELECT * FROM batch")
                    self._db.unregister("batch")

    def find(self, thresholds: Thresholds) -> None:
        """Choose what recurs, from the surest way to look at lines to the boldest; what one way has taken, no other
        gets."""
        with _database_errors():
            find_recurring(self._db, thresholds)

    @property
    def documents(self) -> int:
        """Number of different articles, by site."""
        return self._number("SELECT coalesce(sum(of), 0) FROM sites")

    @property
    def keys(self) -> int:
        """Number of different keys that were chosen."""
        return self._number("SELECT count(*) FROM (SELECT DISTINCT kind, key FROM chosen)")

    def _number(self, query: str) -> int:
        with _database_errors():
            row = self._db.execute(query).fetchone()
        return int(row[0]) if row else 0

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with _database_errors():
            return self._db.execute(query, values).fetchall()

    def recurring(self, most: int) -> Iterator[list[Recurring]]:
        """What was chosen, the strongest first: all sites of one key at a time, at most ``most`` keys."""
        rows = self._rows(
            "WITH ranked AS (SELECT kind, key, level, sum(documents) AS total, max(documents / of) AS share "
            "FROM chosen GROUP BY kind, key, level ORDER BY total DESC, share DESC, level, key LIMIT ?) "
            "SELECT c.kind, c.key, c.site, c.documents, c.of, c.texts, c.longest, c.head, c.tail, c.prose "
            "FROM chosen c JOIN ranked r USING (kind, key) "
            "ORDER BY r.total DESC, r.share DESC, r.level, c.key, c.documents DESC, c.site",
            [most],
        )
        group: list[Recurring] = []
        for row in rows:
            one = Recurring(*row)
            if group and (one.kind, one.key) != (group[0].kind, group[0].key):
                yield group
                group = []
            group.append(one)
        if group:
            yield group

    def examples(self, kind: str, key: str, most: int) -> list[Example]:
        """Lines of an anchor, each from another document and as different as there are, in a fixed order."""
        rows = self._rows(
            "WITH mine AS (SELECT * FROM shown WHERE kind = ? AND key = ?), "
            "once AS (SELECT DISTINCT ON (text) * FROM mine ORDER BY text, site, doc, number), "
            "more AS (SELECT DISTINCT ON (doc) * FROM mine ORDER BY doc, site, number), "
            "wanted AS ((SELECT *, 0 AS again FROM once ORDER BY md5(text), text LIMIT ?) UNION ALL "
            "(SELECT *, 1 AS again FROM more ORDER BY md5(doc::VARCHAR), doc LIMIT ?)) "
            "SELECT text, place, number, above, below, filling FROM wanted "
            "QUALIFY row_number() OVER (PARTITION BY line ORDER BY again) = 1 "
            "ORDER BY again, md5(text), text, doc LIMIT ?",
            [kind, key, most, most, most],
        )
        return [Example(*row) for row in rows]


def _arrow_type(kind: str) -> Any:
    import pyarrow as pa

    types = {"UBIGINT": pa.uint64(), "UINTEGER": pa.uint32(), "BOOLEAN": pa.bool_(), "VARCHAR": pa.string()}
    return types[kind]


def _encodable(column: Sequence[Any]) -> Any:
    """A column without surrogates, which no database takes."""
    if column and isinstance(column[0], str):
        return [text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8") for text in column]
    return column
