"""What is written when all goes well, when a run is stopped, and when a result cannot be written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.checkpoint import Journal, can_resume
from cleaner.batch.growing import GrowingFile
from cleaner.batch.jobs import Job, plan
from cleaner.batch.options import Options, Outputs
from cleaner.batch.results import Report, ShardResult
from cleaner.batch.runner import run_jobs
from cleaner.batch.tasks import Task, size_of
from cleaner.batch.writer import ResultWriter
from cleaner.errors import CleanerError
from cleaner.io.formats.base import Shard
from cleaner.io.problems import Problem
from tests.articles import article, json_lines

AUDIT = Outputs(audit=Path("audit.jsonl"))


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(b"{}\n")
    return Job(Path("in.jsonl"), "jsonl", Path("out.jsonl"), "out.jsonl")


def shard_of(job: Job) -> Task:
    return Task([(0, job)], 3, Shard(1, [b"{}\n"]))


def end_of(job: Job, error: str = "") -> Task:
    return Task([(0, job)], 0, end=True, error=error)


def result(job: Job, output: bytes, changed: int = 1) -> ShardResult:
    return ShardResult(Report(str(job.source), documents=1, changed=changed), output, audit=output)


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


def test_shards_are_written_one_behind_the_other(job: Job) -> None:
    with ResultWriter(Options(outputs=AUDIT)) as writer:
        assert list(writer.take(shard_of(job), [result(job, b"1\n")])) == []
        assert list(writer.take(shard_of(job), [result(job, b"2\n")])) == []
        [(number, report)] = writer.take(end_of(job), [])
    assert (number, report.documents, report.written) == (0, 2, True)
    assert Path("out.jsonl").read_bytes() == Path("audit.jsonl").read_bytes() == b"1\n2\n"
    assert names() == ["audit.jsonl", "in.jsonl", "out.jsonl"]


def test_a_damaged_file_has_no_result_and_its_audit_is_void(job: Job) -> None:
    with ResultWriter(Options(outputs=AUDIT)) as writer:
        list(writer.take(shard_of(job), [result(job, b"{}\n")]))
        [(_, report)] = writer.take(end_of(job, "is cut off"), [])
    assert report.problems == [Problem("in.jsonl", "is cut off")]
    assert not report.written
    assert json.loads(Path("audit.jsonl").read_bytes().splitlines()[-1]) == {"path": "out.jsonl", "void": "is cut off"}
    assert names() == ["audit.jsonl", "in.jsonl"]


def test_unchanged_rows_are_not_written_in_place(job: Job) -> None:
    job = Job(job.source, "jsonl", job.source, "in.jsonl")
    with ResultWriter(Options(in_place=True)) as writer:
        list(writer.take(shard_of(job), [result(job, b"never\n", changed=0)]))
        [(_, report)] = writer.take(end_of(job), [])
    assert not report.written
    assert Path("in.jsonl").read_bytes() == b"{}\n"
    assert names() == ["in.jsonl"]


def test_rows_that_are_left_out_are_a_change_in_place(job: Job) -> None:
    job = Job(job.source, "jsonl", job.source, "in.jsonl")
    left_out = ShardResult(Report("in.jsonl", documents=2, dropped=1), b"1\n")
    with ResultWriter(Options(in_place=True)) as writer:
        list(writer.take(shard_of(job), [left_out]))
        [(_, report)] = writer.take(end_of(job), [])
    assert report.written
    assert Path("in.jsonl").read_bytes() == b"1\n"


def stopped(options: Options, job: Job, journal: Journal | None = None) -> None:
    with ResultWriter(options, journal) as writer:
        list(writer.take(shard_of(job), [result(job, b"1\n")]))
        raise KeyboardInterrupt


def test_a_run_that_is_stopped_leaves_nothing_without_a_journal(job: Job) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(Options(outputs=AUDIT), job)
    assert names() == ["in.jsonl"]


def test_a_run_that_is_stopped_goes_on_with_a_journal(job: Job) -> None:
    options = Options(outputs=AUDIT)
    journal = Journal(Path("journal"), "x")
    with pytest.raises(KeyboardInterrupt):
        stopped(options, job, journal)
    journal.close(False)
    again = Journal(Path("journal"), "x")
    assert again.shards[0] == 1
    assert can_resume(again, [job], options.outputs)
    with ResultWriter(options, again) as writer:
        list(writer.take(shard_of(job), [result(job, b"2\n")]))
        [(_, report)] = writer.take(end_of(job), [])
    assert report.documents == 2
    assert Path("out.jsonl").read_bytes() == Path("audit.jsonl").read_bytes() == b"1\n2\n"


def test_the_audit_of_a_stopped_run_in_place_is_kept(job: Job) -> None:
    with pytest.raises(KeyboardInterrupt):
        stopped(Options(in_place=True, outputs=AUDIT), job)
    assert Path("audit.jsonl").read_bytes() == b"1\n"


def test_a_result_that_cannot_be_written_is_the_problem_of_its_file(job: Job) -> None:
    Path("way").write_text("in the way")
    blocked = Job(job.source, "jsonl", Path("way/out.jsonl"), "out.jsonl")
    with ResultWriter(Options()) as writer:
        list(writer.take(shard_of(blocked), [result(job, b"1\n")]))
        [(_, report)] = writer.take(end_of(blocked), [])
        list(writer.take(shard_of(job), [result(job, b"1\n")]))
        [(_, other)] = writer.take(end_of(job), [])
    assert report.problems[0].message.endswith("; nothing was written for this file")
    assert (report.written, other.written) == (False, True)


def test_an_output_of_the_run_that_cannot_be_written_ends_the_run(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(GrowingFile, "append", full)
    writer = ResultWriter(Options(outputs=AUDIT))
    with pytest.raises(CleanerError, match=r"audit\.jsonl: No space left on device; make room and run again"):
        list(writer.take(Task([(0, job)], 0), [result(job, b"x")]))


def test_a_result_that_could_not_be_written_is_not_half_there(job: Job) -> None:
    """A file stands where a folder of results must be; the run is stopped, and goes on when that file is gone."""
    Path("in/s").mkdir(parents=True)
    Path("in/b.txt").write_text(article(1), encoding="utf-8")
    Path("in/s/a.jsonl").write_bytes(json_lines(1500))
    Path("out").mkdir()
    Path("out/s").write_text("in the way")
    jobs, options = plan([Path("in")], Path("out")).jobs, Options(outputs=AUDIT)
    total = sum(map(size_of, jobs))
    read = 0

    def stop_at_the_end(size: int) -> None:
        nonlocal read
        if read == total:
            raise KeyboardInterrupt
        read += size

    journal = Journal(Path("journal"), "x")
    with pytest.raises(KeyboardInterrupt):
        list(run_jobs(Cleaner(), jobs, options, advance=stop_at_the_end, journal=journal))
    journal.close(False)
    Path("out/s").unlink()
    again = Journal(Path("journal"), "x")
    assert again.resumed
    reports = list(run_jobs(Cleaner(), jobs, options, journal=again))
    assert [report.documents for report in reports] == [1, 1500]
    assert Path("out/s/a.jsonl").read_bytes().count(b"\n") == 1500
    assert Path("audit.jsonl").read_bytes().count(b"\n") == 1501
