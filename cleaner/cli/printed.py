"""``clean FILE``: the result of one file on standard output."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import click

from cleaner.batch.preflight import check_added, plan_files
from cleaner.batch.results import Report
from cleaner.batch.session import RunRequest, Session
from cleaner.cli.clean_options import CleanOptions
from cleaner.cli.console import DONE, print_line, print_problems
from cleaner.io.formats.registry import format_named
from cleaner.io.paths import shown

__all__ = ["print_cleaned"]

_BINARY = ("parquet",)


def print_cleaned(paths: tuple[Path, ...], options: CleanOptions) -> int:
    """Print a text or a page as text, rows in their own format, and an archive of pages as JSON Lines.

    The file is cleaned as with ``-o``, to a temporary file: so either all of it is printed or none.

    Raises:
        click.UsageError: there are several files, or an option needs files to write.
        CleanerError: the rules or the file are wrong.
    """
    _check(paths, options)
    batch = options.batch_options(write=True)
    check_added(batch)
    cleaner = options.rules.cleaner(options.run.document_seconds)
    with tempfile.TemporaryDirectory(prefix="clean-") as folder:
        result = Path(folder) / "printed"
        planned = plan_files(paths, result, kind=options.inputs.kind)
        for job in planned.jobs:
            if format_named(job.kind).result in _BINARY:
                raise click.UsageError(f"{shown(job.source)}: {job.kind} is not printed; give -o FILE, or --check")
        request = RunRequest(planned=planned, options=batch, output=result, workers=options.run.workers)
        with Session(cleaner, request) as session:
            session.run()
        if result.exists():
            with result.open("rb") as cleaned:
                shutil.copyfileobj(cleaned, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    if options.run.verbose:
        print_line(_what_went(session.total))
    return print_problems(session.total.problems, options.run.quiet) or DONE


def _check(paths: tuple[Path, ...], options: CleanOptions) -> None:
    if len(paths) > 1 or paths[0].is_dir():
        raise click.UsageError(
            "where should the results go? One file is printed; for more give -o FOLDER, --in-place, --check or --diff"
        )
    if options.records.outputs().paths or options.records.stats:
        raise click.UsageError(
            "--audit, --attributes, --rejects, --report, --scores and --stats are for results that are written: give -o"
        )
    if options.harvest.sidecar:
        raise click.UsageError("--sidecar writes beside the result, and none is written: give -o FILE or -o FOLDER")


def _what_went(total: Report) -> str:
    removed = ", ".join(f"{name} {count:,}" for name, count in total.removed.most_common()) or "nothing"
    return f"{total.removed_words:,} words removed: {removed}"
