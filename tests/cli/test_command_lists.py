"""The help lists commands with whole sentences, and a command that there is not gets an answer."""

from __future__ import annotations

import pytest

from cleaner.cli import main
from cleaner.cli.commands import COMMANDS, command_named


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What a command prints, with single blanks: the width of the screen does not matter."""
    main(list(words))
    return " ".join("".join(capsys.readouterr()).split())


def test_the_help_names_every_command_and_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "--help")
    for name in COMMANDS:
        assert f" {name} {command_named(name).get_short_help_str(1_000)}" in text


@pytest.mark.parametrize("group", ["rules", "config", "site-memory"])
def test_the_help_of_a_group_is_not_cut(group: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, group, "--help")
    commands = command_named(group).commands  # type: ignore[attr-defined]
    assert len(commands) > 1
    for name, command in commands.items():
        assert f" {name} {command.get_short_help_str(1_000)}" in text


def test_a_command_that_there_is_not_gets_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert "No such command 'lst'; did you mean 'list'? There are check, format, install," in shown(
        capsys, "rules", "lst"
    )
    assert "No such command 'zzz'; there are schema, show" in shown(capsys, "config", "zzz")
    assert main(["config", "zzz"]) == 2
