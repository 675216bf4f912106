"""``clean help`` shows what --help shows."""

from __future__ import annotations

import pytest

from cleaner.cli import main


@pytest.mark.parametrize("words", [[], ["why"], ["rules"], ["rules", "new"], ["help"], ["site-memory", "show"]])
def test_help_is_that_of_the_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    # In this order: click keeps the option that a command was asked for first.
    assert main(["help", *words]) == 0
    shown = capsys.readouterr().out
    assert "-h, --help" in shown
    assert main([*words, "--help"]) == 0
    assert capsys.readouterr().out == shown


def test_a_command_that_is_none_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "lern"]) == 2
    assert "did you mean 'learn'?" in capsys.readouterr().err
