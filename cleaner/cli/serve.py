"""``clean serve``: answer JSON lines, for callers in other languages."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.batch.options import Options
from cleaner.batch.remembering import Remembering
from cleaner.batch.serve import serve
from cleaner.cli.console import DONE
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, LOCAL_PATH, LONGEST_DOCUMENT, FieldOptions, RuleOptions
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["ServeOptions", "command", "serve_stdin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """All options of the command."""

    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
    site_memory: Annotated[
        Path | None,
        OptionSpec(
            "--site-memory",
            type=LOCAL_PATH,
            metavar="FILE",
            help="Remember the lines of sites in FILE, and remove those that recur on the site of a question's url.",
        ),
    ] = None
    site_memory_fixed: Annotated[bool, OptionSpec("--site-memory-fixed", help="Only read --site-memory.")] = False
    fields: FieldOptions
    rules: RuleOptions


@click.command("serve", context_settings=HELP)
@takes(ServeOptions)
def command(options: ServeOptions) -> int:
    """Read JSON lines from standard input and answer each on standard output, until the input ends.

    A question is an object with the text and what else is known: {"id": 1, "text": "...", "title": "..."}. Its answer
    has the cleaned text, "removed", "metadata" and "flags", or "error". The process starts once and answers one
    question at a time: for callers in other languages.
    """
    return serve_stdin(options)


def serve_stdin(options: ServeOptions) -> int:
    """Answer questions until there are no more. Some answers may be errors; those are for the caller."""
    keys = options.fields.keys(one_text=True)
    batch = Options(site_memory=options.site_memory, site_memory_fixed=options.site_memory_fixed)
    cleaner = options.rules.cleaner(options.document_seconds)
    with Remembering(batch) if options.site_memory is not None else nullcontext() as memory:
        serve(sys.stdin.buffer, sys.stdout.buffer, cleaner, keys, memory=memory)
    return DONE
