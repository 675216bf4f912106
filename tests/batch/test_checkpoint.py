"""A run that was killed goes on where it stopped, and its result is that of one that was not."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.batch.checkpoint import Journal, fingerprint, journal_path
from cleaner.batch.jobs import Job
from cleaner.batch.options import Options, Outputs
from cleaner.cli import main
from cleaner.io.compression import compress
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


def test_what_a_killed_write_left_is_removed_by_the_next_run(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    make_input(source, 3, 2)
    output.mkdir()
    kept = output / ".cleaner-mine.txt"
    for path in (output / ".cleaner-x.tmp", kept):
        path.touch()
    journal_path(output, []).write_text('{"fingerprint": "another"}\n', encoding="utf-8")
    subprocess.run([*_COMMAND, str(source), "-o", str(output), "-q"], cwd=tmp_path, check=True)
    assert sorted(path.name for path in output.iterdir() if path.name.startswith(".")) == [kept.name]


def make_input(folder: Path, files: int, count: int) -> None:
    folder.mkdir()
    for i in range(files):
        (folder / f"{i:04}.txt").write_text(article(i), encoding="utf-8")
    (folder / "rows.jsonl").write_bytes(json_lines(count))
    (folder / "zip.jsonl.gz").write_bytes(compress(json_lines(count // 2), "gzip"))


_OPTIONS = ["--audit", "audit.jsonl.gz", "--rejects", "rejects.jsonl", "--stats", "stats.json", "-q", "-j", "2"]


@pytest.mark.slow
def test_killed_at_ten_moments(tmp_path: Path) -> None:
    make_input(tmp_path / "in", 250, 2500)
    (tmp_path / "in" / "array.json").write_text(json.dumps({"n": 1, "rows": rows(300)}, indent=1), "utf-8")
    if find_spec("pyarrow"):
        from pyarrow import Table, parquet

        parquet.write_table(Table.from_pylist(rows(1200)), tmp_path / "in" / "table.parquet", row_group_size=300)
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


def test_a_damaged_journal_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"{oops\n")
    journal = Journal(path, "x")
    assert not journal.resumed
    assert not journal.restarted


def test_the_journal_lies_beside_a_single_result_or_in_the_folder_of_results() -> None:
    one = Job(Path("in.jsonl"), "jsonl", Path("out/a.jsonl"), "a.jsonl")
    assert journal_path(Path("out/a.jsonl"), [one]) == Path("out/.cleaner-a.jsonl.journal")
    assert journal_path(Path("out"), [one]) == Path("out/.cleaner-journal")


def test_the_fingerprint_changes_with_all_that_the_result_depends_on(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("x")
    jobs = [Job(source, "text", None, "a.txt")]
    known = fingerprint(Cleaner(), jobs, Options())
    assert known == fingerprint(Cleaner(), jobs, Options())
    others = {
        fingerprint(Cleaner(profile="facts"), jobs, Options()),
        fingerprint(Cleaner(guard=0.5), jobs, Options()),
        fingerprint(Cleaner(), jobs, Options(drop_flagged=True)),
        fingerprint(Cleaner(), jobs, Options(outputs=Outputs(audit=Path("x")))),
        fingerprint(Cleaner(), [], Options()),
    }
    source.write_text("xy")
    others.add(fingerprint(Cleaner(), jobs, Options()))
    assert len(others | {known}) == 7


# Journals and results that are not as they were left


@pytest.fixture
def stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command of a run that stopped in the middle, in its folder."""
    monkeypatch.chdir(tmp_path)
    make_input(tmp_path / "in", 20, 20)
    (tmp_path / "in" / "0011.txt").write_bytes(b"\x00\x01\x02" * 99)
    command = ["in", "-o", "out", "-j", "1", "-q", "--audit", "audit.jsonl", "--max-errors"]
    assert main([*command, "0"]) == 2
    assert (tmp_path / "out" / ".cleaner-journal").exists()
    return [*command, "1"]


def flipped(data: bytes) -> bytes:
    """One bit in the middle of a value, so that the line is still JSON."""
    return data.replace(b'"documents": 1', b'"documents": 3', 1)


def signed(line: dict[str, object]) -> bytes:
    content = json.dumps(line).encode()
    return hashlib.blake2b(content, digest_size=8).hexdigest().encode() + b" " + content + b"\n"


def forged(**values: object) -> Callable[[bytes], bytes]:
    """A line with a right checksum that says what cannot be."""
    line = {"job": 0, "shards": 0, "report": {}, "lengths": {}, "digests": {}, **values}
    return lambda data: data + signed(line)


@pytest.mark.parametrize(
    "damage",
    [
        flipped,
        lambda data: b"\0" * len(data),
        lambda data: data.replace(b"\n", b"\n\n"),
        lambda data: data[:200] + data[300:],
        lambda data: b"[]\n" * 9,
        forged(shards=-1),
        forged(shards=10**30),
        forged(job=-1),
        forged(job=10_000),
        forged(job="0"),
        forged(lengths={"audit": -5}),
        forged(lengths={"audit": 10**12}),
        forged(lengths=[]),
        forged(report=None),
        forged(report={"written": True}),
        forged(more=1),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_journal_that_cannot_be_is_as_good_as_none(stopped: list[str], damage: Callable[[bytes], bytes]) -> None:
    journal = Path("out/.cleaner-journal")
    journal.write_bytes(damage(journal.read_bytes()))
    assert main(stopped) == 2  # the file that is no text
    assert sorted(path.name for path in Path("out").glob("*.txt")) == [f"{i:04}.txt" for i in range(20) if i != 11]
    assert len(Path("audit.jsonl").read_text().splitlines()) == 19 + 20 + 10
    assert not journal.exists()


@pytest.mark.parametrize("name", ["out/0003.txt", ".cleaner-audit.jsonl.partial"])
def test_what_a_power_cut_left_as_zeros_is_made_anew(stopped: list[str], name: str) -> None:
    Path(name).write_bytes(b"\0" * Path(name).stat().st_size)
    assert main([*stopped, "--overwrite"]) == 2
    assert b"\0" not in Path("out/0003.txt").read_bytes()
    assert b"\0" not in Path("audit.jsonl").read_bytes()
    assert len(Path("audit.jsonl").read_text().splitlines()) == 19 + 20 + 10


def test_a_result_that_somebody_changed_meanwhile_is_made_anew_only_when_told(
    stopped: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("out/0003.txt").write_text("changed\n")
    assert main(stopped) == 2
    assert "out/0003.txt: exists, and no earlier run wrote it as it is now" in capsys.readouterr().err
    assert Path("out/0003.txt").read_text() == "changed\n"
