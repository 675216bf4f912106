"""What the commands have in common on the way out: exit codes, the terminal, its progress bar."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

__all__ = ["CHANGES", "DONE", "ERRORS", "console", "progress", "show_diff"]

DONE, CHANGES, ERRORS = 0, 1, 2
"""Exit codes. CHANGES also stands for findings: what was asked for was done, and somebody should look."""


def console(stderr: bool = True) -> Console:
    from rich.console import Console

    # In a pipe or file there is no screen to fit into.
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, highlight=False, emoji=False, width=None if stream.isatty() else 160)


def progress(screen: Console, quiet: bool) -> Progress:
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    disable = quiet or not screen.is_terminal
    return Progress(*columns, TimeRemainingColumn(), console=screen, transient=True, disable=disable)


def show_diff(lines: Sequence[str]) -> bool:
    """Show a diff: in colour on a terminal, as it is elsewhere. False when nobody reads on."""
    if not lines:
        return True
    try:
        if sys.stdout.isatty():
            from cleaner.report import diff_text

            console(stderr=False).print(diff_text(lines), end="", soft_wrap=True)
        else:
            text = "".join(line + "\n" for line in lines)
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        return False
    return True
