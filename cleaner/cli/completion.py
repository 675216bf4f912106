"""``clean completion``: the shell completes commands, options, their values and paths."""

from __future__ import annotations

import os

import click
from click.shell_completion import BashComplete, CompletionItem, FishComplete, ShellComplete, ZshComplete

from cleaner.cli.commands import COMMANDS, VARIABLE, command_named
from cleaner.cli.console import DONE, ERRORS
from cleaner.cli.parameters import HELP

__all__ = ["command", "complete"]

_PROGRAM = "clean"


class _Completes(ShellComplete):
    """Completes ``clean``: the first word may name a command, which has options of its own."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        if args and args[0] in COMMANDS:
            return _plain(command_named(args[0]), f"{_PROGRAM} {args[0]}", args[1:], incomplete)
        found = _plain(command_named(_PROGRAM), _PROGRAM, args, incomplete)
        if not args:
            names = (name for name in COMMANDS if name.startswith(incomplete))
            found = [*(CompletionItem(name, help=_summary(name)) for name in names), *found]
        return found


class _Bash(_Completes, BashComplete):
    """Its script works with every bash from 4.4 on; click's own class starts bash to ask for its version."""

    def source(self) -> str:
        return ShellComplete.source(self)


class _Zsh(_Completes, ZshComplete):
    pass


class _Fish(_Completes, FishComplete):
    pass


_SHELLS: dict[str, type[_Completes]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def _plain(command: click.Command, name: str, args: list[str], incomplete: str) -> list[CompletionItem]:
    """What click completes for one command."""
    return ShellComplete(command, {}, name, VARIABLE).get_completions(args, incomplete)


def _summary(name: str) -> str:
    return command_named(name).get_short_help_str(limit=80)


def _completer(shell: str) -> _Completes:
    return _SHELLS[shell](command_named(_PROGRAM), {}, _PROGRAM, VARIABLE)


def complete() -> int | None:
    """Answer the script of a shell, and return the exit code; None when no shell asked."""
    shell, _, task = os.environ.get(VARIABLE, "").partition("_")
    if not task:
        return None
    if shell not in _SHELLS:
        return ERRORS
    click.echo(_completer(shell).complete() if task == "complete" else _completer(shell).source())
    return DONE


@click.command("completion", context_settings=HELP)
@click.argument("shell", type=click.Choice(list(_SHELLS)))
def command(shell: str) -> int:
    """Print the script that makes a shell complete what you type. Put one of these lines into the file named:

    \b
    ~/.bashrc                   eval "$(clean completion bash)"
    ~/.zshrc, after compinit    eval "$(clean completion zsh)"
    ~/.config/fish/config.fish  clean completion fish | source
    """
    click.echo(_completer(shell).source())
    return DONE
