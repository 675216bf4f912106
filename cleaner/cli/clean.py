"""``clean PATH...``: clean files, folders, or standard input."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from cleaner.cli.console import CHANGES, DONE, ERRORS, console, progress, show_diff
from cleaner.cli.engines import ENGINES, clean_with_engine
from cleaner.cli.parameters import (
    HELP,
    PATH,
    cleaner_of,
    field_options,
    input_options,
    is_folder,
    keys_of,
    rule_options,
)
from cleaner.cli.stdin import clean_stdin, serve_stdin
from cleaner.errors import CleanerError
from cleaner.formats.files import atomic_write
from cleaner.formats.html import EXTRACTORS
from cleaner.formats.paths import is_remote
from cleaner.journal import GrowingFile, Journal
from cleaner.pipeline import Cleaner
from cleaner.planning import Plan, plan
from cleaner.runner import Outputs, can_go_on, fingerprint, journal_path, run_jobs, size_of, stamp_of
from cleaner.work import Options, Report

__all__ = ["command"]

_EPILOG = """
Other commands, each with a --help of its own: `clean why FILE[:LINE]`, `clean rules ...`, `clean config show`,
`clean learn PATH`, `clean restore CLEANED --audit FILE`. To clean a folder called "rules", write ./rules.

Exit codes: 0 done, 1 --check found changes, 2 errors.
"""


@click.command(epilog=_EPILOG, context_settings=HELP)
@click.argument("paths", nargs=-1, type=PATH, metavar="PATH...")
@click.option("-o", "--output", type=PATH, help="Folder (or file) for the results.")
@click.option("--in-place", is_flag=True, help="Write the results over the input files.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 when something would change.")
@click.option("--diff", is_flag=True, help="Show what changes; writes nothing without -o or --in-place.")
@input_options
@field_options
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
@click.option("--unbuffered", is_flag=True, help="With -: write each row as soon as it was read.")
@click.option(
    "--serve-stdio",
    is_flag=True,
    help="Answer JSON lines from standard input on standard output, one at a time, until it ends: for callers in other "
    "languages.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="Clean with Spark or Ray, on the cluster that they are set up for: Parquet, JSON Lines and CSV into a folder.",
)
@click.version_option(package_name="article-cleaner", prog_name="clean")
@rule_options
def command(paths: tuple[Path, ...], output: Path | None, in_place: bool, check: bool, diff: bool, **given: Any) -> int:
    """Remove the scraps from article text.

    PATH is a file, a folder of such files, or - for standard input to standard output: .txt, .md, .html, .htm, .jsonl,
    .ndjson, .csv, .tsv, .parquet, .warc, and .gz or .zst behind them. Folders are mirrored into the output; files are
    written whole or not at all, and never over their input unless --in-place is given. A run that was killed goes on
    where it stopped when the same command is given again.
    """
    cleaner = cleaner_of(given)
    if given["serve_stdio"]:
        if paths or output or in_place or check or diff or given["engine"]:
            raise click.UsageError("--serve-stdio reads standard input only: give no PATH, output or --engine")
        return serve_stdin(cleaner, keys_of(given))
    if not paths:
        raise click.UsageError("Missing argument 'PATH...': a file, a folder, or - for standard input")
    if given["engine"]:
        return clean_with_engine(cleaner, paths, output, in_place or check or diff, given)
    outputs = Outputs(given["audit"], given["attributes"], given["rejects"])
    options = Options(
        write=bool(output or in_place or Path("-") in paths) and not check,
        in_place=in_place,
        diff=diff,
        keys=keys_of(given),
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
        return clean_stdin(cleaner, options, given["kind"], check, given["unbuffered"])
    if given["unbuffered"]:
        raise click.UsageError("--unbuffered is for standard input: clean - --unbuffered")
    if output == Path("-"):
        raise click.UsageError("results go to standard output when standard input is read: clean - < FILE")
    if output and in_place:
        raise click.UsageError("give -o or --in-place, not both")
    if not (output or in_place or check or diff):
        raise click.UsageError("where should the results go? Give -o FOLDER, --in-place, --check or --diff")
    if options.write and output is not None and is_folder(output) and not is_remote(output):
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
        self.messages = console()
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
        with progress(self.messages, self.quiet) as bar:
            task = bar.add_task("cleaning", total=sum(map(size_of, self.planned.jobs)))
            reports = run_jobs(
                self.cleaner,
                self.planned.jobs,
                self.options,
                self.workers,
                lambda size: bar.advance(task, size),
                self.outputs,
                journal,
            )
            with closing(reports):
                for report in reports:
                    self.total.merge(report)
                    shown = shown and show_diff(report.diff)
                    if self.most is not None and self.total.errors > self.most:
                        last = [problem for problem in self.total.problems if problem.fatal][-1]
                        raise CleanerError(
                            f"stopped after {self.total.errors:,} errors, as {last}; mend the input or raise "
                            "--max-errors, and run the same command again"
                        )
