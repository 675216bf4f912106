"""``clean report``: a page that shows what a run did, from its audit. ``--report`` of other commands makes the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from cleaner.batch.audited import Locate, located_below
from cleaner.cli.console import DONE, print_line, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.page_options import CLEANED, SAMPLE
from cleaner.cli.parameters import HELP, PATH, RuleOptions
from cleaner.errors import CleanerError
from cleaner.io.paths import shown
from cleaner.report.files import check_page, write_page
from cleaner.report.sampling import DEFAULT_SAMPLE

if TYPE_CHECKING:
    from cleaner.batch.jobs import Plan
    from cleaner.cli.clean_options import CleanOptions
    from cleaner.report.from_audit import AuditReport

__all__ = ["ReportOptions", "command", "found_results", "write_run_report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """All options of the command."""

    output: Annotated[Path, OptionSpec("-o", "--output", type=PATH, metavar="FILE.html", help="The page to write.")]
    cleaned: Annotated[Path | None, CLEANED] = None
    report_sample: Annotated[int, SAMPLE] = DEFAULT_SAMPLE
    overwrite: Annotated[bool, OptionSpec("--overwrite", help="Write over an existing file that is no report.")] = False
    rules: RuleOptions


@click.command("report", context_settings=HELP)
@click.argument("audit", type=PATH)
@takes(ReportOptions)
def command(audit: Path, options: ReportOptions) -> int:
    """Write a page that shows what a run did, from the AUDIT that `clean --audit` wrote.

    The page is one file and needs no network. With --cleaned it shows each text before and after; from the audit alone
    it shows what was removed.
    """
    from cleaner.report.from_audit import AuditReport

    check_page(options.output, options.overwrite)
    report = AuditReport(audit, options.rules.config().rules(), found_results(options.cleaned), options.report_sample)
    _write(report, options.output, shown(audit))
    return DONE


def write_run_report(paths: Sequence[Path], options: CleanOptions, planned: Plan) -> None:
    """Write the page that ``clean --report`` asks for, after the run. An audit that only the page needed goes away.

    Raises:
        CleanerError: the page cannot be written.
    """
    page, audit = options.records.report, options.records.audit_path
    if page is None or audit is None:
        return
    from cleaner.report.from_audit import AuditReport, nothing_located

    is_written = bool(options.destination.output or options.destination.in_place) and not options.destination.check
    targets = {job.name: job.target for job in planned.jobs}
    locate: Locate = targets.get if is_written else nothing_located
    rules, sample = options.rules.config().rules(), options.records.report_sample
    report = AuditReport(audit, rules, locate, sample, may_be_empty=True)
    _write(report, page, _named(paths), options.run.quiet)
    if options.records.audit is None:
        audit.unlink(missing_ok=True)


def _named(paths: Sequence[Path]) -> str:
    """Some paths as the foot of a page names them."""
    return ", ".join(map(shown, paths[:3])) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")


def _write(report: AuditReport, page: Path, source: str, quiet: bool = False) -> None:
    from cleaner.report.data import Heading
    from cleaner.report.page import render

    heading = Heading(source=source)
    data, problems = report.page_data(heading)
    write_page(page, render(data, heading.title))
    print_problems(problems, quiet)
    if not quiet:
        print_line(f"report written to {shown(page)}")


def found_results(cleaned: Path | None) -> Locate:
    """Finds the results in what the user named; none without it.

    Raises:
        CleanerError: there is no such file or folder.
    """
    from cleaner.report.from_audit import nothing_located

    if cleaned is None:
        return nothing_located
    if not cleaned.exists():
        raise CleanerError(f"{shown(cleaned)}: does not exist; name what the run wrote with -o")
    return located_below(cleaned)
