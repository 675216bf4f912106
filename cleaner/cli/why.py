"""``clean why``: what happened to the lines of a document, and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

import click

from cleaner.authoring.source import read_source
from cleaner.cli.configured import ReadingCommand
from cleaner.cli.console import DONE, console
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, DocumentOptions, RuleOptions, cleaner_of

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyOptions:
    """All options of the command."""

    title: Annotated[str, OptionSpec("--title", help="The title, when it is known.")] = ""
    url: Annotated[str, OptionSpec("--url", help="The address of the page.")] = ""
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
    screen = console(stderr=False)
    if source.line:
        screen.print(line_page(explain_line(cleaner, source.text, info, source.line, config.rules())), end="")
        return DONE
    result, verdicts = cleaner.explain(source.text, info)
    screen.print(explanation_table(result, verdicts, screen.width))
    screen.print(metadata_text(result), end="", markup=False)
    return DONE
