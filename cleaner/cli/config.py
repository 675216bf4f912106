"""``clean config``: the values of the configuration, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

import click

from cleaner.cli.choice import choice_lines
from cleaner.cli.command_lists import Group
from cleaner.cli.configured import option_key
from cleaner.cli.console import DONE, console
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, RuleOptions
from cleaner.cli.schema import SchemaOptions, print_schema
from cleaner.config.clean_schema import CLEAN_KEYS, given_options
from cleaner.config.settings import Config, Setting

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """All options of ``clean config show``."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON.")] = False
    rules: RuleOptions


@click.group("config", cls=Group, context_settings=HELP)
def command() -> None:
    """Look at the configuration: cleaner.toml, or [tool.cleaner] in pyproject.toml."""


@command.command("show")
@takes(ShowOptions)
def show(options: ShowOptions) -> int:
    """Print every value with its origin, and how many rules run with them.

    The rule options may be given too: what they would change has the origin "command line".
    """
    from cleaner.cli.views import settings_table

    config = options.rules.config()
    rules, selected = config.rules(), config.selected()
    settings = [*config.settings(), *_clean_settings(config)]
    if options.as_json:
        found = {setting.key: {"value": setting.value, "origin": setting.origin} for setting in settings}
        packs = [pack._asdict() for pack in selected.packs]
        summary = {"rules": len(rules), "selected": len(selected), "digest": selected.digest, "packs": packs}
        click.echo(json.dumps({"file": str(config.path or ""), "settings": found, **summary}, indent=2))
        return DONE
    screen = console(stderr=False)
    screen.print(f"file  {config.path or 'none: built-in values'}", markup=False)
    screen.print(settings_table(settings, screen.width))
    for line in choice_lines(config):
        screen.print(line, markup=False)
    for pack in selected.packs:
        screen.print(f"pack  {pack}", markup=False, soft_wrap=True)
    screen.print(f"{len(selected)} of {len(rules)} rules run; their digest is {selected.digest}")
    return DONE


def _clean_settings(config: Config) -> Iterator[Setting]:
    """The options of ``clean PATH...`` that the configuration can give, with their origins."""
    from cleaner.cli.clean import command as clean

    given = given_options(config.spec.clean)
    defaults = {option_key(parameter): parameter.default for parameter in clean.params}
    for key in CLEAN_KEYS:
        default: Any = defaults[key]
        shown = list(default) if isinstance(default, tuple) else default
        yield Setting(f"clean.{key}", given.get(key, shown), config.origins.get(f"clean.{key}", "default"))


@command.command("schema")
@takes(SchemaOptions)
def schema(options: SchemaOptions) -> int:
    """Print the JSON Schema of cleaner.toml, for editors: name it in a line `#:schema FILE` at its top."""
    return print_schema("config", options)
