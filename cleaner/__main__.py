"""``python -m cleaner``: the command ``clean``."""

import os
import sys

__all__ = ["run"]


def _forget_working_directory() -> None:
    """Import nothing from the working directory, unless the package itself lies there.

    ``-m`` puts that directory first, and a file in it may have the name of a module. Nothing may be imported before
    this is done, not even pathlib.
    """
    if sys.flags.safe_path or not sys.path:
        return
    real = os.path.realpath
    package = os.path.dirname(real(__file__))  # noqa: PTH120
    if real(sys.path[0] or os.curdir) == real(os.curdir) != os.path.dirname(package):  # noqa: PTH120
        del sys.path[0]


if __name__ == "__main__":
    _forget_working_directory()

from cleaner.cli import run  # noqa: E402

if __name__ == "__main__":  # worker processes import this module again
    run()
