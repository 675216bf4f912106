"""Shells complete commands, options, values and paths."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.cli.completion import complete
from tests.places import ROOT

SHELLS = ("bash", "zsh", "fish")
MISSING = {"bash": "bash is not installed", "zsh": "zsh is not installed", "fish": "fish is not installed"}


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    def ask(line: str) -> list[str]:
        words = line.split(" ")
        monkeypatch.setenv("_CLEAN_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
        assert main([]) == 0
        return [one.partition(",")[2] for one in capsys.readouterr().out.splitlines()]

    return ask


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("clean wh", ["why", "wh"]),  # the second is for paths
        ("clean rules sh", ["show"]),
        ("clean rules new --is", ["--isolated"]),
        ("clean --profile s", ["strict"]),
        ("clean a.txt --in-p", ["--in-place"]),
        ("clean completion z", ["zsh"]),
    ],
)
def test_what_comes_next(line: str, wanted: list[str], answers: object) -> None:
    assert answers(line) == wanted  # type: ignore[operator]


def test_a_path_is_left_to_the_shell(answers: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert "in/" in answers("clean in/")  # type: ignore[operator]


@pytest.mark.parametrize("asked", ["", "bash", "nonsense_complete"])
def test_other_values_of_the_variable_do_no_harm(asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_CLEAN_COMPLETE", asked)
    assert complete() == (2 if asked == "nonsense_complete" else None)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_reads(shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["completion", shell]) == 0
    script = tmp_path / "completion"
    script.write_text(capsys.readouterr().out)
    assert "_CLEAN_COMPLETE" in script.read_text()
    if not shutil.which(shell):
        pytest.skip(MISSING[shell])
    subprocess.run([shell, "-n", str(script)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_that_sourced_it_completes(shell: str, tmp_path: Path) -> None:
    """The script is sourced as its help says, with a command `clean` in the path."""
    if not shutil.which(shell):
        pytest.skip(MISSING[shell])
    command = tmp_path / "clean"
    command.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m cleaner "$@"\n')
    command.chmod(0o755)
    asked = {
        "bash": 'eval "$(clean completion bash)"; COMP_WORDS=(clean rules sh); COMP_CWORD=2; _clean_completion clean; '
        'printf "%s\\n" "${COMPREPLY[@]}"',
        "zsh": "compdef() { :; }; compadd() { print -l $completions; }; "
        "_describe() { print -l $completions_with_descriptions; }; "
        'eval "$(clean completion zsh)"; words=(clean rules sh); CURRENT=3; _clean_completion',
        "fish": 'clean completion fish | source; complete -C "clean rules sh"',
    }[shell]
    env = {"PATH": f"{tmp_path}:/usr/bin:/bin", "HOME": str(tmp_path), "TERM": "xterm"}
    found = subprocess.run([shell, "-c", asked], env=env, capture_output=True, text=True, check=False)
    assert "show" in found.stdout, found.stderr
