"""``clean config``: what is settled, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cleaner.cli.console import DONE, console
from cleaner.cli.parameters import HELP, PATH, config_of, rule_options
from cleaner.formats.files import atomic_write

__all__ = ["command"]


@click.group("config", context_settings=HELP)
def command() -> None:
    """Look at the configuration: cleaner.toml, or [tool.cleaner] in pyproject.toml."""


@command.command("show")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@rule_options
def show(as_json: bool, **given: Any) -> int:
    """Print every value with its origin, and how many rules run with them.

    The rule options may be given too: what they would change has the origin "command line".
    """
    from cleaner.report import settings_table

    config = config_of(given)
    rules, selected = config.rules(), config.selected()
    settings = list(config.settings())
    if as_json:
        found = {setting.key: {"value": setting.value, "origin": setting.origin} for setting in settings}
        summary = {"rules": len(rules), "selected": len(selected), "digest": selected.digest}
        click.echo(json.dumps({"file": str(config.path or ""), "settings": found, **summary}, indent=2))
        return DONE
    screen = console(stderr=False)
    screen.print(f"file  {config.path or 'none: built-in values'}", markup=False)
    screen.print(settings_table(settings))
    screen.print(f"{len(selected)} of {len(rules)} rules run; their digest is {selected.digest}")
    return DONE


@command.command("schema")
@click.option("-o", "--output", type=PATH, help="Write it to this file.")
def schema(output: Path | None) -> int:
    """Print the JSON Schema of cleaner.toml, for editors: name it in a line `#:schema FILE` at its top."""
    from cleaner.schemas import schema_text

    return write_schema(schema_text("config"), output)


def write_schema(text: str, output: Path | None) -> int:
    """Print a schema, or write it to a file."""
    if output is None:
        click.echo(text, nl=False)
        return DONE
    with atomic_write(output, 0o644) as stream:
        stream.write(text.encode())
    return DONE
