"""The command ``clean``: a thin face over the runner."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cleaner.errors import CleanerError
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.model import PROFILES

if TYPE_CHECKING:
    from rich.console import Console

    from cleaner.pipeline import Cleaner

__all__ = ["main", "run"]

DONE, CHANGES, ERRORS = 0, 1, 2

_EPILOG = """
Other commands: `clean rules list`, `clean rules show ID`, `clean why FILE`. To clean a folder called "rules" or
"why", write ./rules.

Exit codes: 0 done, 1 --check found changes, 2 errors.
"""


def _rule_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(
        (
            click.option(
                "--profile",
                type=click.Choice([*PROFILES, "all"]),
                default="default",
                show_default=True,
                help="What counts as a scrap: default (what hand-made article bodies leave out), facts (widgets "
                "and calls only), strict (that and more), all.",
            ),
            click.option("--keep", multiple=True, metavar="NAME", help="Keep this class or rule (repeatable)."),
            click.option("--drop", multiple=True, metavar="NAME", help="Also remove this class or rule (repeatable)."),
            click.option(
                "--rules",
                "rule_paths",
                multiple=True,
                type=click.Path(path_type=Path),
                help="Add the rules of a file or folder (repeatable).",
            ),
            click.option("--language", "languages", multiple=True, help="Only wordings of this language (repeatable)."),
            click.option("--preview", is_flag=True, help="Also run rules that are not yet measured."),
        )
    ):
        command = option(command)
    return command


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATH...")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder (or file) for the results.")
@click.option("--in-place", is_flag=True, help="Write the results over the input files.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when something would change.")
@click.option("--diff", is_flag=True, help="Show what changes; writes nothing without -o or --in-place.")
@click.option(
    "--include",
    multiple=True,
    metavar="GLOB",
    help="Of folders only files like this: *.txt, **/*.txt (repeatable).",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="GLOB",
    help="No files or folders like this: drafts, **/*.bak (repeatable).",
)
@click.option("--text-key", default="text", show_default=True, help="The field of JSON Lines that holds the text.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes; by default one a core.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.version_option(package_name="article-cleaner", prog_name="clean")
@_rule_options
def clean(
    paths: tuple[Path, ...],
    output: Path | None,
    in_place: bool,
    check: bool,
    diff: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    text_key: str,
    jobs: int | None,
    quiet: bool,
    **rule_options: Any,
) -> int:
    """Remove the scraps from article text.

    PATH is a file (.txt, .md, .html, .htm, .jsonl, .ndjson), a folder of such files, or - for standard input to
    standard output. Folders are mirrored into the output; files are written whole or not at all, and never over
    their input unless --in-place is given.
    """
    cleaner = _cleaner(**rule_options)
    if Path("-") in paths:
        if len(paths) > 1 or output or in_place:
            raise click.UsageError("- reads standard input and writes standard output; give it alone")
        return _clean_stdin(cleaner, text_key, check, diff, quiet)
    if output and in_place:
        raise click.UsageError("give -o or --in-place, not both")
    if not (output or in_place or check or diff):
        raise click.UsageError("where should the results go? Give -o FOLDER, --in-place, --check or --diff")
    return _clean_paths(
        cleaner,
        paths,
        output,
        in_place,
        check,
        diff,
        include,
        exclude,
        text_key,
        jobs or os.cpu_count() or 1,
        quiet,
    )


def _cleaner(
    profile: str,
    keep: tuple[str, ...],
    drop: tuple[str, ...],
    rule_paths: tuple[Path, ...],
    languages: tuple[str, ...],
    preview: bool,
) -> Cleaner:
    from cleaner.pipeline import Cleaner

    rules = _all_rules(rule_paths)
    return Cleaner(rules.select(profile, keep=keep, drop=drop, languages=languages, preview=preview), profile="all")


def _all_rules(rule_paths: tuple[Path, ...]) -> RuleSet:
    from cleaner.rules.parse import load_rules

    rules = builtin_rules()
    for path in rule_paths:
        rules = rules | load_rules(path)
    return rules


def _console(stderr: bool = True) -> Console:
    from rich.console import Console

    # In a pipe or file there is no screen to fit into.
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, emoji=False, width=None if stream.isatty() else 160)


def _clean_paths(
    cleaner: Cleaner,
    paths: Sequence[Path],
    output: Path | None,
    in_place: bool,
    check: bool,
    diff: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    text_key: str,
    workers: int,
    quiet: bool,
) -> int:
    from rich.progress import Progress

    from cleaner.report import summary
    from cleaner.runner import Options, Report, plan, run_jobs

    planned = plan(paths, output, in_place=in_place, include=include, exclude=exclude)
    write = bool(output or in_place) and not check
    options = Options(write=write, in_place=in_place, diff=diff, text_key=text_key)
    messages = _console()
    total = Report("")
    total.problems += planned.problems
    shown = True
    if not planned.jobs and not planned.problems:
        raise CleanerError(f"no files to clean in {', '.join(map(str, paths))}; see --include for other suffixes")
    with Progress(console=messages, transient=True, disable=quiet or not messages.is_terminal) as progress:
        task = progress.add_task("cleaning", total=len(planned.jobs))
        for report in run_jobs(cleaner, planned.jobs, options, workers, lambda: progress.advance(task)):
            total.merge(report)
            shown = shown and _show_diff(report.diff)
    errors = [problem for problem in total.problems if problem.fatal]
    for problem in total.problems:
        if problem.fatal or not quiet:
            messages.print(
                f"{'error' if problem.fatal else 'note'}: {problem}",
                style="red" if problem.fatal else "yellow",
                markup=False,
            )
    if not quiet:
        messages.print(summary(total, len(planned.jobs), len(errors), write))
    if errors:
        return ERRORS
    return CHANGES if check and total.changed else DONE


def _show_diff(lines: Sequence[str]) -> bool:
    """Show a diff: in colour on a terminal, as it is elsewhere. False when nobody reads on."""
    if not lines:
        return True
    try:
        if sys.stdout.isatty():
            from cleaner.report import diff_text

            _console(stderr=False).print(diff_text(lines), end="", soft_wrap=True)
        else:
            text = "".join(line + "\n" for line in lines)
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        return False
    return True


def _clean_stdin(cleaner: Cleaner, text_key: str, check: bool, diff: bool, quiet: bool) -> int:
    """Text or JSON Lines from standard input; the first byte tells which."""
    from cleaner.formats.jsonl import read_rows
    from cleaner.runner import Options, Report, clean_stream

    source, target = sys.stdin.buffer, sys.stdout.buffer
    first = source.peek(1)[:1] if hasattr(source, "peek") else b""
    if first == b"{":
        options = Options(diff=diff, text_key=text_key)
        lines, report = clean_stream(cleaner, read_rows(source, text_key), options, "-")
        for line in lines:
            if not (check or diff):
                target.write(line)
    else:
        report = Report("-")
        result = cleaner.clean(source.read())
        report.add(result)
        if diff:
            from cleaner.runner import diff_lines

            report.diff += diff_lines(result.original(), result.text, "-")
        elif not check:
            target.write(result.text.encode("utf-8", "surrogatepass"))
    _show_diff(report.diff)
    target.flush()
    for problem in report.problems:
        _console().print(f"error: {problem}", style="red", markup=False)
    if report.problems:
        return ERRORS
    return CHANGES if check and report.changed else DONE


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def rules() -> None:
    """Look at the rules."""


@rules.command("list")
@click.option("--class", "scrap_class", help="Only rules of this class.")
@_rule_options
def rules_list(scrap_class: str | None, rule_paths: tuple[Path, ...], **selection: Any) -> int:
    """List the rules of a profile."""
    from cleaner.report import rule_table

    chosen = _all_rules(rule_paths).select(**selection)
    found = [rule for rule in chosen if scrap_class in (None, rule.scrap_class)]
    if not found:
        known = ", ".join(sorted({rule.scrap_class for rule in chosen}))
        raise CleanerError(f"no rules of class {scrap_class!r}; there are {known}")
    _console(stderr=False).print(rule_table(found))
    return DONE


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@click.option("--rules", "rule_paths", multiple=True, type=click.Path(path_type=Path), help="Also look in these.")
def rules_show(rule_id: str, rule_paths: tuple[Path, ...]) -> int:
    """Show a rule: wordings by language, examples, where it comes from."""
    from cleaner.report import rule_page

    _console(stderr=False).print(rule_page(_all_rules(rule_paths)[rule_id]), end="")
    return DONE


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--title", default="", help="The title, when it is known.")
@click.option("--url", default="", help="The address of the page.")
@_rule_options
def why(file: Path, title: str, url: str, **rule_options: Any) -> int:
    """Show every line of FILE with the rule that removed it or spared it."""
    from dataclasses import replace

    from cleaner.decoding import decode
    from cleaner.formats.files import kind_of, shown
    from cleaner.formats.html import extract
    from cleaner.model import Document
    from cleaner.report import explanation

    cleaner = _cleaner(**rule_options)
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise CleanerError(f"{shown(file)}: {error.strerror}; name a text file or a page") from None
    kind = kind_of(file)
    if kind == "jsonl":
        raise CleanerError(f"{shown(file)}: holds many documents; `why` explains one text file or page")
    try:
        if kind == "html":
            text, known, _ = extract(data, url)
        else:
            text, known = decode(data).text, Document()
    except CleanerError as error:
        raise CleanerError(f"{shown(file)}: {error}") from None
    document = replace(known, title=title or known.title, url=url or known.url)
    result, verdicts = cleaner.explain(text, document)
    console = _console(stderr=False)
    console.print(explanation(result, verdicts))
    for title_of, values in (
        ("metadata", [f"{name}: {value}" for name, value in result.metadata.items()]),
        ("flags", result.flags),
    ):
        if values:
            console.print(f"\n{title_of}\n  " + "\n  ".join(values), markup=False)
    return DONE


_COMMANDS: dict[str, click.Command] = {"rules": rules, "why": why}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command, name = clean, "clean"
    if arguments and arguments[0] in _COMMANDS:
        name = f"clean {arguments[0]}"
        command = _COMMANDS[arguments.pop(0)]
    try:
        code = command.main(arguments, prog_name=name, standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ERRORS
    except click.ClickException as error:
        error.show()
        return ERRORS
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; finished files are written, no file is half-written", err=True)
        return 130
    except CleanerError as error:
        click.echo(f"error: {error}", err=True)
        return ERRORS
    except BrokenExecutor:
        click.echo("error: a worker process died, perhaps for want of memory; try fewer with --jobs", err=True)
        return ERRORS
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it flushes at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        click.echo(f"error: {error.filename or ''}: {error.strerror or error}; check the path", err=True)
        return ERRORS


def run() -> None:
    """Entry point of the installed command."""
    sys.exit(main())
