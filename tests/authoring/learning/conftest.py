"""Learning counts lines in DuckDB, which the light dependencies leave out."""

from __future__ import annotations

import pytest

WITHOUT_DATABASE = {"test_observe", "test_review", "test_templates"}
"""Files of tests that count nothing."""


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> None:
    """Skips a test that needs the database where DuckDB is missing."""
    if request.path.stem not in WITHOUT_DATABASE:
        pytest.importorskip("duckdb", reason="counts lines in DuckDB: pip install 'article-cleaner[learn]'")
