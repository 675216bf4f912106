"""``schema``: a command of ``clean rules`` and of ``clean config``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import click

from cleaner.cli.console import DONE
from cleaner.cli.options import OptionSpec
from cleaner.cli.parameters import PATH
from cleaner.io.atomic import atomic_write

__all__ = ["SchemaOptions", "print_schema"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaOptions:
    """All options of the command."""

    output: Annotated[Path | None, OptionSpec("-o", "--output", type=PATH, help="Write it to this file.")] = None


def print_schema(name: Literal["config", "rules"], options: SchemaOptions) -> int:
    """Print the JSON Schema of a kind of file, or write it to a file."""
    from cleaner.config.json_schema import schema_text

    text = schema_text(name)
    if options.output is None:
        click.echo(text, nl=False)
        return DONE
    with atomic_write(options.output, 0o644) as stream:
        stream.write(text.encode())
    return DONE
