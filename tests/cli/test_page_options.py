"""What commands with a page share."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli.page_options import audit_for


@pytest.mark.parametrize("name", ["report.html", "a b.html", "no-suffix"])
def test_the_audit_of_a_page_lies_beside_it(name: str) -> None:
    audit = audit_for(Path("pages") / name)
    assert audit.parent == Path("pages")
    assert audit.name == f"{name}.audit.jsonl.gz"
