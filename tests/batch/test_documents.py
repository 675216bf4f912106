"""The documents of many files, one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.batch.documents import read_documents, read_row
from cleaner.batch.jobs import plan
from cleaner.batch.results import SourceDocument
from cleaner.errors import CleanerError
from cleaner.io.article import ReadOptions
from cleaner.io.formats.base import FieldNames
from cleaner.io.problems import Problem


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in/sub").mkdir(parents=True)
    Path("in/a.txt").write_text("One line\n")
    Path("in/sub/b.txt").write_text("Another line\n")
    Path("in/binary.txt").write_bytes(bytes(range(256)) * 50)
    rows = [
        {"text": "First", "title": "T", "url": "https://www.hill-news.example/1"},
        {"text": ""},
        {"body": "Third"},
        {"text": "Fourth", "site": "Hill News"},
        {"text": "Fifth"},
    ]
    Path("in/rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    Path("in/bad.csv").write_text("id,body\n1,a\n")
    return tmp_path


def test_documents_come_in_order_with_what_is_known_about_them(here: Path) -> None:
    found = list(read_documents(plan([Path("in")], None).jobs))
    documents = [one for one in found if isinstance(one, SourceDocument)]
    assert [(one.place, one.text, one.site) for one in documents] == [
        ("in/a.txt", "One line\n", "."),
        ("in/rows.jsonl:1", "First", "hill-news.example"),
        ("in/rows.jsonl:4", "Fourth", "Hill News"),
        ("in/rows.jsonl:5", "Fifth", "rows.jsonl"),
        ("in/sub/b.txt", "Another line\n", "sub"),
    ]
    assert documents[1].info.title == "T"


def test_what_cannot_be_read_is_a_problem_and_the_others_go_on(here: Path) -> None:
    problems = [one for one in read_documents(plan([Path("in")], None).jobs) if isinstance(one, Problem)]
    assert [problem.path for problem in problems] == ["in/bad.csv", "in/binary.txt", "in/rows.jsonl:3"]
    assert problems[0].message.endswith("did you mean --text-key body?")


def test_a_file_that_is_gone_is_a_problem(here: Path) -> None:
    jobs = plan([Path("in")], None, include=("a.txt",)).jobs
    Path("in/a.txt").unlink()
    [problem] = read_documents(jobs)
    assert str(problem) == "in/a.txt: No such file or directory; check the path and its permissions"


def test_one_row_can_be_read_by_its_number(here: Path) -> None:
    path = Path("in/rows.jsonl")
    assert read_row(path, "jsonl", 4).text == "Fourth"
    assert read_row(path, "jsonl", 3, ReadOptions(keys=FieldNames(text="body"))).text == "Third"
    with pytest.raises(CleanerError, match=r"in/rows\.jsonl:3: has no field 'text'"):
        read_row(path, "jsonl", 3)
    for number in (2, 9):
        with pytest.raises(CleanerError, match=rf"in/rows\.jsonl:{number}: there is no such row, or it has no text"):
            read_row(path, "jsonl", number)
    with pytest.raises(CleanerError, match=r"none\.jsonl: no such file"):
        read_row(Path("none.jsonl"), "jsonl", 1)
