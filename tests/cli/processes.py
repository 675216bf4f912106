"""The command as a process of its own."""

from __future__ import annotations

import subprocess
import sys

MODULE = [sys.executable, "-m", "cleaner"]
SECONDS = 60
"""How long a test waits for a process that ought to answer at once."""


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*MODULE, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
