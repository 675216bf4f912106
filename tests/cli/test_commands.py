"""Every command is found by its name, and a name that is none gets an answer."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

import cleaner.cli
from cleaner import CleanerError
from cleaner.cli.commands import COMMANDS, command_named, find_command, meant_command


@pytest.mark.parametrize("name", ["clean", *COMMANDS])
def test_every_name_is_a_module_with_a_command(name: str) -> None:
    assert isinstance(command_named(name), click.Command)
    assert (Path(cleaner.cli.__path__[0]) / f"{name.replace('-', '_')}.py").exists()


def test_words_lead_to_a_command() -> None:
    assert find_command([]).name == "clean"
    named = find_command(["rules", "try"])
    assert (named.name, named.command.name) == ("clean rules try", "try")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["ruels"], "no command 'ruels'; did you mean 'rules'?"),
        (["xyz"], "no command 'xyz'; there are card, cluster, completion, config"),
        (["rules", "shwo"], "no command 'shwo'; did you mean 'show'?"),
        (["why", "new"], "`clean why` has no commands of its own; `clean help why` explains it"),
    ],
)
def test_a_name_that_is_none_gets_an_answer(words: list[str], answer: str) -> None:
    with pytest.raises(CleanerError) as caught:
        find_command(words)
    assert str(caught.value).startswith(answer)


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("hepl", "help"),
        ("Rules", "rules"),
        ("resotre", "restore"),
        ("article", ""),
        ("notes", ""),
        ("corpus", ""),
        ("input", ""),
        ("rules.txt", ""),
        ("./rulse", ""),
        ("-", ""),
    ],
)
def test_a_mistyped_word_means_a_command(word: str, command: str) -> None:
    assert meant_command(word) == command
