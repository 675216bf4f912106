"""What stands in the report and in the rejects when a file, or a row of it, could not be cleaned or written."""

from __future__ import annotations

import errno
import json
from dataclasses import replace

from cleaner.batch.audit import plain_id, void_line
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options
from cleaner.batch.results import Report, ShardResult
from cleaner.batch.tasks import NOTHING_WRITTEN
from cleaner.errors import CleanerError
from cleaner.io.atomic import TEMPORARY
from cleaner.io.formats.base import Row
from cleaner.io.formats.fields import value_of
from cleaner.io.paths import shown
from cleaner.io.problems import Problem

__all__ = ["WHOLE_FILE", "failed", "is_passing", "not_replaced", "not_written", "reject_line"]

WHOLE_FILE = Row(0, {}, "")
"""Stands for the row of a file that is one document."""

_PASSING = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ETIMEDOUT}


def is_passing(error: OSError) -> bool:
    """Whether an error is about the state of the machine, such as a full disk, and not about the file.

    >>> is_passing(OSError(errno.ENOSPC, "No space left on device")), is_passing(FileNotFoundError())
    (True, False)
    """
    return error.errno in _PASSING


def not_written(options: Options, job: Job, report: Report, error: OSError) -> ShardResult:
    """The result for a file that could not be read or written."""
    temporary = error.filename is None or TEMPORARY in str(error.filename)
    place = report.path if temporary else shown(error.filename)
    advice = "check its permissions" if isinstance(error, PermissionError) else NOTHING_WRITTEN
    result = failed(options, job, report, f"{error.strerror or error}; {advice}", place)
    return replace(result, retry=is_passing(error))


def failed(options: Options, job: Job, report: Report, reason: str, place: str = "") -> ShardResult:
    """The result for a file that failed: the report with one problem more."""
    problems = [*report.problems, Problem(place or report.path, reason)]
    rejects = reject_line(options, job, WHOLE_FILE, reason)
    return ShardResult(replace(report, problems=problems), rejects=rejects)


def not_replaced(options: Options, job: Job, report: Report, error: OSError | CleanerError) -> ShardResult:
    """The result for a file that was not written over after all. Its line for the audit voids the one before."""
    if isinstance(error, OSError):
        result = not_written(options, job, report, error)
    else:
        result = failed(options, job, report, str(error))
    reason = result.report.problems[-1].message
    return replace(result, audit=void_line(job.name, reason, True) if options.outputs.audit else b"")


def reject_line(options: Options, job: Job, row: Row, reason: str) -> bytes:
    """The line for the rejects; b"" when the run writes none."""
    if not options.outputs.rejects:
        return b""
    line = {
        "path": job.name,
        "row": row.number,
        "id": plain_id(value_of(row.fields, options.keys.id)),
        "reason": reason,
    }
    return json.dumps(line, default=str).encode() + b"\n"
