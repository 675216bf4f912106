"""What is said of a file that could not be cleaned or written."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from cleaner.batch.failures import WHOLE_FILE, failed, is_passing, not_replaced, not_written, reject_line
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.batch.results import Report
from cleaner.errors import CleanerError
from cleaner.io.formats.base import Row
from cleaner.io.problems import Problem

JOB = Job(Path("in/a.txt"), "text", Path("in/a.txt"), "a.txt")
ALL = Options(in_place=True, outputs=Outputs(audit=Path("audit"), rejects=Path("rejects")))
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(("code", "passing"), [(errno.ENOSPC, True), (errno.ENOENT, False), (errno.EACCES, False)])
def test_some_errors_pass(code: int, passing: bool) -> None:
    assert is_passing(OSError(code, "x")) == passing


def test_a_file_that_failed_stands_in_report_and_rejects() -> None:
    result = failed(ALL, JOB, Report("in/a.txt", documents=1), "is binary")
    assert result.report.problems == [Problem("in/a.txt", "is binary")]
    assert result.report.documents == 1
    assert json.loads(result.rejects) == {"path": "a.txt", "row": 0, "id": None, "reason": "is binary"}
    assert (result.audit, result.retry) == (b"", False)


@pytest.mark.parametrize(
    ("error", "place", "message"),
    [
        (FULL, "in/a.txt", "No space left on device; nothing was written for this file"),
        (PermissionError(13, "Permission denied", "other"), "other", "Permission denied; check its permissions"),
        (OSError(5, "Input/output error", ".cleaner-a.txt.tmp"), "in/a.txt", "Input/output error; nothing was"),
    ],
)
def test_an_error_of_the_system_names_a_file_that_the_user_knows(error: OSError, place: str, message: str) -> None:
    result = not_written(ALL, JOB, Report("in/a.txt"), error)
    [problem] = result.report.problems
    assert problem.path == place
    assert problem.message.startswith(message)
    assert result.retry == is_passing(error)


@pytest.mark.parametrize("error", [FULL, CleanerError("was changed by another program")])
def test_what_was_not_written_over_is_void_in_the_audit(error: OSError | CleanerError) -> None:
    result = not_replaced(ALL, JOB, Report("in/a.txt"), error)
    void = json.loads(result.audit)
    assert void == {"in_place": True, "path": "a.txt", "void": result.report.problems[-1].message}
    assert json.loads(result.rejects)["reason"] == void["void"]
    assert not_replaced(Options(in_place=True), JOB, Report("in/a.txt"), error).audit == b""


def test_a_reject_names_the_row_by_its_id() -> None:
    assert json.loads(reject_line(ALL, JOB, Row(7, {"id": float("nan")}, ""), "x"))["id"] == "nan"
    assert reject_line(Options(), JOB, WHOLE_FILE, "x") == b""
