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

from cleaner.errors import CleanerError
from cleaner.learning.observing import Observed
from cleaner.learning.templates import KINDS

if TYPE_CHECKING:
    import duckdb

__all__ = ["DEFAULT", "Example", "Recurring", "Store", "Thresholds"]

_BATCH_LINES = 20_000
_MANY = 8  # different fillings that are enough, however many documents there are
_MOST_ACROSS = 20
_SIZE = re.compile(r"\d+(?:\.\d+)? ?(?:[KMGT]i?B)", re.IGNORECASE)
_LINES = """
    line UBIGINT, site VARCHAR, place VARCHAR, doc UBIGINT, story UBIGINT, number UINTEGER,
    head UINTEGER, tail UINTEGER, placed BOOLEAN, prose BOOLEAN, text VARCHAR, above VARCHAR, below VARCHAR
"""
_ANCHORS = "line UBIGINT, kind VARCHAR, key VARCHAR, filling VARCHAR"


class Thresholds(NamedTuple):
    """What is enough to be proposed.

    Attributes:
        documents: different documents of a site.
        share: share of the documents of the site, for lines above and below the prose.
        body_share: the same for lines in the middle of it, where subheads recur.
        prose_share: the same for lines that read as running text: the background of a running story recurs too.
        fillings: how many different things must stand in the free part of a label, a beginning or an end.
        sites: sites a line must stand on that no single site has often enough.
    """

    documents: int = 4
    share: float = 0.02
    body_share: float = 0.15
    prose_share: float = 0.25
    fillings: int = 3
    sites: int = 3


DEFAULT = Thresholds()


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
def _told() -> Iterator[None]:
    """What the database complains about, in our words."""
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        message = str(error).partition("\n")[0]
        raise CleanerError(
            f"the database of lines fails: {message}; give it more --memory, or a larger disk with TMPDIR"
        ) from None


class Store:
    """The lines of a corpus. Use it as a context: the database goes when it ends.

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
            raise CleanerError(f"learning needs {error.name}: pip install 'article-cleaner[learn]'") from None
        if not _SIZE.fullmatch(memory):
            raise CleanerError(f"memory cannot be {memory!r}; give a number and KB, MB or GB, as 500MB")
        self._folder = tempfile.TemporaryDirectory(prefix="cleaner-learn-", dir=folder, ignore_cleanup_errors=True)
        spill = Path(self._folder.name)
        try:
            with _told():
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
                told = (document.site, document.place, document.fingerprint, document.story)
                lines.append((self._count, *told, *placed, line.text, line.above, line.below))
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
                with _told():
                    self._db.register("batch", batch)
                    self._db.execute(f"INSERT INTO {table} SELECT * FROM batch")
                    self._db.unregister("batch")

    def find(self, thresholds: Thresholds) -> None:
        """Choose what recurs, from the surest way to look at lines to the boldest; what one way has taken, no other
        gets."""
        with _told():
            self._find(thresholds)

    def _find(self, thresholds: Thresholds) -> None:
        self._db.execute("CREATE TABLE sites AS SELECT site, count(DISTINCT doc) AS of FROM lines GROUP BY site")
        self._db.execute(
            "CREATE TABLE chosen (kind VARCHAR, key VARCHAR, site VARCHAR, documents UINTEGER, of UINTEGER, "
            "texts UINTEGER, longest UINTEGER, head DOUBLE, tail DOUBLE, prose DOUBLE, level UINTEGER)"
        )
        self._db.execute("CREATE TABLE members (line UBIGINT, kind VARCHAR, key VARCHAR, site VARCHAR)")
        self._find_dominated(thresholds)
        for level, kind in enumerate(KINDS):
            self._choose(kind, level, thresholds)

    def _find_dominated(self, least: Thresholds) -> None:
        """Lines that recur as they are, but are only some of many that differ in one place: one headline of many
        behind "Read next:"."""
        outside = "greatest(avg((placed AND head = 0)::INT), avg((placed AND tail <= 1)::INT)) >= 0.8"
        self._db.execute(
            "CREATE TABLE dominated AS "
            "WITH whole AS (SELECT l.site, a.key, count(DISTINCT l.doc) AS documents "
            "FROM anchors a JOIN lines l USING (line) WHERE a.kind = 'exact' GROUP BY l.site, a.key), "
            "part AS (SELECT l.site, a.kind, a.key, count(DISTINCT l.doc) AS documents "
            "FROM anchors a JOIN lines l USING (line) WHERE a.kind <> 'exact' AND NOT l.prose GROUP BY l.site, a.kind, "
            f"a.key HAVING count(DISTINCT l.doc) >= {least.documents} "
            f"AND count(DISTINCT a.filling) > {least.fillings} AND (a.kind IN ('typed', 'label') OR {outside})) "
            "SELECT DISTINCT a.line FROM anchors a JOIN lines l USING (line) "
            "JOIN part p ON p.site = l.site AND p.kind = a.kind AND p.key = a.key "
            "JOIN anchors e ON e.line = a.line AND e.kind = 'exact' "
            "JOIN whole w ON w.site = l.site AND w.key = e.key WHERE w.documents < 0.3 * p.documents"
        )

    def _choose(self, kind: str, level: int, least: Thresholds) -> None:
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE open AS SELECT a.key, a.filling, l.* "
            "FROM anchors a JOIN lines l USING (line) WHERE a.kind = ? AND l.line NOT IN (SELECT line FROM members)"
            + (" AND l.line NOT IN (SELECT line FROM dominated)" if kind == "exact" else ""),
            [kind],
        )
        counted = (
            "count(*) AS lines, count(DISTINCT filling) AS fillings, count(DISTINCT text) AS texts, "
            "max(length(text)) AS longest, avg((placed AND head = 0)::INT) AS head, "
            "avg((placed AND tail <= 1)::INT) AS tail, avg(prose::INT) AS prose"
        )
        outside = "greatest(head, tail) >= 0.8"
        # A speaker's name stands before many lines of one interview, a link to another article in few places.
        placed = "lines <= 2 * documents AND prose <= 0.3" if kind == "label" else outside
        free = f"fillings >= {least.fillings} AND fillings >= least(0.3 * documents, {_MANY}) AND {placed}"
        varied = {"exact": "true", "typed": "texts > 1"}.get(kind, free)
        share = (
            f"CASE WHEN prose > 0.5 THEN {least.prose_share} WHEN {outside} THEN {least.share} "
            f"ELSE {least.body_share} END"
        )
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE found AS SELECT g.*, s.of FROM "
            f"(SELECT key, site, count(DISTINCT doc) AS documents, {counted} FROM open GROUP BY key, site) g "
            f"JOIN sites s USING (site) "
            f"WHERE documents >= {least.documents} AND documents >= {share} * of AND {varied}"
        )
        if kind in ("prefix", "suffix"):
            self._keep_longest()
        if kind in ("exact", "typed"):
            self._db.execute(
                "INSERT INTO found BY NAME SELECT * EXCLUDE (sites) FROM "
                f"(SELECT key, '' AS site, count(DISTINCT story) AS documents, {counted}, "
                "(SELECT sum(of) FROM sites) AS of, count(DISTINCT site) AS sites "
                "FROM open WHERE key NOT IN (SELECT key FROM found) GROUP BY key) "
                f"WHERE sites >= {least.sites} AND documents >= {self._least_across(least)} AND {outside} "
                f"AND prose < 0.5 AND {varied}"
            )
        self._assign(kind, least)
        self._db.execute(
            "INSERT INTO chosen SELECT ?, key, site, documents, of, texts, longest, head, tail, prose, ? FROM found",
            [kind, level],
        )

    def _least_across(self, least: Thresholds) -> int:
        """Different articles that a line must stand in when no site has it often: some agency texts end alike."""
        stories = self._number("SELECT count(DISTINCT story) FROM lines")
        return max(least.documents, min(_MOST_ACROSS, stories // 100))

    def _assign(self, kind: str, least: Thresholds) -> None:
        """Give each line to the one of its keys that most documents have, and drop the keys that are left with few."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE given AS SELECT DISTINCT ON (o.line) o.line, "
            "CASE WHEN f.site = '' THEN o.story ELSE o.doc END AS doc, o.key, f.site "
            "FROM open o JOIN found f ON o.key = f.key AND (f.site = o.site OR f.site = '') "
            "ORDER BY o.line, f.site DESC, f.documents DESC, o.key"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE enough AS SELECT key, site, count(DISTINCT doc) AS documents "
            f"FROM given GROUP BY key, site HAVING count(DISTINCT doc) >= {least.documents}"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE found AS "
            "SELECT f.* REPLACE (l.documents AS documents) FROM found f JOIN enough l USING (key, site)"
        )
        self._db.execute(
            "INSERT INTO members SELECT g.line, ?, g.key, g.site FROM given g JOIN enough l USING (key, site)", [kind]
        )

    def _keep_longest(self) -> None:
        """Of beginnings (or ends) that say the same, keep the longest that nearly as many documents have."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE found AS SELECT f.* FROM found f WHERE NOT EXISTS ("
            "SELECT 1 FROM found g WHERE g.site = f.site AND g.key <> f.key AND ("
            "(starts_with(g.key, f.key || ' ') OR ends_with(g.key, ' ' || f.key)) AND g.documents >= 0.8 * f.documents"
            " OR (starts_with(f.key, g.key || ' ') OR ends_with(f.key, ' ' || g.key)) "
            "AND f.documents < 0.8 * g.documents))"
        )

    @property
    def documents(self) -> int:
        """Number of different articles, by site."""
        return self._number("SELECT coalesce(sum(of), 0) FROM sites")

    @property
    def keys(self) -> int:
        """Number of different keys that were chosen."""
        return self._number("SELECT count(*) FROM (SELECT DISTINCT kind, key FROM chosen)")

    def _number(self, query: str) -> int:
        with _told():
            row = self._db.execute(query).fetchone()
        return int(row[0]) if row else 0

    def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with _told():
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
            "WITH mine AS (SELECT l.*, a.filling FROM members m JOIN lines l USING (line) "
            "JOIN anchors a ON a.line = m.line AND a.kind = m.kind AND a.key = m.key WHERE m.kind = ? AND m.key = ?), "
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
