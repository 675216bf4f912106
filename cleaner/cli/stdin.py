"""``clean -`` and ``clean --serve-stdio``: standard input to standard output."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

import click

from cleaner.cli.console import CHANGES, DONE, ERRORS, console, show_diff
from cleaner.formats.registry import ROW_KINDS, row_format
from cleaner.formats.rows import Keys
from cleaner.pipeline import Cleaner
from cleaner.planning import Job
from cleaner.serving import serve
from cleaner.work import Options, Report, Work, clean_shard, diff_lines

__all__ = ["clean_stdin", "serve_stdin"]


def serve_stdin(cleaner: Cleaner, keys: Keys) -> int:
    """Answer questions until there are no more. That some answers are errors is for those who asked."""
    serve(sys.stdin.buffer, sys.stdout.buffer, cleaner, keys)
    return DONE


def clean_stdin(cleaner: Cleaner, options: Options, kind: str | None, check: bool, unbuffered: bool) -> int:
    """Text or rows from standard input; unless it is told, the first byte tells which."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    first = source.peek(1)[:1] if hasattr(source, "peek") else b""
    kind = kind or ("jsonl" if first == b"{" else "text")
    report, work = Report("-"), Work(cleaner, options)
    if kind in ROW_KINDS:
        _clean_rows(work, Job(Path("-"), kind, None, "-"), source, report, unbuffered)
    else:
        text, known, encoding = work.read(source.read(), kind)
        result = cleaner.clean_document(text, known, encoding)
        report.add(result)
        if options.diff:
            report.diff += diff_lines(result.original(), result.text, "-")
        elif not check and not (options.drop_flagged and result.flags):
            target.write(result.text.encode("utf-8", "surrogatepass"))
    show_diff(report.diff)
    target.flush()
    errors = [problem for problem in report.problems if problem.fatal]
    for problem in errors:
        console().print(f"error: {problem}", style="red", markup=False)
    if errors:
        return ERRORS
    return CHANGES if check and report.changed else DONE


def _clean_rows(work: Work, job: Job, source: IO[bytes], report: Report, unbuffered: bool) -> None:
    options = work.options
    if job.kind in ("parquet", "warc"):
        raise click.UsageError(f"{job.kind} cannot be read from a pipe; give the file")
    chosen = row_format(job.kind, options.keep_removed)
    for shard in chosen.shards(source, options.keys, 1 if unbuffered else _SHARD_BYTES):
        done = clean_shard(work, job, shard)
        report.merge(done.report)
        report.diff += done.report.diff
        if not options.diff:
            sys.stdout.buffer.write(done.output)
            if unbuffered:
                sys.stdout.buffer.flush()


_SHARD_BYTES = 16_000  # small, so that rows come out soon after they went in
