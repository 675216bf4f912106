"""``clean cluster``: clean on Spark or Ray, without writing code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import click

from cleaner.adapters.cluster import ENGINES, ClusterRun, absolute
from cleaner.batch.options import Outputs
from cleaner.cli.console import DONE, ERRORS, counted, print_line, print_problems
from cleaner.cli.harvest_options import HarvestOptions, run_options
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import (
    ATTRIBUTES,
    AUDIT,
    HELP,
    LOCAL_PATH,
    LONGEST_DOCUMENT,
    PATH,
    REJECTS,
    STATS,
    DocumentOptions,
    InputOptions,
    RuleOptions,
)
from cleaner.io.problems import grouped
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["ClusterOptions", "clean_paths", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterOptions:
    """All options of the command."""

    output: Annotated[Path, OptionSpec("-o", "--output", type=PATH, help="A new folder for the results.")]
    engine: Annotated[str, OptionSpec("--engine", type=click.Choice(list(ENGINES)), help="What cleans.")]
    audit: Annotated[Path | None, AUDIT] = None
    attributes: Annotated[Path | None, ATTRIBUTES] = None
    rejects: Annotated[Path | None, REJECTS] = None
    stats: Annotated[Path | None, STATS] = None
    site_memory: Annotated[
        Path | None,
        OptionSpec(
            "--site-memory",
            type=LOCAL_PATH,
            metavar="FILE",
            help="Remove lines that FILE, which `clean --site-memory` wrote, knows of a site; all workers see FILE.",
        ),
    ] = None
    site_memory_fixed: Annotated[
        bool, OptionSpec("--site-memory-fixed", help="Only read --site-memory; workers cannot learn from one another.")
    ] = False
    overwrite: Annotated[
        bool, OptionSpec("--overwrite", help="Write audit, rejects and figures over files that no run wrote.")
    ] = False
    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
    quiet: Annotated[bool, OptionSpec("-q", "--quiet", help="Only errors.")] = False
    inputs: InputOptions
    documents: DocumentOptions
    harvest: HarvestOptions
    rules: RuleOptions


@click.command("cluster", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(ClusterOptions)
def command(paths: tuple[Path, ...], options: ClusterOptions) -> int:
    """Clean files with Spark or Ray, on the cluster that they are set up for.

    PATH is a file, or a folder of files, that all workers see under the same name. Each file is cleaned by one worker,
    as `clean PATH -o FOLDER` does it, and the results, the audit and the rejects are the same. A run that was stopped
    goes on where it was when the same command is given again.
    """
    return clean_paths(paths, options)


def clean_paths(paths: tuple[Path, ...], options: ClusterOptions) -> int:
    """Clean files and folders as the command does."""
    memory = options.site_memory
    if options.site_memory_fixed and memory is None:
        raise click.UsageError("--site-memory-fixed says how --site-memory FILE is used; give that too")
    if memory is not None and not options.site_memory_fixed:
        raise click.UsageError("workers cannot learn from one another: add --site-memory-fixed to only read the memory")
    cleaner, output = options.rules.cleaner(options.document_seconds), absolute(options.output)
    outputs = Outputs(audit=options.audit, attributes=options.attributes, rejects=options.rejects)
    run = ClusterRun(
        engine=options.engine,
        planned=options.inputs.plan([absolute(path) for path in paths], output, to_folder=True),
        options=replace(
            run_options(options.documents, options.harvest, outputs),
            site_memory=absolute(memory) if memory is not None else None,
            site_memory_fixed=options.site_memory_fixed,
        ),
        output=output,
        stats=options.stats,
        overwrite=options.overwrite,
    )
    total = run.clean(cleaner)
    print_problems(grouped(total.problems), options.quiet)
    if total.unlisted:
        print_line(f"error: and {total.unlisted:,} errors more; --rejects FILE writes them all", "red")
    if not options.quiet:
        written = f"written to {options.output}" if run.planned.jobs else "nothing was written"
        print_line(f"{counted(total.documents, 'document')}, {total.changed:,} of them changed, {written}")
    return ERRORS if total.errors else DONE
