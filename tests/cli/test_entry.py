"""Where the command begins: names of commands, exit codes, errors as one line."""

from __future__ import annotations

import errno
import subprocess
import sys
from concurrent.futures import BrokenExecutor
from pathlib import Path

import click
import pytest

import cleaner
from cleaner.cli import main
from cleaner.cli.commands import COMMANDS
from cleaner.errors import CleanerError


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "cleaner", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"clean, version {cleaner.__version__}\n"


def test_the_version_is_that_of_the_installed_package() -> None:
    from importlib.metadata import version

    assert cleaner.__version__ == version("article-cleaner")
    assert "__version__" in dir(cleaner)


def test_without_an_installed_package_there_is_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.metadata

    def fail(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.delitem(vars(cleaner), "__version__", raising=False)
    monkeypatch.setattr(importlib.metadata, "version", fail)
    with pytest.raises(AttributeError, match="install the package"):
        _ = cleaner.__version__
    assert not hasattr(cleaner, "__version__")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([name, "--help"]) == 0
    assert f"Usage: clean {name}" in capsys.readouterr().out


def test_commands_are_sorted() -> None:
    assert list(COMMANDS) == sorted(COMMANDS)


def test_a_folder_with_the_name_of_a_command_is_cleaned(run_in: Path) -> None:
    Path("rules").mkdir()
    Path("rules/a.txt").write_text("A town.\n", "utf-8")
    assert main(["./rules", "--check", "-q"]) == 0


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (CleanerError("a.txt: is wrong; mend it"), 2, "error: a.txt: is wrong; mend it\n"),
        (OSError(errno.ENOSPC, "No space left on device", "out"), 2, "error: out: No space left on device; check"),
        (BrokenExecutor(), 2, "error: a worker process died, perhaps since memory ran out; try fewer with --jobs\n"),
        (KeyboardInterrupt(), 130, "stopped; finished files are written, no file is half-written"),
        (click.UsageError("give a path"), 2, "Error: give a path\n"),
    ],
)
def test_errors_have_an_exit_code_and_no_traceback(
    error: BaseException,
    code: int,
    message: str,
    run_in: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("cleaner.cli.parameters.load_config", fail)
    assert main(["config", "show"]) == code
    shown = capsys.readouterr().err
    assert message in shown
    assert "Traceback" not in shown
