"""Pages that tell the reader what to type: their code blocks, run in order as a reader would run them."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cleaner.cli import main
from tests.places import ROOT

__all__ = ["Block", "blocks", "documentation", "fits", "run_page"]

_FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"  # exits with (\d+)$")
_NEEDS_SHELL = re.compile(r"[|<>;&$*`]")


@dataclass(frozen=True)
class Block:
    """A block of code: its language, the file that it is to be written to if it has a title, and its text."""

    language: str
    title: str
    text: str


def documentation(name: str) -> Any:
    """A module of the extra ``docs``. Where it is missing, the test is skipped and the reason says why."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        pytest.skip(f"{error}: pip install 'article-cleaner[docs]'")


def blocks(page: str) -> list[Block]:
    return [Block(*found) for found in _FENCE.findall(page)]


def fits(shown: str, printed: str) -> bool:
    """Whether a page shows what was printed: ``…`` stands for any text, and runs of blanks are as good as one."""
    wanted = ".*".join(re.escape(part.strip("\n")) for part in re.split(r"…", _trimmed(shown)))
    return re.fullmatch(wanted, _trimmed(printed), re.DOTALL) is not None


def _trimmed(text: str) -> str:
    return "\n".join(re.sub(" +", " ", line).rstrip() for line in text.strip("\n").split("\n"))


def run_page(page: str, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> int:
    """Run the blocks of a page in a folder, and compare what they print with what the page shows.

    A block with a title is written to a file of this name. A block ``sh`` is run line by line. A block ``text``
    behind it is what the block printed. Plain calls of ``clean`` run in this process, which saves the start of one.

    Returns:
        How many commands ran.
    """
    monkeypatch.chdir(folder)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)  # no worker processes, whose start takes longer than the cleaning
    environment = _environment(folder)
    printed, ran = "", 0
    for block in blocks(page):
        if block.title:
            path = folder / block.title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
        elif block.language == "sh":
            commands = _commands(block.text)
            printed, ran = "".join(_run(one, environment, capfd) for one in commands), ran + len(commands)
        elif block.language == "text":
            assert fits(block.text, printed), f"the page shows\n{block.text}\nand this came out\n{printed}"
    return ran


def _commands(text: str) -> list[str]:
    """The lines of a block, without those that only hold a comment."""
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def _run(command: str, environment: dict[str, str], capfd: pytest.CaptureFixture[str]) -> str:
    found = _EXIT.search(command)
    wanted = int(found[1]) if found else 0
    words = shlex.split(command, comments=True)
    if words[0] == "clean" and not _NEEDS_SHELL.search(command):
        capfd.readouterr()
        code = main(words[1:])
        printed = "".join(capfd.readouterr())
    else:
        done = subprocess.run(
            ["bash", "-c", command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        code, printed = done.returncode, done.stdout
    assert code == wanted, f"{command}: exit code {code}\n{printed}"
    return printed


def _environment(folder: Path) -> dict[str, str]:
    """The environment of commands: `clean`, `pytest` and `python` are those of this checkout and this Python."""
    scripts = folder / ".bin"
    scripts.mkdir()
    for name, call in (("clean", "-P -m cleaner"), ("pytest", "-m pytest -p no:cacheprovider"), ("python", "")):
        script = scripts / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" {call} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    ours = ("PYTEST", "COV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}
