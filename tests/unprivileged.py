"""Run the command as a user to whom file permissions apply, and Python as a user without a home, also as root."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.places import ROOT

__all__ = ["run_as_stranger", "run_unprivileged"]

_WITHOUT_ROOT_RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")
"""Takes from root the right to read and write every file. ``setpriv`` is a part of util-linux."""

_AS_STRANGER = (
    *("setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"),
    *("--inh-caps", "+dac_read_search", "--ambient-caps", "+dac_read_search", "--"),
)
"""Becomes a user who has no entry in the list of users, and so no home. The user may read all files: the checkout and
Python itself often lie in a private folder."""


def run_unprivileged(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command ``clean`` with these arguments, in a process that may read only what permissions allow."""
    prefix = _WITHOUT_ROOT_RIGHTS if os.geteuid() == 0 else ()
    command = [*prefix, sys.executable, "-c", "from cleaner.cli import run; run()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def run_as_stranger(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python code as a user without a home and without a variable ``HOME``. Only root can become that user."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*_AS_STRANGER, sys.executable, "-c", code]
    return subprocess.run(command, cwd="/", env=environment, capture_output=True, text=True, check=False)
