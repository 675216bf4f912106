"""The command ``clean``: a thin face over the runner."""

from cleaner.cli.entry import main, run

__all__ = ["main", "run"]
