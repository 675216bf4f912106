"""Lists of commands in the help: every name with the first sentence of its command, whole and wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import click

from cleaner.cli.commands import COMMANDS, command_named
from cleaner.cli.configured import ConfiguredCommand

__all__ = ["Group", "MainCommand"]

_WHOLE = 1_000  # characters of a first sentence; click cuts it at 45 or so


class Group(click.Group):
    """A command with commands of its own."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See click, which cuts what does not fit into one line."""
        _write(formatter, "Commands", self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click. A name that there is not gets an answer with those that there are."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            close = get_close_matches(args[0], self.commands, n=1)
            hint = f"did you mean {close[0]!r}? There are" if close else "there are"
            raise click.UsageError(f"No such command {args[0]!r}; {hint} {', '.join(sorted(self.commands))}", ctx)
        return super().resolve_command(ctx, args)


class MainCommand(ConfiguredCommand):
    """The command that cleans paths. Its help lists the other commands."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """See click."""
        _write(
            formatter, "Other commands, each with a --help of its own", {name: command_named(name) for name in COMMANDS}
        )
        super().format_epilog(ctx, formatter)


def _write(formatter: click.HelpFormatter, title: str, commands: Mapping[str, click.Command]) -> None:
    rows: Iterable[tuple[str, str]] = ((name, commands[name].get_short_help_str(_WHOLE)) for name in sorted(commands))
    with formatter.section(title):
        formatter.write_dl(list(rows))
