"""``clean FILE`` prints the result."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cleaner.cli import main

BODY = "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n"
SCRAPPY = f"{BODY}\nFollow us on:\n"


@pytest.fixture
def files(run_in: Path) -> Path:
    Path("a.txt").write_text(SCRAPPY)
    rows = "".join(json.dumps({"id": number, "text": SCRAPPY}) + "\n" for number in range(2))
    Path("rows.jsonl").write_text(rows)
    Path("rows.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    Path("rows.csv").write_text(f'id,text\n1,"{SCRAPPY}"\n')
    return run_in


def test_a_text_is_printed_and_nothing_else(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = sorted(files.iterdir())
    assert main(["a.txt"]) == 0
    assert capfd.readouterr() == (BODY, "")
    assert sorted(files.iterdir()) == before
    assert Path("a.txt").read_text() == SCRAPPY


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_rows_are_printed_as_rows(name: str, files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main([name]) == 0
    assert [json.loads(line)["text"] for line in capfd.readouterr().out.splitlines()] == [BODY, BODY]


def test_csv_is_printed_as_csv(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rows.csv"]) == 0
    assert "Follow us" not in (printed := capfd.readouterr().out)
    assert printed.startswith("id,text\n1,")


def test_verbose_says_what_went(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["a.txt", "--verbose"]) == 0
    assert capfd.readouterr() == (BODY, "3 words removed: follow-us 1\n")


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (["a.txt", "rows.csv"], "where should the results go? One file is printed"),
        (["."], "where should the results go? One file is printed"),
        (["a.txt", "--audit", "audit.jsonl"], "are for results that are written: give -o"),
        (["a.txt", "--report", "x.html"], "--report, --scores and --stats are for results that are written: give -o"),
        (["a.txt", "--sidecar"], "--sidecar writes beside the result, and none is written: give -o FILE or -o FOLDER"),
        (["rows.csv", "--metadata-key", "text"], "error: --metadata-key text: that field is read; name a new one"),
        (["rows.jsonl", "--flags-key", "x", "--keep-removed", "x"], "--flags-key x: --keep-removed writes it already"),
        (["b.txt"], "error: b.txt: does not exist; check the path"),
        (["a.txt", "--quiet", "--verbose"], "give --quiet or --verbose, not both"),
    ],
)
def test_what_cannot_be_printed_gets_an_answer(
    arguments: list[str], answer: str, files: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    printed = capfd.readouterr()
    assert printed.out == ""
    assert answer in " ".join(printed.err.split())


def test_a_file_that_is_no_text_prints_nothing(files: Path, capfd: pytest.CaptureFixture[str]) -> None:
    Path("b.txt").write_bytes(b"\x89PNG\0\0\0")
    assert main(["b.txt"]) == 2
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: b.txt: ")
