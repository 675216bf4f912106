"""Parts of a run: how files are put together, and what of an earlier attempt counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.parts import Part, PartsFolder, clean_part, parts_of


def jobs_of(folder: Path, *sizes: int) -> list[Job]:
    jobs = []
    for number, size in enumerate(sizes):
        path = folder / f"{number}.txt"
        path.write_bytes(b"a" * (size - 1) + b"\n")
        jobs.append(Job(path, "text", folder / "out" / path.name, path.name))
    return jobs


def test_small_files_share_a_part_and_a_large_one_has_its_own(tmp_path: Path) -> None:
    jobs = jobs_of(tmp_path, 4, 4, 4, 30, 4)
    groups = [[job.name for job in part] for part in parts_of(jobs, 10)]
    assert groups == [["0.txt", "1.txt"], ["2.txt"], ["3.txt"], ["4.txt"]]
    assert list(parts_of([])) == []


@pytest.mark.parametrize("report", [b"", b"{", b"[]", b'{"path": ""}'])
def test_a_report_that_is_damaged_counts_as_none(tmp_path: Path, report: bytes, cleaner: Cleaner) -> None:
    part = Part(tmp_path / "part", tuple(jobs_of(tmp_path, 9)))
    part.folder.mkdir()
    (part.folder / "report.json").write_bytes(report)
    made = clean_part(cleaner, Options(), part)
    assert made.documents == 1
    assert clean_part(cleaner, Options(), part).as_dict() == made.as_dict()  # from the report, this time


def test_an_output_that_cannot_be_written_keeps_the_parts(tmp_path: Path, cleaner: Cleaner) -> None:
    folder = PartsFolder(tmp_path / "out", "name")
    parts = folder.parts(parts_of(jobs_of(tmp_path, 9)))
    outputs = Outputs(audit=tmp_path / "audit.jsonl")
    for part in parts:
        clean_part(cleaner, Options(outputs=outputs), part)
    (tmp_path / "audit.jsonl").mkdir()
    with pytest.raises(CleanerError, match=r"audit.jsonl: .*run the same command again"):
        folder.join(parts, outputs)
    (tmp_path / "audit.jsonl").rmdir()
    folder.join(parts, outputs)
    assert (tmp_path / "audit.jsonl").read_bytes().count(b"\n") == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["0.txt"]
