"""``clean restore``: the way back from an audit."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.console import DONE, ERRORS, console
from cleaner.cli.parameters import HELP, PATH
from cleaner.restore import restore

__all__ = ["command"]


@click.command("restore", context_settings=HELP)
@click.argument("cleaned", type=PATH)
@click.option("--audit", required=True, type=PATH, help="What `clean --audit` wrote.")
@click.option("-o", "--output", required=True, type=PATH, help="Folder (or file) for the texts.")
@click.option("--original", is_flag=True, help="Undo the repairs too: the text as it was read.")
def command(cleaned: Path, audit: Path, output: Path, original: bool) -> int:
    """Give back the repaired text of every document of CLEANED, the result of a run with --audit."""
    count, problems = restore(cleaned, audit, output, original)
    for problem in problems:
        console().print(f"error: {problem}", style="red", markup=False)
    click.echo(f"{count:,} documents restored", err=True)
    return ERRORS if problems else DONE
