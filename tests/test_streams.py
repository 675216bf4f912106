"""Standard input and output: pipes, back-pressure, rows as they come, and questions from other languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from cleaner.formats.rows import Keys
from cleaner.serving import answer
from tests.articles import article, json_lines

COMMAND = [sys.executable, "-c", "from cleaner.cli import run; run()"]
BODY = "The town council met on Tuesday evening and voted to repair the old bridge."
SECONDS = 60


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.fixture
def served() -> Iterator[subprocess.Popen[bytes]]:
    process = start("--serve-stdio")
    watch = threading.Timer(SECONDS, process.kill)  # a test that waits for an answer must end
    watch.start()
    yield process
    watch.cancel()
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream:
            stream.close()


def ask(process: subprocess.Popen[bytes], line: bytes) -> dict[str, object]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(line + b"\n")
    process.stdin.flush()
    answered: dict[str, object] = json.loads(process.stdout.readline())
    return answered


def test_questions_are_answered_one_by_one(served: subprocess.Popen[bytes]) -> None:
    cleaner = Cleaner()
    for number in range(20):
        text = article(number)
        found = ask(served, json.dumps({"id": number, "text": text}).encode())
        result = cleaner.clean(text)
        assert found["id"] == number
        assert found["text"] == (result.text if text.endswith("\n") else result.text.removesuffix("\n"))
        assert [one["rule"] for one in found["removed"]] == [edit.rule for edit in result.edits]  # type: ignore[attr-defined]
        assert found["metadata"] == result.metadata


def test_the_dialogue_of_the_guide_is_true() -> None:
    page = (Path(__file__).resolve().parent.parent / "docs" / "pipelines.md").read_text("utf-8")
    asked = re.findall(r"^> (.*)$", page, re.MULTILINE)
    told = re.findall(r"^< (.*)$", page, re.MULTILINE)
    assert len(asked) == len(told) >= 2
    for number, (question, said) in enumerate(zip(asked, told, strict=True), 1):
        assert answer(question.encode(), number, Cleaner(), Keys()) == json.loads(said)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"{", "line 1: is not JSON"),
        (b"[1]", "line 1: is no JSON object but list"),
        (b'{"id": "x", "body": "a"}', "line 1: has no field 'text' (it has 'id', 'body')"),
        (b'{"id": "x", "text": 5}', "line 1: the field 'text' holds int, not a string"),
        (b'\xff{"text": ""}', "line 1: is not UTF-8"),
    ],
)
def test_errors_are_answers_and_the_next_question_is_answered(
    served: subprocess.Popen[bytes], line: bytes, error: str
) -> None:
    found = ask(served, line)
    assert error in str(found["error"])
    assert found.get("id") == ("x" if b'"x"' in line else None)
    assert ask(served, b'{"text": ""}') == {"text": "", "removed": [], "metadata": {}, "flags": []}
    assert ask(served, b'\n{"text": "\\ud800"}')["text"] == "\N{REPLACEMENT CHARACTER}"


def test_the_service_ends_with_its_input(served: subprocess.Popen[bytes]) -> None:
    assert served.stdin is not None
    assert ask(served, b'{"text": "a"}')["text"] == "a"
    served.stdin.close()
    assert served.wait(SECONDS) == 0


def test_the_service_takes_no_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--serve-stdio", "a.txt"]) == 2
    assert "--serve-stdio reads standard input only" in capsys.readouterr().err
    assert main([]) == 2
    assert "PATH" in capsys.readouterr().err
    assert main(["a.txt", "--check", "--unbuffered"]) == 2
    assert "--unbuffered is for standard input" in capsys.readouterr().err


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
    code = "from cleaner.cli import run; run()"
    shell = f'"{sys.executable}" -c "{code}" - < rows.jsonl | head -n 2; echo ${{PIPESTATUS[0]}}'
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
