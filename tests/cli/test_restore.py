"""``clean restore``: the way back from an audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli import main

TEXT = "The town council met on Tuesday evening and voted to repair the old bridge.\n\nFollow us on:\n"


@pytest.fixture
def cleaned(run_in: Path) -> Path:
    """A folder with a text that was cleaned, and its audit."""
    Path("a.txt").write_text(TEXT, "utf-8")
    assert main(["a.txt", "-o", "b.txt", "--audit", "audit.jsonl", "-q"]) == 0
    assert Path("b.txt").read_text("utf-8") != TEXT
    return run_in


def test_the_text_is_restored(cleaned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 0
    assert Path("c.txt").read_text("utf-8") == TEXT
    assert "1 document restored" in capsys.readouterr().err


def test_what_does_not_fit_is_an_error(cleaned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.txt").write_text("Another text.\n", "utf-8")
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--audit", "audit.jsonl"], ["-o", "c.txt"]])
def test_audit_and_output_are_required(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", "b.txt", *arguments]) == 2
    assert "Missing option" in capsys.readouterr().err
