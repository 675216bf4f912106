"""Whatever happens during a run, nothing is lost, nothing is half-written, and the other files are cleaned."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.own_results import RECORD
from cleaner.cli import main
from cleaner.pipeline import Cleaner
from tests.articles import article, json_lines
from tests.cli.processes import MODULE, SECONDS
from tests.unprivileged import run_as_stranger, run_unprivileged

COUNT = 12


@pytest.fixture
def texts(run_in: Path) -> Path:
    """A folder of texts with scraps."""
    (run_in / "in").mkdir()
    for number in range(COUNT):
        (run_in / "in" / f"{number:02}.txt").write_text(article(number), "utf-8")
    return run_in


def results(folder: Path) -> list[str]:
    """What lies in a folder of results besides the record of the run."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name != RECORD)


ALL = [f"{number:02}.txt" for number in range(COUNT)]


# A worker dies


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that names the plague kills the process that cleans it, as the system does when memory runs out."""
    if multiprocessing.get_start_method() != "fork":
        pytest.skip("workers take over what this test changes only when they are forked")
    clean = Cleaner.clean_document

    def clean_document(self: Cleaner, text: str, *more: Any) -> Any:
        if "plague" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return clean(self, text, *more)

    monkeypatch.setattr(Cleaner, "clean_document", clean_document)


@pytest.mark.usefixtures("deadly")
def test_a_document_that_kills_its_worker_fails_alone(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "in" / "05.txt").write_text("The plague came to the town.\n")
    assert main(["in", "-o", "out", "-j", "2", "-q", "--rejects", "rejects.jsonl"]) == 2
    assert "error: in/05.txt: the process that cleaned it died" in capsys.readouterr().err
    assert results(texts / "out") == [name for name in ALL if name != "05.txt"]
    assert "05.txt" in Path("rejects.jsonl").read_text()


@pytest.mark.usefixtures("deadly")
def test_rows_that_kill_their_worker_pass_through(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = json_lines(1500)
    lines = data.splitlines(keepends=True)
    lines[700] = b'{"text": "The plague came to the town."}\n'
    Path("in/rows.jsonl").write_bytes(b"".join(lines))
    assert main(["in", "-o", "out", "-j", "2", "-q"]) == 2
    assert "were passed through as they are" in capsys.readouterr().err
    found = Path("out/rows.jsonl").read_bytes().splitlines(keepends=True)
    assert len(found) == 1500
    assert found[700] == lines[700]
    assert b"Follow us" not in found[0]
    assert b"Follow us" not in found[-1]
    assert results(texts / "out") == [*ALL, "rows.jsonl"]


# A run is told to stop


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_that_is_told_to_stop_goes_on_later(texts: Path, number: int, code: int, workers: str) -> None:
    Path("in/rows.jsonl").write_bytes(json_lines(6000))
    command = ["in", "-o", "out", "-j", workers, "-q", "--audit", "audit.jsonl"]
    process = subprocess.Popen([*MODULE, *command], stderr=subprocess.PIPE, text=True, start_new_session=True)
    partial = Path("out/.cleaner-rows.jsonl.partial")
    while process.poll() is None and not (partial.exists() and partial.stat().st_size):
        os.sched_yield()
    os.killpg(process.pid, number)
    _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == code, said
    assert said.startswith("stopped; finished files are written")
    assert "Traceback" not in said
    assert not Path("out/rows.jsonl").exists()
    assert not Path("audit.jsonl").exists()
    assert [name for name in results(texts / "out") if name.endswith((".tmp", ".lock"))] == []
    assert main(command) == 0
    assert results(texts / "out") == [*ALL, "rows.jsonl"]
    assert Path("out/rows.jsonl").read_bytes().count(b"\n") == 6000


# Two runs at once


@pytest.mark.slow
def test_a_second_run_into_the_same_output_is_refused(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/rows.jsonl").write_bytes(json_lines(6000))
    process = subprocess.Popen([*MODULE, "in", "-o", "out", "-j", "1", "-q"])
    while not Path("out/.cleaner-rows.jsonl.partial").exists():
        assert process.poll() is None
        os.sched_yield()
    for command in (["in", "-o", "out", "-q"], ["in/00.txt", "-o", "out/", "-q", "--profile", "facts"]):
        assert main(command) == 2
        assert f"out: another run is writing there (process {process.pid} on " in capsys.readouterr().err
    assert process.wait(SECONDS) == 0
    assert results(texts / "out") == [*ALL, "rows.jsonl"]
    assert Path("out/rows.jsonl").read_bytes().count(b"\n") == 6000


# Links in the output


@pytest.fixture
def elsewhere(texts: Path) -> Path:
    """A folder outside the output, with a file in it."""
    folder = texts / "elsewhere"
    folder.mkdir()
    (folder / "mine").write_text("mine\n")
    (texts / "out").mkdir()
    return folder


@pytest.mark.parametrize(
    "name",
    [".cleaner-journal", ".cleaner-lock", RECORD, ".cleaner-rows.jsonl.partial", ".cleaner-t.parquet.whole"],
)
@pytest.mark.parametrize("link", [os.symlink, os.link], ids=["symbolic", "hard"])
def test_a_link_in_place_of_a_file_of_the_run_is_not_followed(
    texts: Path, elsewhere: Path, name: str, link: Any
) -> None:
    link(elsewhere / "mine", texts / "out" / name)
    Path("in/rows.jsonl").write_bytes(json_lines(3))
    assert main(["in", "-o", "out", "-q"]) == 0
    assert (elsewhere / "mine").read_text() == "mine\n"
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
    assert Path("out/rows.jsonl").read_bytes().count(b"\n") == 3


def test_a_folder_of_results_that_is_a_link_gets_nothing(
    texts: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in/sub").mkdir()
    for name in ("a.txt", "b.jsonl"):
        Path("in/sub", name).write_bytes(json_lines(1))
    Path("out/sub").symlink_to(elsewhere)
    assert main(["in", "-o", "out", "-q"]) == 2
    assert capsys.readouterr().err.count("out/sub: is a link, and nothing is written through it") == 2
    assert [path.name for path in elsewhere.iterdir()] == ["mine"]
    assert results(texts / "out") == [*ALL, "sub"]


def test_a_result_that_is_a_link_is_replaced_and_not_followed(texts: Path, elsewhere: Path) -> None:
    Path("out/00.txt").symlink_to(elsewhere / "mine")
    assert main(["in", "-o", "out", "-q", "--overwrite"]) == 0
    assert (elsewhere / "mine").read_text() == "mine\n"
    assert not Path("out/00.txt").is_symlink()


def test_an_output_that_is_a_link_itself_is_taken(texts: Path, elsewhere: Path) -> None:
    Path("results").symlink_to("out")
    assert main(["in", "-o", "results", "-q"]) == 0
    assert results(texts / "out") == ALL


def test_inputs_behind_links_are_read_or_named(
    texts: Path, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in/linked").symlink_to(elsewhere)
    Path("in/file.txt").symlink_to("00.txt")
    Path("in/gone.txt").symlink_to("nowhere")
    assert main(["in", "-o", "out"]) == 2
    said = capsys.readouterr().err
    assert "in/linked: is a link to a folder and not followed" in said
    assert "in/gone.txt: is a link that leads nowhere" in said
    assert Path("out/file.txt").read_bytes() == Path("out/00.txt").read_bytes()


# Inputs that change


def change_when_cleaned(monkeypatch: pytest.MonkeyPatch, path: Path, change: Any) -> None:
    """Change a file while a document of it is being cleaned, once."""
    clean, left = Cleaner.clean_document, [change]

    def clean_document(self: Cleaner, text: str, *more: Any) -> Any:
        if left:
            left.pop()(path)
        return clean(self, text, *more)

    monkeypatch.setattr(Cleaner, "clean_document", clean_document)


def append(path: Path) -> None:
    with path.open("ab") as stream:
        stream.write(b'{"text": "A row that came late."}\n')


@pytest.mark.parametrize("options", [["--in-place"], ["-o", "out.jsonl"]], ids=["in place", "elsewhere"])
def test_rows_that_come_during_the_run_are_not_lost(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    rows = run_in / "rows.jsonl"
    rows.write_bytes(json_lines(3))
    change_when_cleaned(monkeypatch, rows, append)
    assert main(["rows.jsonl", *options, "-q"]) == 2
    assert "rows.jsonl: was changed by another program while it was cleaned" in capsys.readouterr().err
    assert rows.read_bytes() == json_lines(3) + b'{"text": "A row that came late."}\n'
    assert main(["rows.jsonl", *options, "-q"]) == 0
    target = rows if "--in-place" in options else Path("out.jsonl")
    assert target.read_bytes().endswith(b'{"text": "A row that came late."}\n')
    assert b"Follow us" not in target.read_bytes()


def test_a_text_that_changes_during_the_run_is_not_written_over(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = run_in / "a.txt"
    text.write_text(article(0), "utf-8")
    change_when_cleaned(monkeypatch, text, lambda path: path.write_text("newer\n"))
    assert main(["a.txt", "--in-place", "-q"]) == 2
    assert "a.txt: was changed by another program" in capsys.readouterr().err
    assert text.read_text() == "newer\n"
    assert [path.name for path in run_in.iterdir()] == ["a.txt"]


def test_an_input_that_vanishes_is_a_problem_of_its_own(
    texts: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("in/rows.jsonl").write_bytes(json_lines(3))
    change_when_cleaned(monkeypatch, Path("in/rows.jsonl"), Path.unlink)
    change_when_cleaned(monkeypatch, Path("in/11.txt"), Path.unlink)
    assert main(["in", "-o", "out", "-j", "1", "-q"]) == 2
    said = capsys.readouterr().err
    assert "error: in/11.txt: " in said
    assert "error: in/rows.jsonl: " in said
    assert results(texts / "out") == ALL[:-1]


def test_an_input_that_changed_back_to_its_size_and_time_is_read_anew(texts: Path) -> None:
    Path("in/05.txt").write_bytes(bytes(range(256)))
    command = ["in", "-o", "out", "-j", "1", "-q", "--max-errors", "0"]
    assert main(command) == 2
    changed = Path("in/00.txt")
    before = changed.stat()
    changed.write_text(changed.read_text("utf-8").replace("council", "parlour"), "utf-8")
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    Path("in/05.txt").write_text(article(5), "utf-8")
    assert main(command) == 0
    assert "parlour" in Path("out/00.txt").read_text("utf-8")


# The clock


def test_a_clock_that_runs_backwards_changes_nothing(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in/rows.jsonl").write_bytes(json_lines(3))
    assert main(["in", "-o", "right", "-j", "1", "-q", "--audit", "right.jsonl"]) == 0
    seconds = itertools.count(2_000_000_000, -3600)
    for name in ("time", "monotonic", "perf_counter"):
        monkeypatch.setattr(time, name, lambda: float(next(seconds)))
    assert main(["in", "-o", "out", "-j", "1", "-q", "--audit", "audit.jsonl"]) == 0
    assert Path("audit.jsonl").read_bytes() == Path("right.jsonl").read_bytes()
    for name in results(texts / "right"):
        assert Path("out", name).read_bytes() == Path("right", name).read_bytes()


@pytest.mark.parametrize("years", [-10, 10])
def test_a_run_goes_on_after_the_clock_was_set(texts: Path, years: int) -> None:
    """An input that is older than its result was changed all the same."""
    Path("in/05.txt").write_bytes(bytes(range(256)))
    command = ["in", "-o", "out", "-j", "1", "-q", "--max-errors", "0"]
    assert main(command) == 2
    assert results(texts / "out") != ALL
    changed, when = Path("in/00.txt"), time.time() + years * 365 * 86400
    changed.write_text(changed.read_text("utf-8").replace("council", "parlour"), "utf-8")
    Path("in/05.txt").write_text(article(5), "utf-8")
    for path in (changed, Path("in/05.txt")):
        os.utime(path, (when, when))
    assert main(command) == 0
    assert results(texts / "out") == ALL
    assert "parlour" in Path("out/00.txt").read_text("utf-8")
    assert main([*command, "--profile", "facts"]) == 0


# Names


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system takes no such names")
def test_every_name_is_cleaned_or_named(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (run_in / "in").mkdir()
    names = [
        b"a\nb.txt",
        b"\xff\xfe.txt",
        b"x" * 251 + b".txt",
        "名前‮.txt".encode(),
        b"-o.txt",
        b" .txt",
        b"\x1b[31m.txt",
    ]
    rows = [b"y" * 249 + b".jsonl", b"\xff.jsonl", b"z" * 240 + b".jsonl"]
    for name in [*names, *rows]:
        (run_in / "in" / os.fsdecode(name)).write_bytes(json_lines(1) if name in rows else article(1).encode())
    assert main(["in", "-o", "out", "--audit", "audit.jsonl"]) == 0
    assert sorted(os.fsencode(name) for name in results(run_in / "out")) == sorted([*names, *rows])
    assert "\x1b" not in capsys.readouterr().err
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert sorted(os.fsencode(name) for name in results(run_in / "back")) == sorted([*names, *rows])


def test_inputs_that_look_like_files_of_a_run_are_named(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in/.cleaner-notes.txt").write_text(article(1), "utf-8")
    assert main(["in", "-o", "out"]) == 0
    assert "note: in/.cleaner-notes.txt: is left out" in capsys.readouterr().err


# Places that cannot be written


def test_a_run_that_fails_makes_no_folder_of_the_name_of_the_output(run_in: Path) -> None:
    (run_in / "bad.txt").write_bytes(bytes(range(256)))
    for source, target in (("missing.jsonl", "clean.jsonl"), ("missing.txt", "clean.txt"), ("bad.txt", "clean.txt")):
        assert main([source, "-o", target, "-q"]) == 2
        assert not Path(target).exists()


def test_several_results_do_not_go_into_a_folder_that_is_named_like_a_file(
    texts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["in/00.txt", "in/01.txt", "-o", "clean.txt", "-q"]) == 2
    assert "write clean.txt/" in capsys.readouterr().err
    assert not Path("clean.txt").exists()
    assert main(["in/00.txt", "in/01.txt", "-o", "clean.txt/", "-q"]) == 0
    assert results(texts / "clean.txt") == ["00.txt", "01.txt"]
    assert main(["in/00.txt", "in/01.txt", "-o", "clean.txt", "-q"]) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no permissions of this kind")
def test_an_output_that_may_not_be_written_is_an_error(texts: Path) -> None:
    Path("out").mkdir(mode=0o555)
    done = run_unprivileged("in", "-o", "out", "-q")
    assert done.returncode == 2
    assert "out" in done.stderr
    assert "Permission denied" in done.stderr
    assert "Traceback" not in done.stderr
    Path("out").chmod(stat.S_IRWXU)
    assert results(texts / "out") == []


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="becomes a user without a home, as root on Linux"
)
def test_a_user_without_a_home_can_clean() -> None:
    code = "from cleaner import clean; print(clean('The council met.\\n\\nFollow us on:\\n').text, end='')"
    done = run_as_stranger(code)
    assert done.stdout == "The council met.\n", done.stderr
