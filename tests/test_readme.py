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
INSTALLS = "CLEANER_TEST_INSTALL"
COMMANDS = re.findall(r"^python3 -m venv .+$", README, re.MULTILINE)

installs = pytest.mark.skipif(
    INSTALLS not in os.environ, reason=f"installs the project from nothing, which takes minutes: set {INSTALLS}=1"
)


def fresh_checkout(folder: Path) -> Path:
    """The files of the project, without what only this machine has."""
    ignore = shutil.ignore_patterns(".venv", ".git", "__pycache__", ".*_cache", ".hypothesis", "cleaned")
    return Path(shutil.copytree(ROOT, folder / "checkout", ignore=ignore))


def run(command: str, checkout: Path) -> str:
    ours = ("VIRTUAL_ENV", "PYTHON", "PYTEST", INSTALLS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(["bash", "-c", command], cwd=checkout, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_are_two_commands() -> None:
    assert len(COMMANDS) == 2


@installs
@pytest.mark.slow
def test_the_first_command_installs_and_cleans_the_examples(tmp_path: Path) -> None:
    checkout = fresh_checkout(tmp_path)
    shown = run(COMMANDS[0], checkout)
    assert shown == (checkout / "cleaned" / "bridge.txt").read_text(encoding="utf-8")
    assert "“We had no choice, it couldn’t wait”" in shown
    assert "MIN READ" not in shown


@installs
@pytest.mark.slow
def test_the_second_command_installs_and_passes_the_tests(tmp_path: Path) -> None:
    """With a handful of tests instead of all: ``.ci/run`` runs the command as it stands."""
    run(COMMANDS[1] + " tests/text/test_edits.py tests/cli/test_clean.py -m 'not slow'", fresh_checkout(tmp_path))


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


def test_code_is_short() -> None:
    blocks = re.findall(r"```(?:sh|python)\n(.*?)```", README, re.DOTALL)
    assert len(blocks) == 4
    assert all(len(block.splitlines()) <= 12 for block in blocks)
