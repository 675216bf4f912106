"""``clean rules``: the group, list, show and schema."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest

from cleaner.cli import main
from cleaner.cli.rules import command
from tests.cli.own_rules import OWN


def test_list_filters(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--json", "--class", "follow-us", "--confidence", "high", "--language", "de"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found
    assert {(rule["class"], rule["confidence"]) for rule in found} == {("follow-us", "high")}
    assert main(["rules", "list", "--json", "--rules", "own.toml", "--select", "own.*"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["own.bye"]
    assert main(["rules", "list", "--class", "nope"]) == 2
    assert "no rules of class 'nope' run; there are ad-marker," in capsys.readouterr().err


def test_show_tells_which_examples_hold(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own.write_text(OWN.replace('removes = ["', 'removes = ["Farewell from the Hill News", "'), "utf-8")
    assert main(["rules", "show", "own.bye", "--rules", "own.toml"]) == 0
    page = capsys.readouterr().out
    assert "✓ Bye from the Hill News\n" in page
    assert "✗ does not hold: Farewell from the Hill News" in page
    assert main(["rules", "show", "own.by"]) == 2
    assert "no rule and no class 'own.by'" in capsys.readouterr().err


def test_rules_list_and_show(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list"]) == 0
    assert "broken-markup.shortcode" in capsys.readouterr().out
    assert main(["rules", "list", "--class", "follow-us"]) == 0
    assert "follow-us.networks" in capsys.readouterr().out
    assert main(["rules", "show", "follow-us.networks"]) == 0
    page = capsys.readouterr().out
    assert "Follow us on:" in page
    assert "keeps" in page
    assert main(["rules", "show", "follow-us.netwroks"]) == 2
    assert "did you mean 'follow-us.networks'?" in capsys.readouterr().err
    assert main(["rules", "list", "--class", "nonsense"]) == 2


def test_every_command_is_registered() -> None:
    assert isinstance(command, click.Group)
    assert {"check", "list", "new", "schema", "show", "stats", "test", "try"} <= set(command.commands)


def test_the_schema_is_printed_or_written(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "schema"]) == 0
    printed = capsys.readouterr().out
    assert json.loads(printed)["title"] == "Rule file of article-cleaner"
    assert main(["rules", "schema", "-o", "rules.json"]) == 0
    assert Path("rules.json").read_text("utf-8") == printed


def test_a_class_is_shown_with_its_rules(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "byline"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("byline\nByline. Who wrote the article.\n")
    assert "byline.by-name " in page
    assert "`clean rules show byline.by-name` shows all about one of them" in page


def test_a_name_of_no_rule_and_no_class_gets_a_suggestion(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "show", "bylin"]) == 2
    assert capsys.readouterr().err == "error: no rule and no class 'bylin'; did you mean 'byline'?\n"
