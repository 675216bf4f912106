"""``clean rules``: look at rules; the commands that write and try them stand in :mod:`cleaner.cli.authoring`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from cleaner.cli.authoring import check, new, stats, test, try_out
from cleaner.cli.config import write_schema
from cleaner.cli.console import DONE, console
from cleaner.cli.parameters import (
    HELP,
    PATH,
    config_of,
    rule_options,
)
from cleaner.errors import CleanerError
from cleaner.rules import Rule
from cleaner.rules.model import Confidence, Status

__all__ = ["command"]


@click.group("rules", context_settings=HELP)
def command() -> None:
    """Look at rules, check them, test them, try them out, draft them."""


@command.command("list")
@click.option("--class", "scrap_class", help="Only rules of this class.")
@click.option(
    "--confidence", type=click.Choice([str(one) for one in Confidence]), help="Only rules of this confidence."
)
@click.option("--status", type=click.Choice([str(one) for one in Status]), help="Only rules of this status.")
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@rule_options
def list_rules(scrap_class: str | None, confidence: str | None, status: str | None, as_json: bool, **given: Any) -> int:
    """List the rules that run. With --profile all, all there are."""
    from cleaner.report import rule_table

    chosen = config_of(given).selected()
    if scrap_class and scrap_class not in {rule.scrap_class for rule in chosen}:
        known = ", ".join(sorted({rule.scrap_class for rule in chosen}))
        raise CleanerError(f"no rules of class {scrap_class!r} run; there are {known}; --profile all lists all rules")
    found = [
        rule
        for rule in chosen
        if scrap_class in (None, rule.scrap_class)
        and confidence in (None, rule.confidence)
        and status in (None, rule.status)
    ]
    if as_json:
        for rule in found:
            click.echo(json.dumps(_facts(rule), ensure_ascii=False))
        return DONE
    screen = console(stderr=False)
    screen.print(rule_table(found))
    screen.print(f"{len(found)} rules", style="dim")
    return DONE


def _facts(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "class": rule.scrap_class,
        "description": rule.description,
        "unit": rule.unit,
        "zone": list(rule.zones),
        "action": rule.action,
        "confidence": rule.confidence,
        "status": rule.status,
        "profiles": list(rule.profiles),
        "languages": list(rule.used_languages),
        "sites": list(rule.sites),
        "since": rule.since,
        "file": rule.path,
        "line": rule.at_line or None,
    }


@command.command("show")
@click.argument("rule_id", metavar="ID")
@rule_options
def show(rule_id: str, **given: Any) -> int:
    """Show a rule: wordings by language, examples that hold now, where it comes from."""
    from cleaner.report import rule_page
    from cleaner.rulecheck import check_examples

    rules = config_of(given).rules()
    rule = rules[rule_id]
    failures = {failure.example for failure in check_examples(rule, rules)}
    console(stderr=False).print(rule_page(rule, failures), end="", soft_wrap=True)
    return DONE


@command.command("schema")
@click.option("-o", "--output", type=PATH, help="Write it to this file.")
def schema(output: Path | None) -> int:
    """Print the JSON Schema of rule files, for editors: name it in a line `#:schema FILE` at the top of a rule file."""
    from cleaner.schemas import schema_text

    return write_schema(schema_text("rules"), output)


for _command in (check, new, stats, test, try_out):
    command.add_command(_command)
