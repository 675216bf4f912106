"""What a worker does with one file or one shard."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch.harvest import Harvest
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.results import ShardResult
from cleaner.batch.tasks import Task
from cleaner.batch.worker import Work, clean_file, clean_shard, clean_task
from cleaner.io.formats.base import FieldNames, Shard
from cleaner.model import DocumentInfo
from tests.articles import article

CLEANER = Cleaner()
ALL = Outputs(Path("audit"), Path("attributes"), Path("rejects"))
SCRAPS = "Advertisement\n\nFollow us on:\n"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "a.txt").write_text(article(1), encoding="utf-8")
    return Job(tmp_path / "a.txt", "text", tmp_path / "out" / "a.txt", "a.txt")


def clean(job: Job, **options: Any) -> ShardResult:
    return clean_file(Work(CLEANER, Options(**options), {"rules": "x"}), job)


def shard(*rows: object) -> Shard:
    return Shard(1, [json.dumps(row).encode() + b"\n" for row in rows])


def clean_rows(*rows: object, **options: Any) -> ShardResult:
    job = Job(Path("rows.jsonl"), "jsonl", None, "rows.jsonl")
    return clean_shard(Work(CLEANER, Options(**options)), job, shard(*rows))


# Files


def test_a_text_is_written(job: Job) -> None:
    result = clean(job)
    assert job.target is not None
    assert job.target.read_text(encoding="utf-8") == CLEANER.clean(article(1)).text
    assert (result.report.documents, result.report.changed, result.report.written) == (1, 1, True)
    assert (result.output, result.audit, result.attributes, result.rejects, result.retry) == (b"", b"", b"", b"", False)


def test_nothing_is_written_when_nothing_is_wanted(job: Job) -> None:
    result = clean(job, write=False, diff=True)
    assert job.target is not None
    assert not job.target.exists()
    assert "-Follow us on:" in result.report.diff
    assert not result.report.written


def test_lines_for_the_outputs_are_made_when_they_are_wanted(job: Job) -> None:
    result = clean(job, outputs=ALL)
    line = json.loads(result.audit)
    assert (line["path"], line["row"], line["kind"], line["rules"]) == ("a.txt", 0, "text", "x")
    assert json.loads(result.attributes)["id"] == "a.txt"
    assert result.rejects == b""


def test_a_flagged_document_can_be_left_out(job: Job) -> None:
    job.source.write_text(SCRAPS)
    result = clean(job, drop_flagged=True, outputs=ALL)
    assert (result.report.dropped, result.report.written) == (1, False)
    assert json.loads(result.audit)["dropped"] == SCRAPS


def test_an_unchanged_file_is_not_written_in_place(job: Job) -> None:
    job.source.write_text("The council met on Tuesday to vote on the bridge.\n")
    in_place = replace(job, target=job.source)
    unchanged = clean(in_place, in_place=True).replacement
    assert unchanged is not None
    assert not unchanged.carry_out()
    job.source.write_text(article(1), encoding="utf-8")
    replacement = clean(in_place, in_place=True).replacement
    assert replacement is not None
    assert job.source.read_text("utf-8") == article(1)
    assert replacement.carry_out()
    assert job.source.read_text("utf-8") == CLEANER.clean(article(1)).text


def test_a_file_that_is_not_text_is_rejected(job: Job) -> None:
    job.source.write_bytes(bytes(range(256)) * 50)
    result = clean(job, outputs=ALL)
    [problem] = result.report.problems
    assert "binary" in problem.message
    assert json.loads(result.rejects) == {"path": "a.txt", "row": 0, "id": None, "reason": problem.message}
    assert not result.retry


def test_a_missing_file_is_rejected(job: Job) -> None:
    job.source.unlink()
    [problem] = clean(job).report.problems
    assert problem.message == "No such file or directory; nothing was written for this file"


def test_an_empty_file_is_a_note(job: Job) -> None:
    job.source.write_bytes(b"")
    result = clean(job)
    assert [str(problem).endswith("is empty; written as it is") for problem in result.report.problems] == [True]
    assert result.report.errors == 0
    assert result.report.written


def test_a_full_disk_is_tried_again(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)
    result = clean(job, outputs=ALL)
    assert result.retry
    assert result.audit == b""
    assert json.loads(result.rejects)["reason"] == "No space left on device; nothing was written for this file"
    assert (result.report.documents, result.report.written) == (1, False)


def test_a_bug_costs_one_document(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Cleaner, "clean_document", fail)
    [problem] = clean(job).report.problems
    assert problem.message.startswith("failed: RuntimeError: a bug; please report it with the file")


# Rows


def test_rows_keep_their_ending_and_their_other_fields() -> None:
    result = clean_rows({"n": 1, "text": article(0)}, {"text": article(1)})
    lines = [json.loads(line) for line in result.output.splitlines()]
    assert lines == [
        {"n": 1, "text": CLEANER.clean(article(0)).text.removesuffix("\n")},
        {"text": CLEANER.clean(article(1)).text},
    ]
    assert result.report.documents == 2


def test_bad_rows_pass_through_and_stand_in_the_report() -> None:
    result = clean_rows({"text": 3, "id": 7}, {"text": article(1)}, outputs=ALL)
    assert result.output.splitlines()[0] == b'{"text": 3, "id": 7}'
    [problem] = result.report.problems
    assert problem.path == "rows.jsonl:1"
    assert problem.message.endswith("; the row was passed through as it is")
    assert json.loads(result.rejects) == {"path": "rows.jsonl", "row": 1, "id": 7, "reason": problem.message}
    assert len(result.audit.splitlines()) == 1


def test_rows_can_keep_what_was_removed_or_go() -> None:
    result = clean_rows({"text": article(0)}, {"text": SCRAPS}, keep_removed="gone", drop_flagged=True, outputs=ALL)
    [row] = map(json.loads, result.output.splitlines())
    assert row["gone"] == "Advertisement\n\nFollow us on:"
    assert result.report.dropped == 1
    assert [("dropped" in json.loads(line)) for line in result.audit.splitlines()] == [False, True]


def test_what_an_earlier_run_put_into_a_field_stays() -> None:
    rows = [{"text": "The council met.", "gone": "Advertisement"}, {"text": article(0), "gone": "Share"}]
    first, second = map(json.loads, clean_rows(*rows, keep_removed="gone").output.splitlines())
    assert first["gone"] == "Advertisement"
    assert second["gone"] == "Share\n\nAdvertisement\n\nFollow us on:"


def test_a_field_that_no_run_wrote_is_not_written_over() -> None:
    rows = [{"text": article(0), "flags": ["mine"]}, {"text": article(0), "flags": []}, {"text": "", "flags": 7}]
    result = clean_rows(*rows, harvest=Harvest(flags_key="flags"), outputs=ALL)
    found = [json.loads(line) for line in result.output.splitlines()]
    assert found[0] == rows[0]
    assert "Follow us" not in found[1]["text"]
    assert found[2] == rows[2]
    [problem] = result.report.problems
    assert (problem.path, problem.fatal) == ("rows.jsonl:1", True)
    assert problem.message.startswith("has a field 'flags' that no run wrote; name a new one")


def test_a_diff_names_the_row_by_its_number() -> None:
    result = clean_rows({"text": article(0), "id": "x7"}, {"text": article(0)}, diff=True, write=False)
    assert [line for line in result.report.diff if line.startswith("---")] == ["--- rows.jsonl:1", "--- rows.jsonl:2"]
    assert not any(line.startswith("\\") for line in result.report.diff)
    assert result.output == b""


def test_a_bug_costs_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    known = Cleaner.clean_document

    def fail(self: Cleaner, text: str, document: DocumentInfo, encoding: str = "") -> Any:
        if text == "bad":
            raise RuntimeError("a bug")
        return known(self, text, document, encoding)

    monkeypatch.setattr(Cleaner, "clean_document", fail)
    result = clean_rows({"text": "bad"}, {"text": article(1)})
    assert [problem.message for problem in result.report.problems] == [
        "failed: RuntimeError: a bug; the row was passed through as it is"
    ]
    assert result.report.documents == 1


# Tasks and sites


def test_a_task_is_small_files_or_a_shard_or_an_end(job: Job) -> None:
    work = Work(CLEANER, Options(keys=FieldNames()))
    rows = Job(Path("rows.jsonl"), "jsonl", None, "rows.jsonl")
    assert [result.report.documents for result in clean_task(work, Task([(0, job), (1, job)], 0))] == [1, 1]
    assert [result.report.documents for result in clean_task(work, Task([(0, rows)], 0, shard({"text": "a"})))] == [1]
    assert clean_task(work, Task([(0, rows)], 0, end=True)) == []


def test_a_document_gets_the_lines_that_recur_on_its_site(job: Job) -> None:
    work = Work(CLEANER, Options(), repeated={"a.example": frozenset({1}), ".": frozenset({2})})
    assert work.with_site_lines(DocumentInfo(url="https://a.example/x"), job).repeated == {1}
    assert work.with_site_lines(DocumentInfo(), job).repeated == {2}
    assert work.with_site_lines(DocumentInfo(site="B"), job) == DocumentInfo(site="B")
