"""Reports add up, and survive the journal."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.results import Report, SourceDocument, diff_lines
from cleaner.io.problems import Problem
from cleaner.model import DocumentInfo
from tests.articles import article

RESULT = Cleaner().clean(article(0))


def test_a_report_counts_documents_edits_and_repairs() -> None:
    report = Report("a.txt")
    report.add(RESULT)
    report.add(RESULT, changed=False)
    assert (report.documents, report.changed) == (2, 1)
    assert report.removed == {"ad-marker": 2, "follow-us": 2}
    assert report.removed_words == 2 * 4
    assert sum(report.repairs.values()) > 0
    assert report.encodings == {}
    report.add(replace(RESULT, encoding="cp1252"))
    assert report.encodings == {"cp1252": 1}


def test_a_merged_report_is_the_sum() -> None:
    one, two, total = Report("a"), Report("b", dropped=1, written=True), Report("")
    one.add(RESULT)
    two.add(RESULT)
    total.merge(one)
    total.merge(two)
    assert (total.documents, total.changed, total.dropped, total.written) == (2, 2, 1, True)
    assert total.removed == {"ad-marker": 2, "follow-us": 2}


def test_of_many_problems_the_first_are_kept_and_all_errors_are_counted() -> None:
    bad = Report("a", problems=[Problem(f"a:{i}", "is bad", fatal=i % 2 == 0) for i in range(80)])
    total = Report("")
    for _ in range(3):
        total.merge(bad)
    assert [sum(problem.fatal is fatal for problem in total.problems) for fatal in (True, False)] == [100, 100]
    assert total.errors == 3 * 40
    assert len(bad.problems) == 80


def test_a_report_comes_back_from_json() -> None:
    report = Report("a", problems=[Problem("a", "is bad")], written=True)
    report.add(RESULT)
    again = Report.from_dict(json.loads(json.dumps(report.as_dict())))
    assert again == report
    again.merge(report)
    assert again.removed["ad-marker"] == 2


def test_the_place_of_a_document_names_its_row() -> None:
    document = SourceDocument(Path("a.jsonl"), 7, DocumentInfo(), "", "")
    assert document.place == "a.jsonl:7"
    assert document._replace(row=0).place == "a.jsonl"


def test_equal_texts_have_no_diff() -> None:
    assert diff_lines("a\n", "a\n", "a.txt") == []
    assert diff_lines("a\n", "b\n", "a.txt")[:2] == ["--- a.txt", "+++ a.txt (cleaned)"]


def patched(before: str, diff: list[str]) -> str:
    """What `patch` makes of a text."""
    lines, made, at = before.splitlines(keepends=True), list[str](), 0
    for place, line in enumerate(diff[2:], 2):
        if line.startswith("@@"):
            old = line.split()[1].removeprefix("-").split(",")
            start = int(old[0]) - (old[1:] != ["0"])
            made += lines[at:start]
            at = start
            continue
        if line.startswith("\\"):
            continue
        ends = diff[place + 1 : place + 2] != ["\\ No newline at end of file"]
        content = line[1:] + "\n" * ends
        if line[0] in " -":
            assert lines[at] == content
            at += 1
        if line[0] in " +":
            made.append(content)
    return "".join(made + lines[at:])


_TEXTS = ["", "\n", "a", "a\n", "a\n\n", "a\nb", "a\nb\n", "b\n", "a\nb\nc\nd\ne\n", "a\nc\nd\nf"]


@pytest.mark.parametrize("before", _TEXTS)
@pytest.mark.parametrize("after", _TEXTS)
def test_a_diff_is_a_patch(before: str, after: str) -> None:
    diff = diff_lines(before, after, "a.txt")
    assert patched(before, diff) == after
    assert not any("\n" in line for line in diff)


def test_only_newlines_end_the_lines_of_a_diff() -> None:
    diff = diff_lines("a\u2028b\r\nc\n", "a\u2028b\r\n", "a.txt")
    assert diff[2:] == ["@@ -1,2 +1 @@", " a\u2028b\r", "-c"]


def test_notes_do_not_crowd_out_errors() -> None:
    total = Report("")
    total.merge(Report("a", problems=[Problem("a", str(number), False) for number in range(300)]))
    total.merge(Report("b", problems=[Problem("b", str(number)) for number in range(101)]))
    assert len(total.problems) == 200
    assert (total.errors, total.unlisted) == (101, 1)
