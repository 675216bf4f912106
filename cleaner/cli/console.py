"""What the commands have in common when they print: exit codes, the terminal, its progress bar, its pager."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO, TYPE_CHECKING

from cleaner.io.paths import printable

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from cleaner.io.problems import Problem

__all__ = [
    "CHANGES",
    "DONE",
    "ERRORS",
    "DiffPrinter",
    "console",
    "counted",
    "paged_diffs",
    "print_line",
    "print_problems",
    "progress",
]

DONE, CHANGES, ERRORS = 0, 1, 2
"""Exit codes. CHANGES also stands for findings: the command did its work, and somebody should look at the result."""

_WIDTH = 160  # in a pipe or file there is no screen to fit into
_PAGER = "less -FRX"  # quits when all fits on one screen, shows colours, leaves the text on the screen


def console(stderr: bool = True) -> Console:
    """A console on standard error or standard output; it obeys NO_COLOR and FORCE_COLOR."""
    stream = sys.stderr if stderr else sys.stdout
    return _console_class()(stderr=stderr, highlight=False, emoji=False, width=None if stream.isatty() else _WIDTH)


@cache
def _console_class() -> type[Console]:
    from rich.console import Console

    class Piped(Console):
        """A console whose closed pipe is an error like any other; rich itself ends the process."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    return Piped


def print_line(text: str, style: str = "") -> None:
    """Print a message to standard error; brackets in it are no markup, and a terminal obeys nothing in it."""
    console().print(printable(text), style=style or None, markup=False, soft_wrap=True)


def counted(count: int, noun: str) -> str:
    """A number and its noun, which gets an "s" unless it is one.

    >>> counted(1, "line"), counted(2000, "line")
    ('1 line', '2,000 lines')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def print_problems(problems: Iterable[Problem], quiet: bool = False) -> int:
    """Print problems, those that are no errors as notes and not when ``quiet``; return the exit code they lead to."""
    code = DONE
    for problem in problems:
        if problem.fatal:
            print_line(f"error: {problem}", "red")
            code = ERRORS
        elif not quiet:
            print_line(f"note: {problem}", "yellow")
    return code


class NoProgress:
    """A progress bar that shows nothing, and spares the time that rich takes to import."""

    def __enter__(self) -> NoProgress:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def add_task(self, description: str, total: float | None = None) -> TaskID:
        return 0  # type: ignore[return-value]

    def advance(self, task_id: TaskID, advance: float = 1) -> None:
        return None


def progress(quiet: bool) -> Progress | NoProgress:
    """A progress bar on standard error; it shows nothing when that is no terminal."""
    # FORCE_COLOR makes no terminal of a file.
    if quiet or not sys.stderr.isatty():
        return NoProgress()
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    return Progress(*columns, TimeRemainingColumn(), console=console(), transient=True)


class DiffPrinter:
    """Prints diffs to standard output, in colour on a terminal, until nobody reads them any more.

    Args:
        pager: where to print instead: the standard input of a pager.
    """

    def __init__(self, pager: IO[str] | None = None) -> None:
        self._is_read = True
        self._pager = pager

    def show(self, lines: Sequence[str]) -> None:
        """Print the lines of one diff."""
        if not lines or not self._is_read:
            return
        try:
            _print_diff(lines, self._pager)
        except BrokenPipeError:  # as with `| head`, or when the pager was left: the run itself goes on
            self._is_read = False


def _print_diff(lines: Sequence[str], pager: IO[str] | None) -> None:
    screen = console(stderr=False)
    if screen.is_terminal or pager is not None:
        from cleaner.cli.views import diff_text

        if pager is not None:
            screen = _console_class()(file=pager, force_terminal=True, highlight=False, emoji=False, width=_WIDTH)
        screen.print(diff_text(map(printable, lines)), end="", soft_wrap=True)
        if pager is not None:
            pager.flush()
        return
    text = "".join(line + "\n" for line in lines)
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


@contextmanager
def paged_diffs() -> Iterator[DiffPrinter]:
    """A printer of diffs. On a terminal it prints to a pager: $PAGER, by default less; an empty PAGER turns it off."""
    process = _start_pager() if sys.stdout.isatty() else None
    if process is None or process.stdin is None:
        yield DiffPrinter()
        return
    try:
        yield DiffPrinter(process.stdin)
    finally:
        with suppress(BrokenPipeError):
            process.stdin.close()
        while True:
            with suppress(KeyboardInterrupt):  # that is for the pager, which stays until it is left
                process.wait()
                break


def _start_pager() -> subprocess.Popen[str] | None:
    """The pager, or None where there is none."""
    command = shlex.split(os.environ.get("PAGER", _PAGER))
    if not command or os.name == "nt":  # its own pager shows no colours
        return None
    environment = {"LESS": "FRX", **os.environ}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, text=True, encoding="utf-8")
    except OSError:
        return None
