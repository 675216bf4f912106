"""``clean -``: standard input to standard output."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click
from click.core import ParameterSource

from cleaner.batch.audit import stamp_of
from cleaner.batch.preflight import check_added
from cleaner.batch.remembering import Remembering
from cleaner.batch.stream import clean_stream
from cleaner.batch.worker import Work
from cleaner.cli.clean_options import CleanOptions
from cleaner.cli.console import CHANGES, DONE, DiffPrinter, print_problems

__all__ = ["clean_stdin"]

_ROWS = ("delimiter", "keep_removed", "metadata_columns", "signals")


def clean_stdin(options: CleanOptions) -> int:
    """Clean text or rows; without --format its beginning tells which of them it is."""
    cleaner = options.rules.cleaner(options.run.document_seconds)
    batch = options.batch_options(write=True)
    check_added(batch)
    work = Work(cleaner, batch, stamp_of(cleaner))
    kind, unbuffered = options.inputs.kind, options.run.unbuffered
    with Remembering(batch) if batch.site_memory is not None else nullcontext() as memory:
        report = clean_stream(work, sys.stdin.buffer, sys.stdout.buffer, kind, unbuffered, _about_rows(), memory)
    DiffPrinter().show(report.diff)
    code = print_problems(report.problems, options.run.quiet)
    return code or (CHANGES if options.destination.check and report.changed else DONE)


def _about_rows() -> list[str]:
    """The options about rows on the command line. Those of a configuration file are for all files of a project."""
    context = click.get_current_context(silent=True)
    if context is None:
        return []
    return [
        f"--{name.replace('_', '-')}"
        for name in context.params
        if (name.endswith("_key") or name in _ROWS) and _is_typed(context, name)
    ]


def _is_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE
