"""Ground truths are read from folders, the same rows each time, and what is wrong is told with file and line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.leaderboard.corpora import BenchmarkError, read_corpora
from tests.benchmarks.tiny import BODIES, CLEAN, corpus_folder, write_rows


def test_the_kind_of_a_file_follows_from_its_rows_and_its_place(tmp_path: Path) -> None:
    found = read_corpora([corpus_folder(tmp_path)])
    assert [(one.name, one.kind, len(one.documents), one.rows) for one in found] == [
        ("harm/poem", "clean", 2, 2),
        ("pieces", "pieces", 1, 1),
        ("river.plain", "bodies", 2, 2),
    ]
    (bridge, _) = found[2].documents
    assert (bridge.id, bridge.title, bridge.url) == ("bridge", BODIES[0]["title"], BODIES[0]["url"])
    assert bridge.body == BODIES[0]["gold"]


def test_several_folders_are_one(tmp_path: Path) -> None:
    write_rows(tmp_path / "b" / "more.jsonl", BODIES)
    corpora = read_corpora([corpus_folder(tmp_path / "a"), tmp_path / "b"])
    assert [one.name for one in corpora] == ["harm/poem", "more", "pieces", "river.plain"]
    write_rows(tmp_path / "b" / "pieces.jsonl", BODIES)
    with pytest.raises(BenchmarkError, match="another file is called pieces"):
        read_corpora([tmp_path / "a", tmp_path / "b"])


def test_a_sample_is_the_same_rows_whatever_their_order(tmp_path: Path) -> None:
    rows = [{"id": str(number), "text": f"Line {number}", "gold": ""} for number in range(50)]
    write_rows(tmp_path / "a" / "x.jsonl", rows)
    write_rows(tmp_path / "b" / "x.jsonl", reversed(rows))
    (first,), (second,) = read_corpora([tmp_path / "a"], 5), read_corpora([tmp_path / "b"], 5)
    assert first == second
    assert (len(first.documents), first.rows) == (5, 50)
    assert {one.id for one in first.documents} != {"0", "1", "2", "3", "4"}


def test_the_digest_changes_with_a_text_and_with_what_is_known(tmp_path: Path) -> None:
    def digest(**changes: Any) -> str:
        write_rows(tmp_path / "x.jsonl", [{**BODIES[0], **changes}])
        return read_corpora([tmp_path])[0].digest

    assert len({digest(), digest(text="Another"), digest(gold="Another"), digest(title="Another")}) == 4
    assert digest() == digest(lang="en")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"x\.jsonl:2: is no JSON in UTF-8"),
        ("[1]", r"x\.jsonl:2: is no object"),
        (json.dumps({"id": "b", "gold": ""}), r"x\.jsonl:2: text is no text"),
        (json.dumps({"id": "b", "text": "", "gold": 7}), r"x\.jsonl:2: gold is no text"),
        (json.dumps({"text": "", "gold": ""}), r"x\.jsonl:2: has no id"),
        (json.dumps({"id": "a", "text": "", "gold": ""}), r"x\.jsonl: two rows have the same id"),
        (json.dumps({"id": "b", "text": ""}), r"x\.jsonl: some rows have gold or with, and others have not"),
    ],
)
def test_a_row_that_is_wrong_is_told(tmp_path: Path, line: str, message: str) -> None:
    first = json.dumps({"id": "a", "text": "", "gold": ""})
    (tmp_path / "x.jsonl").write_text(f"{first}\n{line}\n")
    with pytest.raises(BenchmarkError, match=message):
        read_corpora([tmp_path])


def test_pieces_that_are_no_texts_are_told(tmp_path: Path) -> None:
    write_rows(tmp_path / "x.jsonl", [{"id": 1, "text": "", "with": "a piece", "without": []}])
    with pytest.raises(BenchmarkError, match=r"x\.jsonl:1: with is no list of texts"):
        read_corpora([tmp_path])


def test_a_damaged_archive_is_told(tmp_path: Path) -> None:
    write_rows(tmp_path / "x.jsonl.gz", BODIES)
    (tmp_path / "x.jsonl.gz").write_bytes((tmp_path / "x.jsonl.gz").read_bytes()[:-20])
    with pytest.raises(BenchmarkError, match=r"x\.jsonl\.gz: cannot be read"):
        read_corpora([tmp_path])


def test_a_folder_without_truth_is_told(tmp_path: Path) -> None:
    write_rows(tmp_path / "sites.jsonl", CLEAN)
    with pytest.raises(BenchmarkError, match="holds no ground truth"):
        read_corpora([tmp_path])
    with pytest.raises(BenchmarkError, match="is no folder"):
        read_corpora([tmp_path / "none"])
