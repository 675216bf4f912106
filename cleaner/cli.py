"""The command ``clean``: a thin face over the runner."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import click

from cleaner.errors import CleanerError
from cleaner.formats.files import KINDS, atomic_write
from cleaner.formats.html import EXTRACTORS
from cleaner.formats.paths import as_path, is_remote
from cleaner.formats.registry import ROW_KINDS, row_format
from cleaner.formats.rows import Keys
from cleaner.journal import GrowingFile, Journal
from cleaner.planning import Job, Plan, plan
from cleaner.restore import restore
from cleaner.rules import RuleSet, builtin_rules
from cleaner.rules.model import PROFILES
from cleaner.runner import Outputs, can_go_on, fingerprint, journal_path, run_jobs, size_of, stamp_of
from cleaner.work import Options, Report, Work, clean_shard, diff_lines

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from cleaner.pipeline import Cleaner

__all__ = ["main", "run"]

DONE, CHANGES, ERRORS = 0, 1, 2

_EPILOG = """
Other commands: `clean restore CLEANED --audit FILE`, `clean rules list`, `clean rules show ID`, `clean why FILE`. To
clean a folder called "rules", "restore" or "why", write ./rules.

Exit codes: 0 done, 1 --check found changes, 2 errors.
"""


class _PathParameter(click.ParamType):  # type: ignore[type-arg]  # generic only in newer versions of click
    """A path of this machine, or one with a scheme."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        if not isinstance(value, str):
            return cast(Path, value)
        path = as_path(value)
        if ctx is not None and value.endswith(("/", os.sep)):
            ctx.meta.setdefault(_FOLDERS, set()).add(path)  # a path does not keep its last slash
        return path


PATH = _PathParameter()
_FOLDERS = "cleaner.folders"


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
                type=PATH,
                help="Add the rules of a file or folder (repeatable).",
            ),
            click.option("--language", "languages", multiple=True, help="Only wordings of this language (repeatable)."),
            click.option("--preview", is_flag=True, help="Also run rules that are not yet measured."),
        )
    ):
        command = option(command)
    return command


_RULE_OPTIONS = ("profile", "keep", "drop", "rule_paths", "languages", "preview")
_FIELDS = ("text", "id", "title", "url", "author", "date", "site")


def _field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name in reversed(_FIELDS):
        text = "The field of a row that holds the text." if name == "text" else f"The same for the {name}."
        command = click.option(f"--{name}-key", default=name, show_default=True, metavar="FIELD", help=text)(command)
    return command


def _keys(given: Mapping[str, Any]) -> Keys:
    return Keys(**{name: given[f"{name}_key"] for name in _FIELDS})


@click.command(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("-o", "--output", type=PATH, help="Folder (or file) for the results.")
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
@click.option("--format", "kind", type=click.Choice(KINDS), help="How files are read; by default their suffix tells.")
@_field_options
@click.option(
    "--extractor",
    type=click.Choice(list(EXTRACTORS)),
    default="trafilatura",
    show_default=True,
    help="What takes the article out of a page.",
)
@click.option(
    "--page-seconds",
    type=click.FloatRange(1),
    default=30,
    show_default=True,
    help="How long taking the article out of one page may take.",
)
@click.option(
    "--site-lines",
    is_flag=True,
    help="Read all twice: lines that recur in many documents of a site (by url, else site or folder) go too.",
)
@click.option(
    "--audit",
    type=PATH,
    metavar="FILE.jsonl[.gz|.zst]",
    help="Write what was done to each document; `clean restore` leads back.",
)
@click.option(
    "--attributes",
    type=PATH,
    metavar="FILE.jsonl[.gz|.zst]",
    help="Write the spans removed from each document as Dolma attributes.",
)
@click.option("--keep-removed", default="", metavar="FIELD", help="Put what was removed from a row into this field.")
@click.option("--drop-flagged", is_flag=True, help="Leave out documents with a flag (guard, paywall, consent ...).")
@click.option("--stats", type=PATH, metavar="FILE.json", help="Write the figures of the run.")
@click.option("--rejects", type=PATH, metavar="FILE.jsonl", help="Write what failed, and why.")
@click.option("--max-errors", type=click.IntRange(0), help="Stop after more errors than this.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes; by default one a core.")
@click.option("-q", "--quiet", is_flag=True, help="Only errors.")
@click.version_option(package_name="article-cleaner", prog_name="clean")
@_rule_options
def clean(paths: tuple[Path, ...], output: Path | None, in_place: bool, check: bool, diff: bool, **given: Any) -> int:
    """Remove the scraps from article text.

    PATH is a file, a folder of such files, or - for standard input to standard output: .txt, .md, .html, .htm, .jsonl,
    .ndjson, .csv, .tsv, .parquet, .warc, and .gz or .zst behind them. Folders are mirrored into the output; files are
    written whole or not at all, and never over their input unless --in-place is given. A run that was killed goes on
    where it stopped when the same command is given again.
    """
    cleaner = _cleaner(**{name: given[name] for name in _RULE_OPTIONS})
    outputs = Outputs(given["audit"], given["attributes"], given["rejects"])
    options = Options(
        write=bool(output or in_place or Path("-") in paths) and not check,
        in_place=in_place,
        diff=diff,
        keys=_keys(given),
        audit=outputs.audit is not None,
        attributes=outputs.attributes is not None,
        rejects=outputs.rejects is not None,
        keep_removed=given["keep_removed"],
        drop_flagged=given["drop_flagged"],
        extractor=given["extractor"],
        page_seconds=given["page_seconds"],
        site_lines=given["site_lines"],
    )
    if Path("-") in paths and options.site_lines:
        raise click.UsageError("--site-lines reads everything twice, which standard input cannot be")
    if Path("-") in paths:
        if len(paths) > 1 or output or in_place:
            raise click.UsageError("- reads standard input and writes standard output; give it alone")
        if outputs.paths or given["stats"]:
            raise click.UsageError("--audit, --attributes, --rejects and --stats need files to read, not -")
        return _clean_stdin(cleaner, options, given["kind"], check, given["quiet"])
    if output == Path("-"):
        raise click.UsageError("results go to standard output when standard input is read: clean - < FILE")
    if output and in_place:
        raise click.UsageError("give -o or --in-place, not both")
    if not (output or in_place or check or diff):
        raise click.UsageError("where should the results go? Give -o FOLDER, --in-place, --check or --diff")
    folders = click.get_current_context().meta.get(_FOLDERS, ())
    if options.write and output is not None and output in folders and not is_remote(output):
        output.mkdir(parents=True, exist_ok=True)
    try:
        planned = plan(
            paths, output, in_place=in_place, include=given["include"], exclude=given["exclude"], kind=given["kind"]
        )
    except (CleanerError, OSError):
        raise
    except Exception as error:  # every library of remote paths raises errors of its own
        where = ", ".join(str(path) for path in (*paths, output) if path is not None and is_remote(path))
        if not where:
            raise
        raise CleanerError(f"{where}: {type(error).__name__}: {error}; check address and credentials") from None
    if not planned.jobs and not planned.problems:
        raise CleanerError(f"no files to clean in {', '.join(map(str, paths))}; see --include for other suffixes")
    _refuse_overlaps(planned, options, outputs, given["stats"])
    run = _Run(cleaner, planned, options, outputs, output, given)
    return run.run(check)


def _refuse_overlaps(planned: Plan, options: Options, outputs: Outputs, stats: Path | None) -> None:
    """Nothing is written over an input, or over something else that is written."""
    if options.keep_removed in asdict(options.keys).values():
        raise click.UsageError(f"--keep-removed {options.keep_removed}: that field is read; name a new one")
    taken = {path.resolve() for job in planned.jobs for path in (job.source, job.target) if path is not None}
    for path in (*outputs.paths.values(), stats):
        if path is None:
            continue
        if path.resolve() in taken:
            raise click.UsageError(f"{path}: is an input or a result of this run already; give another name")
        taken.add(path.resolve())
    audit = outputs.audit
    if options.in_place and options.write and audit and (audit.exists() or GrowingFile.partial_of(audit).exists()):
        raise click.UsageError(
            f"{audit}: is there, or begun, and may be the only way back to what a run with --in-place wrote over; "
            "keep it and give another name"
        )


class _Run:
    """One call of the command on files: its progress, its messages, its exit code."""

    def __init__(
        self,
        cleaner: Cleaner,
        planned: Plan,
        options: Options,
        outputs: Outputs,
        output: Path | None,
        given: Mapping[str, Any],
    ) -> None:
        self.cleaner, self.planned, self.options, self.outputs = cleaner, planned, options, outputs
        self.output, self.quiet, self.most = output, bool(given["quiet"]), given["max_errors"]
        self.workers = given["jobs"] or os.cpu_count() or 1
        self.stats: Path | None = given["stats"]
        self.messages = _console()
        self.total = Report("")
        self.total.problems += planned.problems

    def run(self, check: bool) -> int:
        journal = self._journal()
        done = False
        try:
            self._clean(journal)
            done = True
        finally:
            if journal is not None:
                journal.close(done)
        for problem in self.total.problems:
            if problem.fatal or not self.quiet:
                self._say(f"{'error' if problem.fatal else 'note'}: {problem}", "red" if problem.fatal else "yellow")
        if self.total.unlisted:
            self._say(f"error: and {self.total.unlisted:,} errors more; --rejects FILE writes them all", "red")
        errors = self.total.errors
        files = len(self.planned.jobs)
        if self.stats is not None:
            with atomic_write(self.stats, 0o644) as stream:
                figures = {"files": files, "errors": errors, **self.total.as_dict()}
                del figures["path"]
                stream.write(json.dumps({**figures, **stamp_of(self.cleaner)}, indent=2).encode() + b"\n")
        if not self.quiet:
            from cleaner.report import summary

            self.messages.print(summary(self.total, files, errors, self.options.write))
        if errors:
            return ERRORS
        return CHANGES if check and self.total.changed else DONE

    def _journal(self) -> Journal | None:
        """A run that writes new files can go on later; one over its input cannot tell what it has done."""
        if self.output is None or not self.options.write:
            return None
        if len(self.planned.jobs) > 1 and not is_remote(self.output) and not self.output.exists():
            self.output.mkdir(parents=True)
        name = fingerprint(self.cleaner, self.planned.jobs, self.options, self.outputs)
        journal = Journal(journal_path(self.output, self.planned.jobs), name)
        if journal.resumed and not can_go_on(journal, self.planned.jobs, self.outputs):
            journal.forget()
        if journal.restarted and not self.quiet:
            self._say("note: rules, options or files changed since the run that was stopped; starting over", "yellow")
        elif journal.resumed and not self.quiet:
            self._say(f"note: going on after {len(journal.finished):,} files of a run that was stopped", "yellow")
        return journal

    def _say(self, text: str, style: str) -> None:
        self.messages.print(text, style=style, markup=False)

    def _clean(self, journal: Journal | None) -> None:
        shown = True
        with _progress(self.messages, self.quiet) as progress:
            task = progress.add_task("cleaning", total=sum(map(size_of, self.planned.jobs)))
            reports = run_jobs(
                self.cleaner,
                self.planned.jobs,
                self.options,
                self.workers,
                lambda size: progress.advance(task, size),
                self.outputs,
                journal,
            )
            with closing(reports):
                for report in reports:
                    self.total.merge(report)
                    shown = shown and _show_diff(report.diff)
                    if self.most is not None and self.total.errors > self.most:
                        last = [problem for problem in self.total.problems if problem.fatal][-1]
                        raise CleanerError(
                            f"stopped after {self.total.errors:,} errors, as {last}; mend the input or raise "
                            "--max-errors, and run the same command again"
                        )


def _progress(console: Console, quiet: bool) -> Progress:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    disable = quiet or not console.is_terminal
    return Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=disable)


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


def _clean_stdin(cleaner: Cleaner, options: Options, kind: str | None, check: bool, quiet: bool) -> int:
    """Text or rows from standard input; unless it is told, the first byte tells which."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    first = source.peek(1)[:1] if hasattr(source, "peek") else b""
    kind = kind or ("jsonl" if first == b"{" else "text")
    report, work = Report("-"), Work(cleaner, options)
    if kind in ROW_KINDS:
        _clean_stdin_rows(work, Job(Path("-"), kind, None, "-"), source, report)
    else:
        text, known, encoding = work.read(source.read(), kind)
        result = cleaner.clean_document(text, known, encoding)
        report.add(result)
        if options.diff:
            report.diff += diff_lines(result.original(), result.text, "-")
        elif not check and not (options.drop_flagged and result.flags):
            target.write(result.text.encode("utf-8", "surrogatepass"))
    _show_diff(report.diff)
    target.flush()
    errors = [problem for problem in report.problems if problem.fatal]
    for problem in errors:
        _console().print(f"error: {problem}", style="red", markup=False)
    if errors:
        return ERRORS
    return CHANGES if check and report.changed else DONE


def _clean_stdin_rows(work: Work, job: Job, source: IO[bytes], report: Report) -> None:
    options = work.options
    if job.kind in ("parquet", "warc"):
        raise click.UsageError(f"{job.kind} cannot be read from a pipe; give the file")
    chosen = row_format(job.kind, options.keep_removed)
    for shard in chosen.shards(source, options.keys, _STDIN_SHARD):
        done = clean_shard(work, job, shard)
        report.merge(done.report)
        report.diff += done.report.diff
        if not options.diff:
            sys.stdout.buffer.write(done.output)


_STDIN_SHARD = 16_000  # small, so that rows come out soon after they went in


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
@click.option("--rules", "rule_paths", multiple=True, type=PATH, help="Also look in these.")
def rules_show(rule_id: str, rule_paths: tuple[Path, ...]) -> int:
    """Show a rule: wordings by language, examples, where it comes from."""
    from cleaner.report import rule_page

    _console(stderr=False).print(rule_page(_all_rules(rule_paths)[rule_id]), end="")
    return DONE


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=PATH)
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
    if kind in ROW_KINDS:
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


@click.command("restore", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("cleaned", type=PATH)
@click.option("--audit", required=True, type=PATH, help="What `clean --audit` wrote.")
@click.option("-o", "--output", required=True, type=PATH, help="Folder (or file) for the texts.")
@click.option("--original", is_flag=True, help="Undo the repairs too: the text as it was read.")
def restore_command(cleaned: Path, audit: Path, output: Path, original: bool) -> int:
    """Give back the repaired text of every document of CLEANED, the result of a run with --audit."""
    count, problems = restore(cleaned, audit, output, original)
    for problem in problems:
        _console().print(f"error: {problem}", style="red", markup=False)
    click.echo(f"{count:,} documents restored", err=True)
    return ERRORS if problems else DONE


_COMMANDS: dict[str, click.Command] = {"restore": restore_command, "rules": rules, "why": why}


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
        click.echo("stopped; finished files are written, no file is half-written; the same command goes on", err=True)
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
