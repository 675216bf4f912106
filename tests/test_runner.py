"""Runs over many files: workers change the time, never the result."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.runner import Options, Report, plan, run_jobs

PROSE = "The council met on Tuesday evening and voted to repair the old stone bridge over the river.\n\n"


def run(source: Path, output: Path, workers: int) -> list[Report]:
    found = plan([source], output)
    return list(run_jobs(Cleaner(), found.jobs, Options(), workers))


@pytest.mark.slow
def test_workers_share_the_rows_of_a_big_file(tmp_path: Path) -> None:
    prose = "".join(f"On day {day} of the month, {PROSE}" for day in range(5))
    texts = [f"{prose}Row {i}.\n\nAdvertisement\n\nFollow us on:\n" for i in range(1500)]
    rows = [json.dumps({"id": i, "text": text}) for i, text in enumerate(texts)]
    rows[700] = "no JSON"
    rows[900] = ""
    source = tmp_path / "in"
    source.mkdir()
    (source / "big.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (source / "small.txt").write_text(PROSE + "Follow us on:\n", encoding="utf-8")
    one = run(source, tmp_path / "one", 1)
    two = run(source, tmp_path / "two", 2)
    assert list(map(asdict, one)) == list(map(asdict, two))
    assert [report.documents for report in two] == [1498, 1]
    assert [problem.path.rpartition(":")[2] for problem in two[0].problems] == ["701"]
    cleaned = (tmp_path / "two" / "big.jsonl").read_bytes()
    assert cleaned == (tmp_path / "one" / "big.jsonl").read_bytes()
    assert b"Advertisement" not in cleaned
    assert cleaned.count(b"\n") == 1500


@pytest.mark.slow
def test_a_missing_file_ends_nothing(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in "abc":
        (source / f"{name}.txt").write_text(PROSE, encoding="utf-8")
    jobs = plan([source], tmp_path / "out").jobs
    (source / "b.txt").unlink()
    reports = list(run_jobs(Cleaner(), jobs, Options(), 2))
    assert [bool(report.problems) for report in reports] == [False, True, False]
