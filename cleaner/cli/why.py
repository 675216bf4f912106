"""``clean why``: what happened to the lines of a document, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from cleaner.authoring.source import read_source
from cleaner.cli.configured import ReadingCommand
from cleaner.cli.console import DONE, console
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, LOCAL_PATH, DocumentOptions, RuleOptions, cleaner_of
from cleaner.text.hosts import site_of

if TYPE_CHECKING:
    from cleaner.authoring.standing import Standing
    from cleaner.model import DocumentInfo
    from cleaner.pipeline import Cleaner

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOptions:
    """All options of the command."""

    title: Annotated[str, OptionSpec("--title", help="The title, when it is known.")] = ""
    url: Annotated[str, OptionSpec("--url", help="The address of the page.")] = ""
    site_memory: Annotated[
        Path | None,
        OptionSpec(
            "--site-memory", type=LOCAL_PATH, metavar="FILE", help="What was seen of its site; see `clean --help`."
        ),
    ] = None
    site: Annotated[
        str, OptionSpec("--site", help="With --site-memory: its site, where no url and no field tells.")
    ] = ""
    documents: DocumentOptions
    rules: RuleOptions


@click.command("why", cls=ReadingCommand, context_settings=HELP)
@click.argument("place", metavar="FILE[:LINE]")
@takes(WhyOptions)
def command(place: str, options: WhyOptions) -> int:
    """Show every line of FILE with the rule that removed it or spared it; with LINE, all that is known about one.

    LINE is its number in the file. Of a file of rows, name the row and then the line: rows.jsonl:12 or rows.jsonl:12:3.
    """
    from cleaner.authoring.explain import explain_line
    from cleaner.cli.views import explanation_table, line_page, metadata_text

    config = options.rules.config()
    cleaner = cleaner_of(config)
    source = read_source(place, options.documents.reading(page_lines=True), options.url)
    info = replace(source.info, title=options.title or source.info.title, url=options.url or source.info.url)
    standing = _standing(options, info, source.text, cleaner)
    if standing is not None:
        info = replace(info, repeated=standing.window.repeated())
    screen = console(stderr=False)
    if source.line:
        found = explain_line(cleaner, source.text, info, source.line, config.rules())
        found = replace(found, standing=standing.of(found.text)) if standing is not None else found
        screen.print(line_page(found), end="")
        return DONE
    result, verdicts = cleaner.explain(source.text, info)
    screen.print(explanation_table(result, verdicts, screen.width, standing.of if standing is not None else None))
    screen.print(metadata_text(result), end="", markup=False)
    return DONE


def _standing(options: WhyOptions, info: DocumentInfo, text: str, cleaner: Cleaner) -> Standing | None:
    """What the site memory knows of the document's site; None without a memory."""
    if options.site_memory is None:
        return None
    from cleaner.authoring.standing import standing_on
    from cleaner.text.repair import repair

    site = site_of(info.url) or options.site or info.site
    if not site:
        raise click.UsageError("--site-memory needs to know the site; give --url or --site")
    return standing_on(options.site_memory, site, repair(text, cleaner.repair).text)
