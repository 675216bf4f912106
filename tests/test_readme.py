"""The README is true: its two commands work on a fresh machine, its code runs, its names exist."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cleaner.cli import main

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^python3 -m venv .+$", README, re.MULTILINE)


def fresh_checkout(folder: Path) -> Path:
    """The files of the project, without what only this machine has."""
    ignore = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "cleaned")
    return Path(shutil.copytree(ROOT, folder / "checkout", ignore=ignore))


def run(command: str, checkout: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("VIRTUAL_ENV", "PYTHON"))}
    environment["CLEANER_IN_README_TEST"] = "1"
    done = subprocess.run(["bash", "-c", command], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_are_two_commands() -> None:
    assert len(COMMANDS) == 2


@pytest.mark.slow
def test_the_first_command_installs_and_cleans_the_examples(tmp_path: Path) -> None:
    checkout = fresh_checkout(tmp_path)
    shown = run(COMMANDS[0], checkout)
    assert shown == (checkout / "cleaned" / "bridge.txt").read_text(encoding="utf-8")
    assert "“We had no choice, it couldn’t wait”" in shown
    assert "MIN READ" not in shown


@pytest.mark.slow
def test_the_second_command_installs_and_passes_the_tests(tmp_path: Path) -> None:
    """With a handful of tests instead of all: all of them run in the command that is running now."""
    run(COMMANDS[1] + " tests/test_edits.py tests/test_cli.py -m 'not slow'", fresh_checkout(tmp_path))


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)
    result = names["result"]
    for expression, shown in re.findall(r"^(result\.\w+) +# (['(].+)$", code, re.MULTILINE):
        assert repr(eval(expression, {"result": result})) == shown


def test_the_diff_is_what_the_example_gives(tmp_path: Path) -> None:
    main([str(ROOT / "examples" / "bridge.txt"), "-o", str(tmp_path / "out.txt"), "-q"])
    cleaned = (tmp_path / "out.txt").read_text(encoding="utf-8")
    (diff,) = re.findall(r"```diff\n(.*?)```", README, re.DOTALL)
    for line in diff.splitlines():
        text = line[1:].removesuffix(" […]")
        if line[:1] in " +" and text:
            assert text in cleaned
        elif text and "\n" + text + "\n" not in "\n" + diff.replace("\n ", "\n"):
            assert text + "\n" not in cleaned


def test_the_rule_of_the_readme_is_the_one_in_the_examples() -> None:
    (rule,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    assert rule in (ROOT / "examples" / "rules" / "own.toml").read_text(encoding="utf-8")


def test_every_option_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    options = set(re.findall(r"(?<![\w-])--[a-z-]+", capsys.readouterr().out)) - {"--help", "--version"}
    assert {option for option in options if option not in README} <= {"--preview", "--output"}
