"""Groups of options that several commands take."""

from __future__ import annotations

import json
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import click
import pytest

from cleaner.cli import main
from cleaner.cli.commands import COMMANDS
from cleaner.cli.parameters import (
    DocumentOptions,
    FieldOptions,
    InputOptions,
    PageOptions,
    RuleOptions,
    cleaner_of,
)
from cleaner.config.settings import Config
from cleaner.errors import CleanerError
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR
from cleaner.io.formats.base import FieldNames
from cleaner.io.formats.fields import TEXT_FIELDS

RULE_NAMES = {field.name for field in fields(RuleOptions)}


def commands() -> dict[str, click.Command]:
    """Every command by its full name, groups left out."""
    found: dict[str, click.Command] = {}
    for name in ("clean", *COMMANDS):
        command: click.Command = import_module(f"cleaner.cli.{name.replace('-', '_')}").command
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        found |= {f"{name} {word}".strip(): one for word, one in inner.items()}
    return found


@pytest.mark.parametrize(
    "name", ["clean", "serve", "cluster", "why", "learn", "config show", "rules list", "rules try", "rules stats"]
)
def test_commands_that_apply_rules_take_all_rule_options(name: str) -> None:
    assert {parameter.name for parameter in commands()[name].params} >= RULE_NAMES


@pytest.mark.parametrize("name", ["clean", "why", "learn", "rules try", "rules stats"])
def test_commands_that_read_documents_say_how_pages_and_rows_are_read(name: str) -> None:
    names = {field.name for group in (PageOptions, FieldOptions) for field in fields(group)}
    assert {parameter.name for parameter in commands()[name].params} >= names


def test_every_option_has_a_help_text() -> None:
    lacking = [
        f"{name} {option.opts[0]}"
        for name, command in commands().items()
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert lacking == []


def test_an_option_means_the_same_in_every_command() -> None:
    types: dict[str, set[str]] = {}
    for command in commands().values():
        for option in command.params:
            if isinstance(option, click.Option) and option.name in RULE_NAMES:
                types.setdefault(option.name, set()).add(f"{option.opts} {option.help}")
    assert {name for name, found in types.items() if len(found) > 1} == set()


def test_the_defaults_of_the_fields_are_those_of_the_library() -> None:
    assert FieldOptions().keys() == FieldNames(guesses=TEXT_FIELDS)
    assert FieldOptions(text_key="title, text").keys() == FieldNames("title", more_texts=("text",))
    assert PageOptions().extractor == DEFAULT_EXTRACTOR
    reading = DocumentOptions(fields=FieldOptions(text_key="body"), pages=PageOptions(page_seconds=5)).reading()
    assert (reading.keys.text, reading.page_seconds, reading.extractor) == ("body", 5, DEFAULT_EXTRACTOR)


def test_rule_options_add_to_the_configuration_of_the_project(run_in: Path) -> None:
    Path("cleaner.toml").write_text('keep = ["byline"]\n', "utf-8")
    config = RuleOptions(keep=("follow-us",), profile="strict").config()
    assert (config.spec.keep, config.spec.profile) == (["byline", "follow-us"], "strict")
    assert RuleOptions(isolated=True).config().path is None
    with pytest.raises(click.UsageError, match="give it or --config, not both"):
        RuleOptions(isolated=True, config_path=Path("cleaner.toml")).config()


def test_a_cleaner_has_the_selected_rules() -> None:
    config = Config(isolated=True).with_options(select=["follow-us"])
    assert {rule.scrap_class for rule in cleaner_of(config).rules} == {"follow-us"}


def test_no_files_are_an_error(run_in: Path) -> None:
    Path("in").mkdir()
    with pytest.raises(CleanerError, match="no files to read in in; see --include for other suffixes"):
        InputOptions().plan((Path("in"),))
    with pytest.raises(CleanerError, match="no files to clean in in; see --include"):
        InputOptions().plan((Path("in"),), Path("out"))


def test_input_options_choose_the_files(run_in: Path) -> None:
    for name in ("a.txt", "b.md", "c.data"):
        Path(name).write_text("x", "utf-8")
    planned = InputOptions(include=("*.txt", "*.data"), exclude=("a*",), kind="text").plan((Path(),))
    assert [(job.name, job.kind) for job in planned.jobs] == [("c.data", "text")]


def test_a_slash_at_the_end_of_an_output_means_a_folder(run_in: Path) -> None:
    Path("a.txt").write_text("A town.\n", "utf-8")
    assert main(["a.txt", "-o", "out/", "-q"]) == 0
    assert Path("out/a.txt").is_file()
    assert main(["a.txt", "-o", "single", "-q"]) == 0
    assert Path("single").is_file()


def test_wrong_names_of_fields_say_which_there_are(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("rows.jsonl").write_text(json.dumps({"body": "A town."}) + "\n", "utf-8")
    assert main(["rows.jsonl", "--check", "--text-key", "txt"]) == 2
    assert "has no field 'txt' (it has 'body')" in capsys.readouterr().err
