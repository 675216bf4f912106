"""``clean help`` shows what --help shows."""

from __future__ import annotations

import pytest

from cleaner.cli import main


@pytest.mark.parametrize("words", [[], ["why"], ["rules"], ["rules", "new"], ["help"]])
def test_help_is_that_of_the_command(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--help"]) == 0
    wanted = capsys.readouterr().out
    assert main(["help", *words]) == 0
    assert capsys.readouterr().out == wanted


def test_a_command_that_is_none_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help", "lern"]) == 2
    assert "did you mean 'learn'?" in capsys.readouterr().err
