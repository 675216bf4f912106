"""Where the command begins: which of the commands is meant, and what its errors look like."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from importlib import import_module

import click

from cleaner.cli.console import DONE, ERRORS
from cleaner.errors import CleanerError

__all__ = ["COMMANDS", "main", "run"]

COMMANDS = ("config", "learn", "restore", "rules", "why")
"""Words that, when they come first, name a command and no path; each is a module beside this one."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "clean"
    command: click.Command = import_module(f"cleaner.cli.{name}").command
    try:
        program = "clean" if name == "clean" else f"clean {name}"
        # Not command.main(), which makes an error of a reader that has seen enough.
        with command.make_context(program, arguments) as context:
            code = command.invoke(context)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return ERRORS
    except click.ClickException as error:
        error.show()
        return ERRORS
    except (click.Abort, EOFError, KeyboardInterrupt):
        click.echo("stopped; finished files are written, no file is half-written; the same command goes on", err=True)
        return 130
    except CleanerError as error:
        click.echo(f"error: {error}", err=True)
        return ERRORS
    except BrokenExecutor:
        click.echo("error: a worker process died, perhaps for want of memory; try fewer with --jobs", err=True)
        return ERRORS
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it flushes at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        click.echo(f"error: {error.filename or ''}: {error.strerror or error}; check the path", err=True)
        return ERRORS


def run() -> None:
    """Entry point of the installed command."""
    sys.exit(main())
