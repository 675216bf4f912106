"""``clean cluster``: clean on Spark or Ray, without writing code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.adapters.cluster import ENGINES, KINDS, clean_on_cluster
from cleaner.cli.console import DONE, print_line
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, LONGEST_DOCUMENT, PATH, FieldOptions, RuleOptions
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["ClusterOptions", "clean_paths", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """All options of the command."""

    output: Annotated[Path, OptionSpec("-o", "--output", type=PATH, help="A new folder for the results.")]
    engine: Annotated[str, OptionSpec("--engine", type=click.Choice(list(ENGINES)), help="What cleans.")]
    kind: Annotated[
        str | None,
        OptionSpec("--format", type=click.Choice(KINDS), help="How files are read; by default their suffix decides."),
    ] = None
    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
    quiet: Annotated[bool, OptionSpec("-q", "--quiet", help="Only errors.")] = False
    fields: FieldOptions
    rules: RuleOptions


@click.command("cluster", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(ClusterOptions)
def command(paths: tuple[Path, ...], options: ClusterOptions) -> int:
    """Clean the rows of Parquet, JSON Lines or CSV files with Spark or Ray, on the cluster that they are set up for.

    PATH is a file or a folder of files of one format. The results are files of the same format in a new folder; only
    the text of a row changes. The engine decides how many files and workers there are.
    """
    return clean_paths(paths, options)


def clean_paths(paths: tuple[Path, ...], options: ClusterOptions) -> int:
    """Clean files and folders as the command does."""
    cleaner, keys = options.rules.cleaner(options.document_seconds), options.fields.keys(one_text=True)
    clean_on_cluster(options.engine, cleaner, paths, options.output, options.kind, keys)
    if not options.quiet:
        print_line(f"written to {options.output}")
    return DONE
