"""Children of this process, and the command itself, run nothing that lies in the working directory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.io.children import isolated_children
from tests.articles import article
from tests.places import ROOT

_NAMES = (
    *("multiprocessing", "pickle", "signal", "socket", "threading", "json", "hashlib", "tempfile", "struct", "random"),
    *("selectors", "subprocess", "concurrent", "queue", "copyreg", "re", "typing", "dataclasses", "pathlib", "lxml"),
    *("trafilatura", "click", "rich", "msgspec", "regex", "ftfy", "sitecustomize", "usercustomize", "logging", "csv"),
)


def test_the_environment_is_as_before() -> None:
    before = dict(os.environ)
    with isolated_children(), isolated_children():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert dict(os.environ) == before


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A folder of data with modules of names that are imported on the way; each leaves a mark when it runs."""
    folder = tmp_path / "data"
    folder.mkdir()
    for name in _NAMES:
        mark = f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r} + chr(10))\n"
        (folder / f"{name}.py").write_text(mark)
    paragraphs = "".join(f"<p>{line}</p>" for line in article(3).split("\n") if line)
    (folder / "page.html").write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    for i in range(3):
        (folder / f"{i}.txt").write_text(article(i), "utf-8")
    return folder


def run_in_trap(trap: Path, *command: str, stdin: str = "") -> None:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=trap,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    ran = trap.parent / "ran"
    assert not ran.exists(), f"{sorted(set(ran.read_text().split()))} ran"
    assert done.returncode == 0, done.stderr


@pytest.fixture
def script(tmp_path: Path) -> str:
    """What an installed command is: a script in a folder of its own."""
    path = tmp_path / "bin" / "clean"
    path.parent.mkdir()
    path.write_text("from cleaner.cli import run\nif __name__ == '__main__':\n    run()\n")
    return str(path)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_executes_nothing_from_the_folder_of_the_data(trap: Path, script: str, workers: str) -> None:
    run_in_trap(trap, script, ".", "-o", "../out", "-j", workers, "-q")
    assert (trap.parent / "out" / "page.txt").exists()


@pytest.mark.slow
def test_a_run_of_the_module_executes_nothing_from_the_folder_of_the_data(trap: Path) -> None:
    run_in_trap(trap, "-m", "cleaner", ".", "-o", "../out", "-j", "2", "-q")
    assert (trap.parent / "out" / "page.txt").exists()


@pytest.mark.slow
def test_the_service_executes_nothing_from_the_folder_of_the_data(trap: Path, script: str) -> None:
    run_in_trap(trap, script, "serve", stdin='{"text": "The council met."}\n')


_SPAWNED = """
import multiprocessing
from cleaner.io.pool import map_in_order
if __name__ == "__main__":
    multiprocessing.set_start_method({method!r})
    print(list(map_in_order(pow, [1, 2, 3], 2, 2)))
"""


@pytest.mark.slow
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_workers_execute_nothing_from_the_folder_of_the_data(trap: Path, script: str, method: str) -> None:
    """Newer versions of Python, and other systems than Linux, start workers in these ways."""
    Path(script).write_text(_SPAWNED.format(method=method))
    run_in_trap(trap, script)
