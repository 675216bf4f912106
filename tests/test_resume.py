"""A run that was killed goes on where it stopped, and its result is that of one that was not."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.formats.codecs import compress
from cleaner.journal import Journal
from tests.articles import article, json_lines, rows

_COMMAND = [sys.executable, "-c", "from cleaner.cli import run; run()"]


def digest(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_journal_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path, "x")
    journal.record(0, 0, {"path": "a"}, {"audit": 10})
    journal.record(1, 1, {"path": "b"}, {"audit": 20, "target": 5})
    journal.close(False)
    path.write_bytes(path.read_bytes() + b'{"job": 1, "sh')  # killed in the middle of a line
    again = Journal(path, "x")
    assert again.resumed
    assert not again.restarted
    assert again.finished == {0: {"path": "a"}}
    assert again.shards == (1, {"path": "b"})
    assert again.lengths == {"audit": 20, "target": 5}
    again.record(1, 0, {"path": "b"}, {"audit": 30})
    again.close(False)
    assert Journal(path, "x").finished == {0: {"path": "a"}, 1: {"path": "b"}}


def test_another_run_starts_over(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    Journal(path, "x").close(False)
    other = Journal(path, "y")
    assert other.restarted
    assert not other.resumed
    other.close(True)
    assert not path.exists()


def make_input(folder: Path, files: int, count: int) -> None:
    folder.mkdir()
    for i in range(files):
        (folder / f"{i:04}.txt").write_text(article(i), encoding="utf-8")
    (folder / "rows.jsonl").write_bytes(json_lines(count))
    (folder / "zip.jsonl.gz").write_bytes(compress(json_lines(count // 2), "gzip"))


_OPTIONS = ["--audit", "audit.jsonl.gz", "--rejects", "rejects.jsonl", "--stats", "stats.json", "-q", "-j", "2"]


@pytest.mark.slow
def test_killed_at_ten_moments(tmp_path: Path) -> None:
    make_input(tmp_path / "in", 400, 4000)
    if find_spec("pyarrow"):
        from pyarrow import Table, parquet

        parquet.write_table(Table.from_pylist(rows(2000)), tmp_path / "in" / "table.parquet", row_group_size=300)
    for name in ("whole", "killed"):
        (tmp_path / name).mkdir()
    command = [*_COMMAND, str(tmp_path / "in"), "-o", "out", *_OPTIONS]
    subprocess.run(command, cwd=tmp_path / "whole", check=True)
    chance = random.Random(7)
    kills = 0
    for _ in range(40):
        process = subprocess.Popen(command, cwd=tmp_path / "killed", start_new_session=True)
        try:
            process.wait(0.4 + chance.random())
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
            continue
        assert process.returncode == 0
        if kills >= 10:
            break
        for path in sorted((tmp_path / "killed").rglob("*"), reverse=True):  # done too early: once more from the start
            path.unlink() if path.is_file() else path.rmdir()
    else:
        subprocess.run(command, cwd=tmp_path / "killed", check=True)
    assert kills >= 10
    assert digest(tmp_path / "killed") == digest(tmp_path / "whole")


def test_done_work_is_not_done_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_input(tmp_path / "in", 30, 20)
    (tmp_path / "in" / "0011.txt").write_bytes(b"\x00\x01\x02" * 99)
    arguments = ["in", "-o", "out", "-j", "1", "--audit", "audit.jsonl", "--max-errors", "0"]
    assert main(arguments) == 2  # stops at the eleventh file
    assert not Path("audit.jsonl").exists()
    first = (tmp_path / "out" / "0003.txt").stat()
    (tmp_path / "in" / "0011.txt").write_text(article(11), encoding="utf-8")
    os.utime(tmp_path / "in" / "0011.txt", ns=(1, 1))
    assert main(arguments) == 0  # a file changed: starts over
    assert (tmp_path / "out" / "0003.txt").stat().st_mtime_ns > first.st_mtime_ns
    assert len(Path("audit.jsonl").read_text().splitlines()) == 30 + 20 + 10
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []


def test_going_on_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    make_input(tmp_path / "in", 30, 20)
    (tmp_path / "in" / "0011.txt").write_bytes(b"\x00\x01\x02" * 99)
    arguments = ["in", "-o", "out", "-j", "1", "--stats", "stats.json", "--audit", "audit.jsonl", "--max-errors"]
    assert main([*arguments, "0"]) == 2
    assert "raise --max-errors" in capsys.readouterr().err
    before = (tmp_path / "out" / "0003.txt").stat().st_mtime_ns
    assert main([*arguments, "1"]) == 2  # the same run but for when to stop
    assert "going on after" in capsys.readouterr().err
    assert (tmp_path / "out" / "0003.txt").stat().st_mtime_ns == before
    assert json.loads(Path("stats.json").read_text())["documents"] == 29 + 20 + 10
    assert len(Path("audit.jsonl").read_text().splitlines()) == 29 + 20 + 10
    assert main([*arguments, "1", "--profile", "facts"]) == 2
    assert "starting over" not in capsys.readouterr().err  # the run before was done


@pytest.mark.parametrize("gone", ["out/0003.txt", ".cleaner-audit.jsonl.partial"])
def test_outputs_taken_away_are_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], gone: str
) -> None:
    monkeypatch.chdir(tmp_path)
    make_input(tmp_path / "in", 30, 20)
    (tmp_path / "in" / "0011.txt").write_bytes(b"\x00\x01\x02" * 99)
    arguments = ["in", "-o", "out", "-j", "1", "--audit", "audit.jsonl", "--max-errors"]
    assert main([*arguments, "0"]) == 2
    Path(gone).unlink()
    assert main([*arguments, "1"]) == 2
    assert "starting over" in capsys.readouterr().err
    assert Path("out/0003.txt").exists()
    assert len(Path("audit.jsonl").read_text().splitlines()) == 29 + 20 + 10


def test_a_result_that_could_not_be_written_is_not_half_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where a folder of results must be; the run is stopped, and goes on when that file is gone."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "s").mkdir(parents=True)
    (tmp_path / "in" / "s" / "a.jsonl").write_bytes(json_lines(1500))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "s").write_text("in the way")
    (tmp_path / "in" / "b.txt").write_text(article(1), encoding="utf-8")
    arguments = ["in", "-o", "out", "-j", "1", "-q", "--audit", "audit.jsonl"]
    with monkeypatch.context() as patched:
        patched.setattr("cleaner.runner._Writer._end", stop)
        assert main(arguments) == 130
    (tmp_path / "out" / "s").unlink()
    assert main(arguments) == 0
    assert (tmp_path / "out" / "s" / "a.jsonl").read_bytes().count(b"\n") == 1500
    assert Path("audit.jsonl").read_bytes().count(b"\n") == 1501
