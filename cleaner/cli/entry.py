"""Where the command begins: it finds the command that is meant, runs it, and prints its errors."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from pathlib import Path
from types import FrameType

import click

from cleaner.cli.commands import COMMANDS, VARIABLE, command_named
from cleaner.cli.console import DONE, ERRORS
from cleaner.errors import CleanerError
from cleaner.io.paths import printable, shown

__all__ = ["main", "run"]

_STOPPED = "stopped; finished files are written, no file is half-written"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    if VARIABLE in os.environ:
        from cleaner.cli.completion import complete

        if (code := complete()) is not None:
            return code
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "clean"
    command = command_named(name)
    program = "clean" if name == "clean" else f"clean {name}"
    try:
        # Not command.main(), which makes an error of a closed pipe.
        with command.make_context(program, arguments) as context:
            code = command.invoke(context)
        return code if isinstance(code, int) else DONE
    except click.exceptions.Exit as asked:
        return asked.exit_code
    except click.ClickException as error:
        error.show()
        return ERRORS
    except (click.Abort, EOFError, KeyboardInterrupt) as stop:
        advice = isinstance(stop, KeyboardInterrupt) and printable(" ".join(map(str, stop.args)))
        click.echo(f"{_STOPPED}; {advice or 'the same command goes on'}", err=True)
        return 143 if isinstance(stop, _Terminated) else 130
    except CleanerError as error:
        for line in str(error).split("\n"):
            click.echo(f"error: {printable(line)}", err=True)
        return ERRORS
    except BrokenExecutor:
        click.echo("error: a worker process died, perhaps since memory ran out; try fewer with --jobs", err=True)
        return ERRORS
    except BrokenPipeError:
        # Nobody reads on, as with `| head`. Python would complain once more when it flushes at exit.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        place = shown(error.filename) if isinstance(error.filename, str | Path) else ""
        click.echo(f"error: {place}: {error.strerror or printable(str(error))}; check the path", err=True)
        return ERRORS


def run() -> None:
    """Entry point of the installed command."""
    os.environ["PYTHONSAFEPATH"] = "1"  # also for the children of engines and libraries; see cleaner.io.children
    if hasattr(signal, "SIGTERM"):
        signal.signal(signal.SIGTERM, _stop)
    sys.exit(main())


class _Terminated(KeyboardInterrupt):
    """The system asked the process to end."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise _Terminated
