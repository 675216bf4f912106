"""``clean PATH...``: clean files, folders, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import perf_counter

import click

from cleaner.batch.options import Options
from cleaner.batch.preflight import check_outputs, refuse_foreign_outputs, refuse_foreign_sidecars
from cleaner.batch.results import Report
from cleaner.batch.session import RunRequest, Session, Start
from cleaner.batch.way_back import after_stop
from cleaner.cli.clean_options import CleanOptions
from cleaner.cli.command_lists import MainCommand
from cleaner.cli.commands import meant_command
from cleaner.cli.console import (
    CHANGES,
    DONE,
    ERRORS,
    DiffPrinter,
    console,
    paged_diffs,
    print_line,
    print_problems,
    progress,
)
from cleaner.cli.options import takes
from cleaner.cli.parameters import HELP, PATH, is_folder
from cleaner.cli.printed import print_cleaned
from cleaner.cli.renamed import run_renamed
from cleaner.cli.report import write_run_report
from cleaner.cli.stdin import clean_stdin
from cleaner.errors import CleanerError
from cleaner.io.paths import is_remote, printable
from cleaner.io.problems import grouped
from cleaner.report.files import check_page

__all__ = ["command"]

_STDIN = Path("-")
_EPILOG = """
To clean a folder called "rules", write ./rules.

Exit codes: 0 done, 1 --check found changes, 2 errors.
"""


@click.command(cls=MainCommand, epilog=_EPILOG, context_settings=HELP)
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH...")
@takes(CleanOptions)
@click.version_option(package_name="article-cleaner", prog_name="clean")
def command(paths: tuple[Path, ...], options: CleanOptions) -> int:
    """Remove the scraps from article text.

    \b
    clean article.txt                 print the cleaned text of one file
    clean articles/ -o cleaned/       clean all files of a folder
    clean articles/ --diff            show what would change
    clean rows.jsonl -o clean.jsonl --audit audit.jsonl
                                      clean rows, and keep what leads back
    clean why article.txt             tell why each line stays or goes

    PATH is a file, a folder of such files, or - for standard input to standard output: .txt, .md, .html, .htm, .json,
    .jsonl, .ndjson, .csv, .tsv, .parquet, .warc; all but .parquet also with .gz or .zst behind.
    Folders are mirrored into the output; files are written whole or not at all, never over their input unless
    --in-place is given, and never over somebody's own file unless --overwrite is. A run that was killed goes on where
    it stopped when the same command is given again.
    """
    _check_memory(options)
    code = run_renamed(paths, options)
    if code is not None:
        return code
    if not paths:
        raise click.UsageError("Missing argument 'PATH...': a file, a folder, or - for standard input")
    if _STDIN in paths:
        _check_stdin(paths, options)
        return clean_stdin(options)
    _check_files(options)
    _check_word(paths, options)
    if not options.destination.is_given:
        return print_cleaned(paths, options)
    return _clean_files(paths, options)


def _check_memory(options: CleanOptions) -> None:
    run = options.run
    if run.site_lines and run.site_memory is not None:
        raise click.UsageError("give --site-lines, which reads everything twice, or --site-memory, which does not")
    if run.site_memory_fixed and run.site_memory is None:
        raise click.UsageError("--site-memory-fixed says how --site-memory FILE is used; give that too")


def _check_stdin(paths: tuple[Path, ...], options: CleanOptions) -> None:
    destination = options.destination
    if options.run.site_lines:
        raise click.UsageError(
            "--site-lines reads everything twice, which is not possible with standard input; "
            "--site-memory FILE reads it once"
        )
    if len(paths) > 1 or destination.output or destination.in_place:
        raise click.UsageError("- reads standard input and writes standard output; give it alone")
    if options.records.outputs().paths or options.records.stats:
        raise click.UsageError(
            "--audit, --attributes, --rejects, --report, --scores and --stats need files to read, not -"
        )
    if options.harvest.sidecar:
        raise click.UsageError("--sidecar writes beside files, and - writes none; --metadata-key puts it into rows")


def _check_word(paths: tuple[Path, ...], options: CleanOptions) -> None:
    """Refuse a first word that is a mistyped command, unless there are other paths to clean."""
    word = str(paths[0])
    if word == "clean" and len(paths) > 1 and not paths[0].exists():
        raise CleanerError("clean: does not exist; the command itself is typed once: clean PATH...")
    if len(paths) > 1 and options.destination.is_given:
        return
    if (meant := meant_command(word)) and not (paths[0].exists() or paths[0].is_symlink()):
        raise CleanerError(f"{word}: does not exist; check the path, or did you mean the command `clean {meant}`?")


def _check_files(options: CleanOptions) -> None:
    destination = options.destination
    if options.run.unbuffered:
        raise click.UsageError("--unbuffered is for standard input: clean - --unbuffered")
    if destination.output == _STDIN:
        raise click.UsageError("results go to standard output when standard input is read: clean - < FILE")
    if destination.output and destination.in_place:
        raise click.UsageError("give -o or --in-place, not both")
    if options.run.quiet and options.run.verbose:
        raise click.UsageError("give --quiet or --verbose, not both")


def _clean_files(paths: tuple[Path, ...], options: CleanOptions) -> int:
    destination, records = options.destination, options.records
    cleaner = options.rules.cleaner(options.run.document_seconds)
    if records.scores is not None and cleaner.scorer is None:
        raise click.UsageError("--scores writes what the profile thorough finds; add --profile thorough")
    output = destination.output
    batch = options.batch_options(write=bool(output or destination.in_place))
    to_folder = output is not None and is_folder(output)
    if batch.write and to_folder and output is not None and not is_remote(output):
        output.mkdir(parents=True, exist_ok=True)
    planned = options.inputs.plan(paths, output, destination.in_place, to_folder)
    check_outputs(planned, batch, records.stats)
    if not destination.overwrite:
        refuse_foreign_outputs(batch, records.stats)
        refuse_foreign_sidecars(planned, batch)
    if records.report is not None:
        check_page(records.report, destination.overwrite)
    request = RunRequest(
        planned=planned,
        options=batch,
        output=output,
        workers=options.run.workers,
        max_errors=options.run.max_errors,
        overwrite=destination.overwrite,
    )
    quiet = options.run.quiet
    began = perf_counter()
    with _advising(batch), Session(cleaner, request) as session:
        if not quiet:
            _print_start(session)
        _run(session, options)
    print_problems(grouped(session.total.problems), quiet)
    if session.total.unlisted:
        print_line(f"error: and {session.total.unlisted:,} errors more; --rejects FILE writes them all", "red")
    if records.stats is not None:
        session.write_figures(records.stats)
    write_run_report(paths, options, planned)
    if not quiet:
        _print_summary(session.total, len(planned.jobs), batch.write, perf_counter() - began, options.run.verbose)
    if session.total.errors:
        return ERRORS
    return CHANGES if destination.check and session.total.changed else DONE


@contextmanager
def _advising(batch: Options) -> Iterator[None]:
    """When the run is stopped, the interrupt says how to go on, where the same command does not."""
    try:
        yield
    except KeyboardInterrupt as stop:
        if batch.in_place and batch.outputs.audit is not None and (advice := after_stop(batch.outputs.audit)):
            stop.args = (advice,)
        raise


def _run(session: Session, options: CleanOptions) -> None:
    destination, quiet = options.destination, options.run.quiet
    is_naming = destination.check and not destination.diff and not quiet
    with paged_diffs() if destination.diff else nullcontext(DiffPrinter()) as diffs:

        def show(report: Report) -> None:
            diffs.show(report.diff)
            if is_naming and report.changed:
                click.echo(_would_change(report))

        # Diffs and names on the screen of the bar would be torn by it.
        with progress(quiet or destination.diff or (destination.check and sys.stdout.isatty())) as bar:
            task = bar.add_task("cleaning", total=session.size)
            session.run(show, lambda size: bar.advance(task, size))


def _would_change(report: Report) -> str:
    """A file that would change, for a person and for `cut`: of a file of rows also how many of them."""
    rows = f" ({report.changed:,} of {report.documents:,} documents)" if report.documents > 1 else ""
    return f"would change: {printable(report.path)}{rows}"


def _print_start(session: Session) -> None:
    if session.start is Start.RESTARTED:
        print_line("note: rules, options or files changed since the run that was stopped; starting over", "yellow")
    elif session.start is Start.RESUMED:
        print_line(f"note: going on after {session.resumed_files:,} files of a run that was stopped", "yellow")


def _print_summary(total: Report, files: int, written: bool, seconds: float, verbose: bool) -> None:
    from cleaner.cli.views import RunFacts, summary

    screen = console()
    screen.print(summary(total, files, RunFacts(written=written, seconds=seconds, width=screen.width, verbose=verbose)))
