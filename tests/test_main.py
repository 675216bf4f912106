"""``python -m cleaner`` is the command."""

from __future__ import annotations

import subprocess
import sys

from cleaner import __version__
from tests.places import ROOT


def test_the_package_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cleaner", "--version"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == f"clean, version {__version__}\n"
