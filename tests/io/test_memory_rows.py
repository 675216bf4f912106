"""The rows of a site memory, without transactions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner.io.memory_file import connect
from cleaner.io.memory_rows import MemoryRows, Sighting


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[MemoryRows]:
    connection = connect(tmp_path / "m", write=True)
    yield MemoryRows(connection, documents=2, lines=3)
    connection.close()


def lines_of(rows: MemoryRows, site: int) -> list[tuple[int, list[int]]]:
    return [(fingerprint, list(lines)) for _, fingerprint, lines in rows.rows(site, -1, 99)]


def test_a_site_gets_a_number_when_it_is_to_be_made(rows: MemoryRows) -> None:
    assert rows.number("a.example") == -1
    made = rows.number("a.example", make=True)
    assert rows.number("a.example") == made != rows.number("b.example", make=True)


def test_only_what_is_new_of_a_document_becomes_a_row(rows: MemoryRows) -> None:
    site = rows.number("a.example", make=True)
    assert rows.remember(site, Sighting("a.example", 5, [8, 7], {}), 1)
    assert not rows.remember(site, Sighting("a.example", 5, [7], {}), 2)
    assert rows.remember(site, Sighting("a.example", 5, [7, 9], {7: "seven"}), 3)
    assert lines_of(rows, site) == [(5, [7, 8]), (5, [9])]
    assert rows.wordings(site) == {7: "seven"}
    assert list(rows.rows(site, 1, 2)) == []


def test_documents_go_with_all_their_rows(rows: MemoryRows) -> None:
    site = rows.number("a.example", make=True)
    for tick, (fingerprint, line) in enumerate([(1, 7), (2, 7), (1, 8), (3, 7)]):
        rows.remember(site, Sighting("a.example", fingerprint, [line], {}), tick)
    rows.prune_documents(site, 2)
    assert [fingerprint for fingerprint, _ in lines_of(rows, site)] == [1, 2, 1, 3]
    rows.prune_documents(site, 3)
    assert [fingerprint for fingerprint, _ in lines_of(rows, site)] == [2, 3]


def test_lines_of_the_fewest_documents_go_first(rows: MemoryRows) -> None:
    site = rows.number("a.example", make=True)
    rows.insert(site, 1, 1, [7, 8, 9])
    rows.insert(site, 1, 2, [7, 10])
    rows.note_wordings(site, {8: "eight", 11: "eleven"})
    rows.prune_lines(site, 1)
    assert lines_of(rows, site) == [(1, [7, 9]), (2, [7, 10])]
    assert rows.wordings(site) == {8: "eight"}
