"""The options that several commands with a page share, and where a run keeps what its page is made from."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.options import OptionSpec
from cleaner.cli.parameters import PATH

__all__ = ["CLEANED", "REPORT", "SAMPLE", "audit_for"]

REPORT = OptionSpec(
    "--report", type=PATH, metavar="FILE.html", help="Write a page that shows what was done; it needs no network."
)
"""The option that asks for a page beside what a command does."""

SAMPLE = OptionSpec(
    "--report-sample",
    type=click.IntRange(0),
    show_default=True,
    metavar="N",
    help="How many documents the page holds: a sample in which every rule is seen; the sums are over all.",
)
"""The option that limits the documents of a page."""

CLEANED = OptionSpec("--cleaned", type=PATH, help="What the run wrote with -o, so that the page shows whole texts.")
"""The option that names the results of a run."""


def audit_for(report: Path) -> Path:
    """The audit that a run writes for its page, and removes when the page is written. A run that was stopped finds it
    when it goes on.

    >>> audit_for(Path("pages/report.html")).as_posix()
    'pages/report.html.audit.jsonl.gz'
    """
    return report.with_name(f"{report.name}.audit.jsonl.gz")
