"""``python -m benchmarks.leaderboard``, as somebody types it."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from benchmarks.leaderboard.__main__ import main
from benchmarks.leaderboard.results import read_results
from tests.benchmarks.tiny import corpus_folder
from tests.places import ROOT

PYTHON = shlex.quote(sys.executable)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(corpus_folder(tmp_path / "corpus"))


def test_cleaners_of_all_kinds_stand_in_one_table(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = f"{PYTHON} -c 'import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2], dirs_exist_ok=True)'"
    echo = f"{PYTHON} -c 'import shutil, sys; shutil.copyfileobj(sys.stdin.buffer, sys.stdout.buffer)'"
    own = ["--function", "strip=textwrap:dedent", "--command", f"echo={echo}"]
    own += ["--folder-command", f"copy={copy} {{input}} {{output}}"]
    about = ["--version-of", "strip=3.12", "--note", "echo=does nothing", "--trained-on", "copy=river.*,harm/*"]
    path = tmp_path / "results.json"
    assert main([folder, "--baselines", "unchanged,cleaner,heuristics", *own, *about, "-o", str(path)]) == 0
    printed = capsys.readouterr().out
    for name in ("unchanged", "cleaner †", "heuristics", "strip", "echo", "copy †"):
        assert f"| {name} |" in printed
    rows = {line.split(" | ")[0][2:]: line.split(" | ") for line in printed.split("\n\n")[0].split("\n")[2:]}
    assert float(rows["cleaner †"][1]) > float(rows["unchanged"][1]) == 0.0
    assert rows["cleaner †"][2] == "0"
    assert rows["echo"][1:6] == rows["unchanged"][1:6]
    entries = {entry.name: entry for entry in read_results(path).cleaners}
    assert (entries["strip"].how, entries["strip"].version) == ("function", "3.12")
    assert entries["copy"].trained_on == ["river.*", "harm/*"]
    assert entries["echo"].note == "does nothing"


def test_results_of_two_runs_become_one_table(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(tmp_path / f"{name}.json") for name in ("heuristics", "unchanged")]
    for path in files:
        assert main([folder, "--baselines", Path(path).stem, "-o", path]) == 0
    capsys.readouterr()
    assert main(["--merge", *files, "-o", str(tmp_path / "all.json")]) == 0
    printed = capsys.readouterr().out
    assert "| heuristics |" in printed
    assert "| unchanged |" in printed
    assert [one.name for one in read_results(tmp_path / "all.json").cleaners] == ["heuristics", "unchanged"]

    assert main([folder, "--sample", "1", "--baselines", "ftfy", "-o", files[1]]) == 0
    assert main(["--merge", *files]) == 2
    assert "is not the same texts in both" in capsys.readouterr().err


def test_the_rows_of_a_sample_are_told(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([folder, "--sample", "1", "--baselines", "unchanged"]) == 0
    assert "3 of 5 rows of 3 files." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a folder with ground truths"),
        (["nofolder"], "is no folder"),
        (["FOLDER", "--sample", "-1"], "--sample cannot be less than 0"),
        (["FOLDER", "--baselines", "none"], "there is no cleaner to measure"),
        (["FOLDER", "--baselines", "c5"], "no baseline 'c5'; there are unchanged, ftfy, c4"),
        (["FOLDER", "--baselines", "none", "--function", "textwrap:dedent"], "write it as NAME=…"),
        (["FOLDER", "--baselines", "none", "--function", "a=no_such:thing"], "cannot be imported"),
        (["FOLDER", "--baselines", "none", "--command", "a=no-such-program"], "cannot be run"),
        (["FOLDER", "--baselines", "unchanged", "--note", "a=b"], "--note names 'a', which is no cleaner"),
        (["FOLDER", "--baselines", "ftfy", "--function", "ftfy=textwrap:dedent"], "two cleaners are called 'ftfy'"),
        (["--merge", "nofile.json"], "cannot be read"),
    ],
)
def test_wrong_input_is_told(
    folder: str, run_in: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main([folder if word == "FOLDER" else word for word in arguments]) == 2
    assert message in capsys.readouterr().err


def test_the_page_has_the_table_that_the_results_beside_it_give(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/leaderboard.json is what was measured; it holds figures and no texts."""
    assert main(["--merge", str(ROOT / "docs" / "leaderboard.json")]) == 0
    assert capsys.readouterr().out.strip() in (ROOT / "docs" / "leaderboard.md").read_text("utf-8")
    assert "text" not in json.loads((ROOT / "docs" / "leaderboard.json").read_text("utf-8"))
