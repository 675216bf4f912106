"""``clean restore``: the way back from an audit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.batch.restore import restore
from cleaner.cli.console import counted, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, PATH

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOptions:
    """All options of the command."""

    audit: Annotated[Path, OptionSpec("--audit", type=PATH, help="What `clean --audit` wrote.")]
    output: Annotated[Path, OptionSpec("-o", "--output", type=PATH, help="Folder (or file) for the texts.")]
    overwrite: Annotated[bool, OptionSpec("--overwrite", help="Write over existing files that no run wrote.")] = False
    original: Annotated[bool, OptionSpec("--original", help="Undo the repairs too: the text as it was read.")] = False


@click.command("restore", context_settings=HELP)
@click.argument("cleaned", type=PATH)
@takes(RestoreOptions)
def command(cleaned: Path, options: RestoreOptions) -> int:
    """Give back the repaired text of every document of CLEANED, the result of a run with --audit."""
    count, problems = restore(cleaned, options.audit, options.output, options.original, options.overwrite)
    code = print_problems(problems)
    click.echo(f"{counted(count, 'document')} restored", err=True)
    return code
