"""Options of ``clean`` that are commands of their own now: they work for one more version, with a note."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.clean_options import CleanOptions
from cleaner.cli.console import print_line
from cleaner.cli.options import changed_options

__all__ = ["run_renamed"]

_ALLOWED_WITH_ENGINE = {"--format", "--quiet", "--unbuffered"}


def run_renamed(paths: tuple[Path, ...], options: CleanOptions) -> int | None:
    """The exit code of the new command when its old form was used, else None.

    Raises:
        click.UsageError: the old form was used together with an option that it does not allow.
    """
    if options.renamed.serve_stdio:
        return _serve(paths, options)
    return _cluster(paths, options, options.renamed.engine) if options.renamed.engine else None


def _serve(paths: tuple[Path, ...], options: CleanOptions) -> int:
    from cleaner.cli.serve import ServeOptions, serve_stdin

    if paths or changed_options(options.destination) or options.renamed.engine:
        raise click.UsageError("--serve-stdio reads standard input only: give no PATH, output or --engine")
    _note("--serve-stdio", "clean serve", options)
    return serve_stdin(ServeOptions(fields=options.documents.fields, rules=options.rules))


def _cluster(paths: tuple[Path, ...], options: CleanOptions, engine: str) -> int:
    from cleaner.cli.cluster import ClusterOptions, clean_paths

    if not paths:
        raise click.UsageError("Missing argument 'PATH...': a file or a folder")
    output = options.destination.output
    changed = changed_options(options.destination, options.records, options.harvest, options.inputs, options.run)
    refused = [name for name in changed if name not in {*_ALLOWED_WITH_ENGINE, "--output"}]
    if refused:
        raise click.UsageError(f"--engine {engine} writes a folder and nothing else: leave out {', '.join(refused)}")
    if output is None:
        raise click.UsageError("where should the results go? Give -o FOLDER")
    _note("--engine", f"clean cluster PATH -o FOLDER --engine {engine}", options)
    chosen = ClusterOptions(
        output=output,
        engine=engine,
        quiet=options.run.quiet,
        inputs=options.inputs,
        documents=options.documents,
        harvest=options.harvest,
        rules=options.rules,
    )
    return clean_paths(paths, chosen)


def _note(old: str, new: str, options: CleanOptions) -> None:
    if not options.run.quiet:
        print_line(f"note: {old} will be removed in the next version; use `{new}`", "yellow")
