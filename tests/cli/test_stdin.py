"""``clean -``: text and rows through pipes, back-pressure, rows as they come."""

from __future__ import annotations

import io
import json
import os
import shlex
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.articles import json_lines
from tests.cli.processes import MODULE, start

BODY = "The town council met on Tuesday evening and voted to repair the old bridge."
SECONDS = 60


CLEAN = f"Council votes to repair the bridge\n\n{BODY}\n"
SCRAPPY = f"{CLEAN}\nFollow us on:\n"


class Stdin(io.TextIOWrapper):
    """Standard input from bytes, with the buffer that a real one has."""

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BufferedReader(io.BytesIO(data)))


def test_the_time_of_a_document_is_limited(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-", "--document-seconds", "0.000000001"]) == 0
    assert capsysbinary.readouterr().out == SCRAPPY.encode()


def test_standard_input_to_standard_output(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-"]) == 0
    assert capsysbinary.readouterr().out == CLEAN.encode()


def test_rows_on_standard_input(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(json.dumps({"text": SCRAPPY, "id": "x"}).encode() + b"\nnonsense\n"))
    assert main(["-"]) == 2
    captured = capsysbinary.readouterr()
    first, second = captured.out.splitlines()
    assert json.loads(first) == {"text": CLEAN, "id": "x"}
    assert second == b"nonsense"
    assert b"-:2: is not JSON" in captured.err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-", "--site-lines"], "--site-lines reads everything twice"),
        (["-", "a.txt"], "- reads standard input and writes standard output; give it alone"),
        (["-", "-o", "out"], "- reads standard input and writes standard output; give it alone"),
        (["-", "--in-place"], "- reads standard input and writes standard output; give it alone"),
        (["-", "--audit", "a.jsonl"], "need files to read, not -"),
        (["-", "--stats", "a.json"], "need files to read, not -"),
        (["a.txt", "-o", "-"], "results go to standard output when standard input is read: clean - < FILE"),
        (["a.txt", "--check", "--unbuffered"], "--unbuffered is for standard input"),
        (["-", "--metadata-key", "text"], "--metadata-key text: that field is read; name a new one"),
        (["-", "--format", "parquet"], "parquet cannot be read from a pipe; give the file"),
    ],
)
def test_what_a_pipe_cannot_do(
    arguments: list[str], message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b""))
    assert main(arguments) == 2
    assert message in " ".join(capsys.readouterr().err.split())


def test_check_writes_nothing_and_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    for text, code in ((CLEAN, 0), (SCRAPPY, 1)):
        monkeypatch.setattr(sys, "stdin", Stdin(text.encode()))
        assert main(["-", "--check"]) == code
        assert capsysbinary.readouterr().out == b""


def test_diff_takes_the_place_of_the_text(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-", "--diff"]) == 0
    assert b"-Follow us on:\n" in capsysbinary.readouterr().out


def test_rows_come_out_as_they_go_in() -> None:
    process = start("-", "--unbuffered")
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    assert process.stdin is not None
    assert process.stdout is not None
    for number in range(5):
        process.stdin.write(json.dumps({"text": f"{BODY}\n\nFollow us on:", "n": number}).encode() + b"\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == {"text": BODY, "n": number}
    process.stdin.close()
    assert process.wait(SECONDS) == 0
    watch.cancel()
    process.stdout.close()
    process.stderr.close()  # type: ignore[union-attr]


@pytest.mark.skipif(os.name != "posix", reason="a shell with head")
def test_who_reads_no_further_ends_the_pipe(tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    rows.write_bytes(json_lines(5000))
    shell = f"{shlex.join(MODULE)} - < rows.jsonl | head -n 2; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS)
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert lines[-1] == "0"
    assert done.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_slow_reader_holds_up_the_writer() -> None:
    """Back-pressure: while nobody reads the output, input is taken only until the pipes are full, and memory stays."""
    process = start("-")
    assert process.stdin is not None
    os.set_blocking(process.stdin.fileno(), False)
    row = json_lines(20)
    written, idle = 0, threading.Event()
    for _ in range(200):
        try:
            written += os.write(process.stdin.fileno(), row)
        except BlockingIOError:
            idle.wait(0.05)
    assert written < 1_000_000
    memory = int(Path(f"/proc/{process.pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    assert memory < 400_000_000
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()  # type: ignore[union-attr]


@pytest.mark.parametrize("option", [["--text-key", "Inhalt"], ["--id-key", "nr"], ["--delimiter", ";"]])
def test_an_option_about_rows_needs_rows(
    option: list[str], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-", *option]) == 2
    captured = capsysbinary.readouterr()
    assert captured.out == b""
    assert f"{option[0]} is about rows; say what they are with --format".encode() in captured.err


def test_a_configured_text_key_does_not_ask_for_rows(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    Path("cleaner.toml").write_text('[clean]\ntext-key = "Inhalt"\n', "utf-8")
    monkeypatch.setattr(sys, "stdin", Stdin(SCRAPPY.encode()))
    assert main(["-"]) == 0
    assert capsysbinary.readouterr().out == CLEAN.encode()
