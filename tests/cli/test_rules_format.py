"""``clean rules format``."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli import main

MESSY = """[[rule]]
lines = ["Share", "Print"]
"""
FORMATTED = """[[rule]]
lines = [
  "Print",
  "Share",
]
"""


@pytest.fixture
def own(run_in: Path) -> Path:
    path = run_in / "own.toml"
    path.write_text(MESSY, "utf-8")
    return path


def test_files_are_formatted(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "format", "own.toml"]) == 0
    assert own.read_text("utf-8") == FORMATTED
    assert capsys.readouterr().out == "formatted own.toml\n1 file formatted, 0 files unchanged\n"
    assert main(["rules", "format", "."]) == 0
    assert capsys.readouterr().out == "0 files formatted, 1 file unchanged\n"


def test_check_writes_nothing_and_fails_when_a_file_would_change(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "format", "--check", "own.toml"]) == 1
    assert own.read_text("utf-8") == MESSY
    assert "would format own.toml\n1 file would be formatted" in capsys.readouterr().out
    own.write_text(FORMATTED, "utf-8")
    assert main(["rules", "format", "--check", "own.toml"]) == 0


def test_diff_shows_the_change_and_writes_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "format", "--diff", "own.toml"]) == 0
    assert own.read_text("utf-8") == MESSY
    shown = capsys.readouterr().out
    assert shown.startswith("--- own.toml\n+++ own.toml\n")
    assert '-lines = ["Share", "Print"]\n+lines = [\n' in shown
    assert main(["rules", "format", "--diff", "--check", "own.toml"]) == 1


def test_nothing_is_written_when_a_file_is_not_toml(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("zzz.toml").write_text("[[rule]\n", "utf-8")
    assert main(["rules", "format", "own.toml", "zzz.toml"]) == 2
    message = capsys.readouterr().err
    assert "zzz.toml:1:" in message
    assert "is not TOML" in message
    assert own.read_text("utf-8") == MESSY
