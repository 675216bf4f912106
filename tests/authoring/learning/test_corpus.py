"""What is seen in the documents of files, whatever the number of processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.authoring.learning.corpus import observe
from cleaner.authoring.learning.observe import Observed, Observer
from cleaner.batch.jobs import plan
from cleaner.io.problems import Problem
from tests.authoring.learning.corpora import TEMPLATES, bodies


def seen(path: Path, workers: int = 1) -> tuple[list[Observed], list[Problem]]:
    problems: list[Problem] = []
    jobs = plan((path,), None, in_place=False, kind=None).jobs
    found = list(observe(jobs, Observer(TEMPLATES), problems, workers))
    return found, problems


@pytest.fixture
def rows(run_in: Path) -> Path:
    """Rows with a url, one without, and one that has no text."""
    path = run_in / "rows.jsonl"
    lines: list[dict[str, object]] = [
        {"url": f"https://www.hill.example/{number}", "text": text} for number, text in enumerate(bodies(60))
    ]
    lines += [{"text": bodies(61)[60]}, {"text": 1}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def test_documents_come_in_order_whatever_the_number_of_processes(rows: Path) -> None:
    found, problems = seen(rows)
    assert len(found) == 61
    assert found[0].place.endswith("rows.jsonl:1")
    assert (found, problems) == seen(rows, workers=2)


def test_what_cannot_be_read_is_a_problem(rows: Path) -> None:
    assert [problem.path.rpartition("/")[2] for problem in seen(rows)[1]] == ["rows.jsonl:62"]


def test_the_site_is_that_of_the_url_or_stands_in_brackets(rows: Path) -> None:
    found, _ = seen(rows)
    assert {one.site for one in found[:60]} == {"hill.example"}
    assert found[60].site.startswith("(")
