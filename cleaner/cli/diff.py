"""``clean diff``: what two rule sets, or two profiles, do differently to one corpus."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click

from cleaner.batch.corpus import Corpus
from cleaner.cli.compared import cleaner_named
from cleaner.cli.console import CHANGES, DONE, console, counted, print_line, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.page_options import REPORT, SAMPLE
from cleaner.cli.parameters import HELP, PATH, CorpusOptions, RuleOptions
from cleaner.io.paths import shown
from cleaner.report.files import check_page, write_page
from cleaner.report.sampling import DEFAULT_SAMPLE

if TYPE_CHECKING:
    from cleaner.report.comparison import Comparison

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffOptions:
    """All options of the command."""

    max_lost: Annotated[
        int | None,
        OptionSpec(
            "--max-lost",
            type=click.IntRange(0),
            metavar="LINES",
            help="Exit with 1 when NEW removes more lines than this that OLD keeps.",
        ),
    ] = None
    limit: Annotated[
        int, OptionSpec("--limit", type=click.IntRange(0), show_default=True, help="Texts shown of each rule.")
    ] = 3
    as_json: Annotated[bool, OptionSpec("--json", help="As JSON.")] = False
    report: Annotated[Path | None, REPORT] = None
    report_sample: Annotated[int, SAMPLE] = DEFAULT_SAMPLE
    overwrite: Annotated[bool, OptionSpec("--overwrite", help="Write over an existing file that is no report.")] = False
    corpus: CorpusOptions
    rules: RuleOptions


@click.command("diff", context_settings=HELP)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(DiffOptions)
def command(old: str, new: str, paths: tuple[Path, ...], options: DiffOptions) -> int:
    """Show which lines of the documents of PATH two rule sets treat differently, by rule.

    OLD and NEW are each: "installed" for the rules of the project as they are; the name of a profile; a file or folder
    of rules, or a rule pack (its .whl file, or NAME or NAME==VERSION of an installed one), which take the place of the
    installed rules; "+FILE" or "+PACK", which add to them; or a cleaner.toml. The options hold for both.

    Exit codes: 0 done, 1 more lines are lost than --max-lost allows, 2 errors.
    """
    from cleaner.report.from_comparison import RuleSetComparison

    if options.report is not None:
        check_page(options.report, options.overwrite)
    corpus = Corpus(options.corpus.inputs.plan(paths), options.corpus.documents.reading(page_lines=True))
    config = options.rules.config()
    comparison = RuleSetComparison(corpus, cleaner_named(old, config), cleaner_named(new, config))
    found = _with_page(comparison, old, new, options) if options.report is not None else comparison.figures()
    if options.as_json:
        click.echo(json.dumps(_figures(found), indent=2, ensure_ascii=False))
    else:
        _print(found, options.limit)
    code = print_problems(corpus.problems)
    if options.max_lost is not None and found.lost > options.max_lost:
        lost = f"{counted(found.lost, 'line')} {'is' if found.lost == 1 else 'are'} lost"
        print_line(f"{lost}, and --max-lost allows {options.max_lost:,}", "red")
        return code or CHANGES
    return code or DONE


def _with_page(comparison: Any, old: str, new: str, options: DiffOptions) -> Comparison:
    """The figures; the page is written as well."""
    from cleaner.report.data import Heading
    from cleaner.report.page import render

    assert options.report is not None
    stamp = {"rules": comparison.new.rules.digest}
    heading = Heading(kind="diff", title=f"{old} → {new}", source=f"the rules {old} and {new}", stamp=stamp)
    found: Comparison
    found, data = comparison.page_data(heading, options.report_sample)
    write_page(options.report, render(data, heading.title))
    print_line(f"report written to {shown(options.report)}")
    return found


def _print(found: Comparison, limit: int) -> None:
    from cleaner.cli.diff_views import comparison_table, comparison_texts

    screen = console(stderr=False)
    if found.rules:
        screen.print(comparison_table(found, screen.width))
        screen.print(comparison_texts(found, limit), end="")
    screen.print(
        f"{counted(found.documents, 'document')}, {found.changed:,} {'comes' if found.changed == 1 else 'come'} out "
        f"differently; {counted(found.lost, 'line')} newly removed, {found.back:,} "
        f"{'stays' if found.back == 1 else 'stay'} now",
        style="dim",
    )


def _figures(found: Comparison) -> dict[str, Any]:
    return {
        "documents": found.documents,
        "changed": found.changed,
        "lost": found.lost,
        "back": found.back,
        "guards": found.guards,
        "rules": found.as_rows(),
    }
