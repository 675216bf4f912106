"""Verdicts as lines of JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.errors import CleanerError
from cleaner.report.intervals import wilson
from cleaner.review.verdicts import Verdict, VerdictFile, latest, precisions, read_verdict, read_verdicts


def verdict(said: Any = "right", start: int = 0, rule: str = "ad-marker.label", **more: Any) -> Verdict:
    values = {"document": "a.txt", "kind": "removal", "end": start + 2, "text": "Ad", **more}
    return Verdict(verdict=said, start=start, rule=rule, **values)


def test_verdicts_come_back_in_their_order(tmp_path: Path) -> None:
    file = VerdictFile(tmp_path / "verdicts.jsonl")
    given = [verdict(), verdict("wrong", 5), verdict("", 5), verdict("scrap", 9, "", kind="line")]
    for one in given:
        file.append(one)
    assert list(read_verdicts(file.path)) == given
    assert file.verdicts == [given[0], given[3]]
    assert VerdictFile(file.path).verdicts == file.verdicts


def test_a_line_that_a_crash_cut_off_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    VerdictFile(path).append(verdict())
    with path.open("ab") as stream:
        stream.write(b'{"document": "half ' + b"x" * 70_000)
    assert list(read_verdicts(path)) == [verdict()]
    VerdictFile(path).append(verdict("wrong", 5))
    assert list(read_verdicts(path)) == [verdict(), verdict("wrong", 5)]


def test_a_file_that_is_all_cut_off_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    path.write_bytes(b'{"doc')
    VerdictFile(path).append(verdict())
    assert list(read_verdicts(path)) == [verdict()]


def test_a_missing_file_holds_none(tmp_path: Path) -> None:
    assert list(read_verdicts(tmp_path / "none.jsonl")) == []


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    VerdictFile(path).append(verdict())
    with path.open("ab") as stream:
        stream.write(b'\n{"document": "a.txt"}\n')
    with pytest.raises(CleanerError, match=r"verdicts\.jsonl:3: is no verdict: .*; correct or delete the line"):
        list(read_verdicts(path))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "page"}, "Invalid enum value 'page'"),
        ({"start": -1}, "Expected `int` >= 0"),
        ({"start": 3, "end": 2}, "the end 2 lies before the start 3"),
        ({"verdict": "scrap"}, 'a removal is "right" or "wrong" or "", not "scrap"'),
        ({"document": ""}, "length >= 1"),
    ],
)
def test_what_is_no_verdict_is_refused(change: dict[str, object], message: str) -> None:
    values = {"document": "a", "kind": "removal", "start": 0, "end": 2, "text": "", "verdict": "right", **change}
    with pytest.raises(ValueError, match=message):
        read_verdict(json.dumps(values).encode())


def test_the_last_verdict_on_a_subject_counts() -> None:
    assert latest([verdict("wrong"), verdict("right"), verdict("wrong", 5), verdict("", 5)]) == [verdict("right")]


def test_doubtful_rules_come_first() -> None:
    given = [verdict("right", n) for n in range(10)] + [
        verdict("wrong", 1, "byline.by-name"),
        verdict("scrap", 3, "", kind="line"),
    ]
    found = precisions(given)
    assert [(one.rule, one.right, one.count) for one in found] == [
        ("byline.by-name", 0, 1),
        ("ad-marker.label", 10, 10),
    ]
    assert (found[1].low, found[1].high) == wilson(10, 10)
