"""What the commands have in common when they print."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cleaner.cli.console import (
    DONE,
    ERRORS,
    DiffPrinter,
    console,
    counted,
    paged_diffs,
    print_line,
    print_problems,
    progress,
)
from cleaner.io.problems import Problem

ERROR, NOTE = Problem("a.txt", "is [bold]wrong[/bold]"), Problem("b.txt", "is empty", False)


def test_problems_are_printed_as_errors_and_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_problems([NOTE, ERROR]) == ERRORS
    assert capsys.readouterr().err == "note: b.txt: is empty\nerror: a.txt: is [bold]wrong[/bold]\n"


def test_notes_are_no_errors_and_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert print_problems([NOTE], quiet=True) == print_problems([]) == DONE
    assert capsys.readouterr().err == ""


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("written to out", "yellow")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "written to out\n")


def test_a_diff_is_printed_as_it_is_where_there_is_no_terminal(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    printer = DiffPrinter()
    printer.show([])
    printer.show(["-\N{SNOWMAN}\udc80"])
    assert capsysbinary.readouterr().out == b"-\xe2\x98\x83\\udc80\n"


def test_a_closed_pipe_ends_the_diffs_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        calls = 0

        def isatty(self) -> bool:
            type(self).calls += 1
            raise BrokenPipeError

    monkeypatch.setattr(sys, "stdout", Closed())
    printer = DiffPrinter()
    printer.show(["a"])
    printer.show(["b"])
    assert Closed.calls == 1


def test_the_progress_bar_is_silent_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(quiet=False) as bar:
        bar.advance(bar.add_task("cleaning", total=10), 5)
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_colours_may_be_forced_and_forbidden(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    print_line("note: a", "yellow")
    DiffPrinter().show(["-gone"])
    captured = capfd.readouterr()
    assert "\x1b[33m" in captured.err
    assert "\x1b[31m-gone" in captured.out
    monkeypatch.setenv("NO_COLOR", "1")
    print_line("note: a", "yellow")
    assert "33m" not in capfd.readouterr().err


def test_a_forced_colour_makes_no_bar_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress(quiet=False) as bar:
        bar.advance(bar.add_task("cleaning", total=10), 5)
    assert capsys.readouterr().err == ""


def test_long_messages_are_not_broken_where_no_terminal_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_line("error: " + "a/long/path/" * 40)
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="the pager of Windows shows no colours and is not used")
def test_diffs_go_to_the_pager_of_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv(
        "PAGER", f"{sys.executable} -c 'import sys; open(sys.argv[1], \"w\").write(sys.stdin.read())' {tmp_path}/seen"
    )
    with paged_diffs() as diffs:
        diffs.show(["-gone\x1b[2J"])
    seen = (tmp_path / "seen").read_text()
    assert "\x1b[31m-gone" in seen
    assert "\x1b[2J" not in seen


@pytest.mark.parametrize("pager", ["", "no-such-pager-anywhere"])
def test_without_a_pager_diffs_are_printed(
    pager: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGER", pager)
    with paged_diffs() as diffs:
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        diffs.show(["-gone"])
    with paged_diffs() as diffs:
        diffs.show(["-gone too"])
    assert "-gone too" in capfd.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="the pager of Windows shows no colours and is not used")
def test_a_pager_that_is_left_ends_the_diffs_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("PAGER", "true")
    with paged_diffs() as diffs:
        for _ in range(50):
            diffs.show(["-gone" * 1000])


def test_width_is_that_of_the_terminal_or_wide() -> None:
    assert console().width == 160


def test_counted_nouns() -> None:
    assert [counted(count, "row") for count in (0, 1, 1000)] == ["0 rows", "1 row", "1,000 rows"]
