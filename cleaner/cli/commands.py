"""All commands by name. A command is a module of this package, which is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

import click

from cleaner.errors import CleanerError

__all__ = ["COMMANDS", "VARIABLE", "Named", "command_named", "find_command", "meant_command"]

COMMANDS = (
    "card",
    "cluster",
    "completion",
    "config",
    "diff",
    "doctor",
    "fit",
    "help",
    "learn",
    "mcp",
    "report",
    "restore",
    "review",
    "rules",
    "serve",
    "site-memory",
    "why",
)
"""Words that name a command, and not a path, when they come first; each is a module beside this one."""

VARIABLE = "_CLEAN_COMPLETE"
"""The variable of the environment in which the script of a shell asks what could come next."""

_MAIN = "clean"
_CLOSE = 0.7  # two letters in the wrong order of four


class Named(NamedTuple):
    """A command, and what a person types to run it."""

    name: str
    command: click.Command


def command_named(name: str) -> click.Command:
    """The command of a name; "clean" is the one that cleans paths.

    >>> command_named("why").name
    'why'
    """
    command: click.Command = import_module(f"cleaner.cli.{name.replace('-', '_')}").command
    return command


def find_command(words: Sequence[str]) -> Named:
    """The command that some words name, such as "rules new"; without words the one that cleans paths.

    Raises:
        CleanerError: there is none. The message names those that there are.

    >>> find_command(["rules", "new"]).name
    'clean rules new'
    """
    found = Named(_MAIN, command_named(_MAIN))
    for depth, word in enumerate(words):
        known = COMMANDS if not depth else tuple(getattr(found.command, "commands", ()))
        if word not in known:
            raise CleanerError(_unknown(found.name, word, known))
        command = command_named(word) if not depth else found.command.commands[word]  # type: ignore[attr-defined]
        found = Named(f"{found.name} {word}", command)
    return found


def meant_command(word: str) -> str:
    """The command that a mistyped word is likely to mean; "" for none, and for what looks like a path.

    >>> meant_command("hepl"), meant_command("help.txt"), meant_command("./hepl")
    ('help', '', '')
    """
    if not word.isalpha():
        return ""
    return next(iter(get_close_matches(word.lower(), COMMANDS, n=1, cutoff=_CLOSE)), "")


def _unknown(name: str, word: str, known: Sequence[str]) -> str:
    if not known:
        return f"`{name}` has no commands of its own; `clean help {name.removeprefix('clean ')}` explains it"
    close = get_close_matches(word, known, n=1)
    hint = f"did you mean {close[0]!r}? There are" if close else "there are"
    return f"no command {word!r}; {hint} {', '.join(sorted(known))}"
