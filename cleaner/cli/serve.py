"""``clean serve``: answer JSON lines, for callers in other languages."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Annotated

import click

from cleaner.batch.serve import serve
from cleaner.cli.console import DONE
from cleaner.cli.options import takes
from cleaner.cli.parameters import HELP, LONGEST_DOCUMENT, FieldOptions, RuleOptions
from cleaner.text.deadline import DOCUMENT_SECONDS

__all__ = ["ServeOptions", "command", "serve_stdin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeOptions:
    """All options of the command."""

    document_seconds: Annotated[float, LONGEST_DOCUMENT] = DOCUMENT_SECONDS
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
    serve(sys.stdin.buffer, sys.stdout.buffer, options.rules.cleaner(options.document_seconds), keys)
    return DONE
