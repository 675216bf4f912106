"""``clean help``: what a command does and which options it takes."""

from __future__ import annotations

import click

from cleaner.cli.commands import find_command
from cleaner.cli.console import DONE
from cleaner.cli.parameters import HELP

__all__ = ["command"]


@click.command("help", context_settings=HELP)
@click.argument("words", nargs=-1, metavar="[COMMAND...]")
def command(words: tuple[str, ...]) -> int:
    """Explain a command, as its --help does: `clean help why`, `clean help rules new`.

    Without COMMAND it explains `clean` itself.
    """
    named = find_command(words)
    context = click.Context(named.command, info_name=named.name, help_option_names=HELP["help_option_names"])
    click.echo(named.command.get_help(context))
    return DONE
