"""``clean rules``: the group, and the commands that look at rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated

import click

from cleaner.cli.authoring import check, new, test
from cleaner.cli.choice import choice_lines
from cleaner.cli.command_lists import Group
from cleaner.cli.console import DONE, console
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.packs import install, pack, packs, remove
from cleaner.cli.parameters import HELP, RuleOptions
from cleaner.cli.rules_format import format_command
from cleaner.cli.schema import SchemaOptions, print_schema
from cleaner.cli.trials import stats, try_out
from cleaner.errors import CleanerError
from cleaner.rules import Rule
from cleaner.rules.model import Confidence, Status
from cleaner.rules.selection import did_you_mean

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOptions:
    """All options of ``clean rules list``."""

    scrap_class: Annotated[str | None, OptionSpec("--class", help="Only rules of this class.")] = None
    confidence: Annotated[
        str | None,
        OptionSpec(
            "--confidence", type=click.Choice([str(one) for one in Confidence]), help="Only rules of this confidence."
        ),
    ] = None
    status: Annotated[
        str | None,
        OptionSpec("--status", type=click.Choice([str(one) for one in Status]), help="Only rules of this status."),
    ] = None
    as_json: Annotated[bool, OptionSpec("--json", help="As JSON Lines.")] = False
    rules: RuleOptions

    def accept(self, rule: Rule) -> bool:
        """Whether a rule is to be listed."""
        return (
            self.scrap_class in (None, rule.scrap_class)
            and self.confidence in (None, rule.confidence)
            and self.status in (None, rule.status)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """All options of ``clean rules show``."""

    rules: RuleOptions


@click.group("rules", cls=Group, context_settings=HELP)
def command() -> None:
    """Look at rules, check them, test them, try them out, draft them, and share them as packs."""


@click.command("list")
@takes(ListOptions)
def list_rules(options: ListOptions) -> int:
    """List the rules that run. With --profile all, all there are."""
    from cleaner.authoring.answers import rule_facts
    from cleaner.cli.rule_views import rule_table

    config = options.rules.config()
    chosen = config.selected()
    classes = sorted({rule.scrap_class for rule in chosen})
    if options.scrap_class and options.scrap_class not in classes:
        close = get_close_matches(options.scrap_class, classes, n=1)
        known = f"did you mean {close[0]!r}?" if close else f"there are {', '.join(classes)};"
        raise CleanerError(f"no rules of class {options.scrap_class!r} run; {known} --profile all lists all rules")
    found = [rule for rule in chosen if options.accept(rule)]
    if options.as_json:
        for rule in found:
            click.echo(json.dumps(rule_facts(rule), ensure_ascii=False))
        return DONE
    screen = console(stderr=False)
    screen.print(rule_table(found, screen.width))
    screen.print(f"{len(found)} rules", style="dim")
    for line in choice_lines(config):
        screen.print(line, style="dim", markup=False)
    return DONE


@click.command("show")
@click.argument("name", metavar="ID|CLASS")
@takes(ShowOptions)
def show(name: str, options: ShowOptions) -> int:
    """Show a rule: wordings by language, examples that hold now, where it comes from. Of a class: what it is, and its
    rules.
    """
    from cleaner.authoring.examples import check_examples
    from cleaner.cli.rule_views import class_page, rule_page

    config = options.rules.config()
    rules = config.rules()
    members = [rule for rule in rules if rule.scrap_class == name]
    if members:
        screen = console(stderr=False)
        screen.print(class_page(name, rules.classes.get(name), members, config.selected(), screen.width))
        return DONE
    if name not in rules:
        known = [*rules.classes, *(rule.id for rule in rules)]
        raise CleanerError(f"no rule and no class {name!r}; {did_you_mean(name, known)}")
    rule = rules[name]
    failures = {failure.example for failure in check_examples(rule, rules)}
    console(stderr=False).print(rule_page(rule, failures), end="", soft_wrap=True)
    return DONE


@click.command("schema")
@takes(SchemaOptions)
def schema(options: SchemaOptions) -> int:
    """Print the JSON Schema of rule files, for editors: name it in a line `#:schema FILE` at the top of a rule file."""
    return print_schema("rules", options)


# A new command of `clean rules` is a line here.
command.add_command(check)
command.add_command(format_command)
command.add_command(install)
command.add_command(list_rules)
command.add_command(new)
command.add_command(pack)
command.add_command(packs)
command.add_command(remove)
command.add_command(schema)
command.add_command(show)
command.add_command(stats)
command.add_command(test)
command.add_command(try_out)
