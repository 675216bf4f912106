"""The index of an audit says where each file begins, and refuses what is no audit."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cleaner.batch.audit_index import entries_of, index_audit
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.io.problems import Problem
from tests.articles import article, json_lines


@pytest.fixture
def audit(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(article(1), encoding="utf-8")
    (folder / "b.jsonl").write_bytes(json_lines(3))
    path = tmp_path / "audit.jsonl"
    assert main([str(folder), "-o", str(tmp_path / "out"), "--audit", str(path), "-q"]) == 0
    return path


def test_each_file_has_its_lines(audit: Path) -> None:
    copy, problems = io.BytesIO(), list[Problem]()
    found = index_audit(audit, copy, problems)
    lines = [json.loads(line) for line in audit.read_bytes().splitlines()]
    assert {line["path"] for line in lines} == {"a.txt", "b.jsonl"}
    for name, named in found.items():
        assert list(entries_of(copy, named)) == [line for line in lines if line["path"] == name]
        assert lines[named.line - 1]["path"] == name
    assert found["b.jsonl"].fields == {"text": None}
    assert problems == []


@pytest.mark.parametrize("line", ["", "no JSON", "[]", "{}", "[" * 100_000])
def test_a_line_that_names_no_file_is_refused_with_its_number(audit: Path, line: str) -> None:
    good = audit.read_text(encoding="utf-8").splitlines()[0]
    audit.write_text(f"{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(CleanerError, match=r"audit\.jsonl: line 2 is not a line of an audit; name the file that"):
        index_audit(audit, io.BytesIO(), [])


@pytest.mark.parametrize("path", ["5", '["a.txt"]', "null", "{}"])
def test_a_path_that_is_no_name_is_a_problem_and_the_other_lines_count(audit: Path, path: str) -> None:
    lines = audit.read_text(encoding="utf-8").splitlines()
    lines.insert(1, f'{{"path": {path}}}')
    audit.write_text("\n".join(lines) + "\n", encoding="utf-8")
    problems: list[Problem] = []
    assert set(index_audit(audit, io.BytesIO(), problems)) == {"a.txt", "b.jsonl"}
    (problem,) = problems
    assert str(problem) == f"{audit}:2: {path} is not the name of a file; the others are restored"
    assert problem.fatal


def test_a_result_that_was_not_written_after_all_is_left_out(audit: Path) -> None:
    with audit.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"path": "a.txt", "void": True}) + "\n")
    assert set(index_audit(audit, io.BytesIO(), [])) == {"b.jsonl"}


def test_a_line_without_the_way_back_is_named_when_its_file_is_read(audit: Path) -> None:
    audit.write_text('{"path": "a.txt"}\n', encoding="utf-8")
    copy = io.BytesIO()
    found = index_audit(audit, copy, [])
    with pytest.raises(ValueError, match="line 1 of the audit is not one that a run wrote"):
        list(entries_of(copy, found["a.txt"]))
