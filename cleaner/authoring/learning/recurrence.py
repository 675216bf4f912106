"""What recurs among the lines of a corpus: the queries that choose it.

Every query is ordered by all that tells its rows apart, so that the same corpus gives the same answer whatever the
number of threads and the order of documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cleaner.authoring.learning.templates import KINDS

if TYPE_CHECKING:
    import duckdb

__all__ = ["DEFAULT", "Thresholds", "find_recurring"]

_MANY = 8  # different fillings that are enough, however many documents there are
_MOST_ACROSS = 20


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


def find_recurring(db: duckdb.DuckDBPyConnection, thresholds: Thresholds) -> None:
    """Choose what recurs, from the surest way to look at lines to the boldest; what one way has taken, no other gets.

    Args:
        db: a database with the tables "lines" and "anchors". It gets the tables "sites" (documents of each site),
            "chosen" (the keys that recur), "members" (the lines of each key), and "shown" (these lines in full).
        thresholds: how often something must recur.
    """
    db.execute("CREATE TABLE sites AS SELECT site, count(DISTINCT doc) AS of FROM lines GROUP BY site")
    db.execute(
        "CREATE TABLE chosen (kind VARCHAR, key VARCHAR, site VARCHAR, documents UINTEGER, of UINTEGER, "
        "texts UINTEGER, longest UINTEGER, head DOUBLE, tail DOUBLE, prose DOUBLE, level UINTEGER)"
    )
    db.execute("CREATE TABLE members (line UBIGINT, kind VARCHAR, key VARCHAR, site VARCHAR)")
    _find_dominated(db, thresholds)
    for level, kind in enumerate(KINDS):
        _choose(db, kind, level, thresholds)
    # Looked up key by key later: sorted, each look-up reads a few blocks instead of every anchor there is.
    db.execute(
        "CREATE TABLE shown AS SELECT m.kind, m.key, a.filling, l.* FROM members m JOIN lines l USING (line) "
        "JOIN anchors a ON a.line = m.line AND a.kind = m.kind AND a.key = m.key ORDER BY m.kind, m.key"
    )


def _find_dominated(db: duckdb.DuckDBPyConnection, least: Thresholds) -> None:
    """Lines that recur as they are, but are only some of many that differ in one place: one headline of many
    behind "Read next:"."""
    outside = "greatest(avg((placed AND head = 0)::INT), avg((placed AND tail <= 1)::INT)) >= 0.8"
    db.execute(
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


def _choose(db: duckdb.DuckDBPyConnection, kind: str, level: int, least: Thresholds) -> None:
    db.execute(
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
        f"CASE WHEN prose > 0.5 THEN {least.prose_share} WHEN {outside} THEN {least.share} ELSE {least.body_share} END"
    )
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE found AS SELECT g.*, s.of FROM "
        f"(SELECT key, site, count(DISTINCT doc) AS documents, {counted} FROM open GROUP BY key, site) g "
        f"JOIN sites s USING (site) "
        f"WHERE documents >= {least.documents} AND documents >= {share} * of AND {varied}"
    )
    if kind in ("prefix", "suffix"):
        _keep_longest(db)
    if kind in ("exact", "typed"):
        db.execute(
            "INSERT INTO found BY NAME SELECT * EXCLUDE (sites) FROM "
            f"(SELECT key, '' AS site, count(DISTINCT story) AS documents, {counted}, "
            "(SELECT sum(of) FROM sites) AS of, count(DISTINCT site) AS sites "
            "FROM open WHERE key NOT IN (SELECT key FROM found) GROUP BY key) "
            f"WHERE sites >= {least.sites} AND documents >= {_least_across(db, least)} AND {outside} "
            f"AND prose < 0.5 AND {varied}"
        )
    _assign(db, kind, least)
    db.execute(
        "INSERT INTO chosen SELECT ?, key, site, documents, of, texts, longest, head, tail, prose, ? FROM found",
        [kind, level],
    )


def _least_across(db: duckdb.DuckDBPyConnection, least: Thresholds) -> int:
    """Different articles that a line must stand in when no site has it often: some agency texts end alike."""
    row = db.execute("SELECT count(DISTINCT story) FROM lines").fetchone()
    stories = int(row[0]) if row else 0
    return max(least.documents, min(_MOST_ACROSS, stories // 100))


def _assign(db: duckdb.DuckDBPyConnection, kind: str, least: Thresholds) -> None:
    """Give each line to the one of its keys that most documents have, and drop the keys that are left with few."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE given AS SELECT DISTINCT ON (o.line) o.line, "
        "CASE WHEN f.site = '' THEN o.story ELSE o.doc END AS doc, o.key, f.site "
        "FROM open o JOIN found f ON o.key = f.key AND (f.site = o.site OR f.site = '') "
        "ORDER BY o.line, f.site DESC, f.documents DESC, o.key"
    )
    db.execute(
        "CREATE OR REPLACE TEMP TABLE enough AS SELECT key, site, count(DISTINCT doc) AS documents "
        f"FROM given GROUP BY key, site HAVING count(DISTINCT doc) >= {least.documents}"
    )
    db.execute(
        "CREATE OR REPLACE TEMP TABLE found AS "
        "SELECT f.* REPLACE (l.documents AS documents) FROM found f JOIN enough l USING (key, site)"
    )
    db.execute(
        "INSERT INTO members SELECT g.line, ?, g.key, g.site FROM given g JOIN enough l USING (key, site)", [kind]
    )


def _keep_longest(db: duckdb.DuckDBPyConnection) -> None:
    """Of beginnings (or ends) that say the same, keep the longest that nearly as many documents have."""
    db.execute(
        "CREATE OR REPLACE TEMP TABLE found AS SELECT f.* FROM found f WHERE NOT EXISTS ("
        "SELECT 1 FROM found g WHERE g.site = f.site AND g.key <> f.key AND ("
        "(starts_with(g.key, f.key || ' ') OR ends_with(g.key, ' ' || f.key)) AND g.documents >= 0.8 * f.documents"
        " OR (starts_with(f.key, g.key || ' ') OR ends_with(f.key, ' ' || g.key)) "
        "AND f.documents < 0.8 * g.documents))"
    )
