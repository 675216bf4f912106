"""``clean rules check|test|new``: write rules, and see whether they are right."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click

from cleaner.cli.console import CHANGES, DONE, console, print_line
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import LOCAL_PATH, RuleOptions
from cleaner.errors import RuleError

if TYPE_CHECKING:
    from cleaner.authoring.lint.linter import Finding
    from cleaner.rules import RuleSet

__all__ = ["check", "new", "test"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """All options of ``clean rules check``."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON Lines.")] = False
    strict: Annotated[bool, OptionSpec("--strict", help="Exit with 1 for warnings too.")] = False
    rules: RuleOptions


@click.command("check")
@click.argument("paths", nargs=-1, type=LOCAL_PATH, metavar="[PATH...]")
@takes(CheckOptions)
def check(paths: tuple[Path, ...], options: CheckOptions) -> int:
    """Look for mistakes in rule files: unknown keys, taken ids, patterns that are slow or fit nothing, examples that
    do not hold ... Without PATH, in the files of the project, or the built-in ones when it has none.

    Exit codes: 0 nothing found, 1 findings.
    """
    from cleaner.authoring.checking import check_files

    findings = check_files(paths, options.rules.config())
    if options.as_json:
        for finding in findings:
            click.echo(json.dumps({**asdict(finding), "path": str(finding.path)}, ensure_ascii=False))
    else:
        _print_findings(findings)
    is_wrong = any(finding.severity == "error" or options.strict for finding in findings)
    return CHANGES if is_wrong else DONE


def _print_findings(findings: list[Finding]) -> None:
    from cleaner.cli.diagnostics import render, summary

    screen = console(stderr=False)
    for finding in findings:
        screen.print(render(finding, _source(finding.path)), end="")
        screen.print()
    screen.print(summary(findings))


def _source(path: Path | str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""  # the finding is that it cannot be read


@dataclass(frozen=True, slots=True, kw_only=True)
class TestOptions:
    """All options of ``clean rules test``."""

    coverage: Annotated[
        bool, OptionSpec("--coverage", help="Also show what no example and no golden case reaches.")
    ] = False
    golden: Annotated[
        tuple[Path, ...],
        OptionSpec("--golden", type=LOCAL_PATH, help="Golden cases for --coverage, besides the built-in ones."),
    ] = ()
    rules: RuleOptions


@click.command("test")
@click.argument("paths", nargs=-1, type=LOCAL_PATH, metavar="[PATH...]")
@takes(TestOptions)
def test(paths: tuple[Path, ...], options: TestOptions) -> int:
    """Run the examples that live in rules: of the files PATH, or of all rules there are, with the project's overrides.

    Exit codes: 0 all hold, 1 some do not.
    """
    from cleaner.authoring.example_run import golden_coverage, run_examples
    from cleaner.cli.rule_views import coverage_page, failure_text

    run = run_examples(paths, options.rules.config())
    screen = console(stderr=False)
    for failure in run.failures:
        screen.print(failure_text(failure))
    rules = "1 rule" if len(run.rules) == 1 else f"{len(run.rules)} rules"
    screen.print(f"{rules}, {run.examples:,} examples, {len(run.failures)} do not hold")
    if run.overridden:
        screen.print(f"{run.overridden} examples of rules themselves do not hold with the project's overrides")
    if options.coverage:
        screen.print(coverage_page(golden_coverage(run.rules, options.golden), len(run.rules)))
    return CHANGES if run.failures else DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOptions:
    """All options of ``clean rules new``."""

    output: Annotated[
        Path | None,
        OptionSpec(
            "-o", "--output", type=LOCAL_PATH, help="Add the draft to this rule file, and the schema beside it."
        ),
    ] = None
    rule_id: Annotated[str | None, OptionSpec("--id", help="The id; by default guessed from the wording.")] = None
    language: Annotated[
        str | None,
        OptionSpec("--in", metavar="LANGUAGE", help="The language of the wording; by default guessed."),
    ] = None
    rules: RuleOptions


@click.command("new")
@click.argument("scrap")
@takes(NewOptions)
def new(scrap: str, options: NewOptions) -> int:
    """Draft a rule from a pasted SCRAP: id, wordings or pattern, and examples to go on with. "-" reads it from
    standard input.

    Exit codes: 0 drafted, 1 a rule removes it already.
    """
    from cleaner.authoring.draft_file import add_draft
    from cleaner.authoring.draft_toml import draft_toml
    from cleaner.authoring.drafting import draft_scrap, rules_removing
    from cleaner.authoring.languages import check_language
    from cleaner.authoring.rule_files import with_file
    from cleaner.pipeline import Cleaner

    text = sys.stdin.read() if scrap == "-" else scrap
    if options.language:
        check_language(options.language)
    config, output = options.rules.config(), options.output
    rules = config.rules()
    known = with_file(rules, output) if output is not None and output.exists() else rules
    removing = rules_removing(text, Cleaner(known, profile=config.spec.profile))
    if removing:
        print_line(f"note: {', '.join(removing)} removes it already; see `clean rules show {removing[0]}`", "yellow")
        return CHANGES
    draft = draft_toml(draft_scrap(text, known, options.rule_id, _language(text, options.language, known)))
    if output is None:
        click.echo(draft, nl=False)
        return DONE
    add_draft(output, draft, rules)
    print_line(f"written to {output}; go on with the keeps, then `clean rules check {output}`")
    return DONE


def _language(text: str, named: str | None, rules: RuleSet) -> str | None:
    """The language of a wording: as named, unless it reads like another one; then whoever sits there is asked."""
    from cleaner.authoring.drafting import likelier_language
    from cleaner.authoring.guessing import Guesser

    if not text.strip():
        return named
    if named is None:
        return None if Guesser(rules).guess(text).language else _asked("its language is not clear", "mul")
    other = likelier_language(text, named, rules)
    return _asked(f"it reads like {other}, not like {named}", named) if other else named


def _asked(doubt: str, default: str) -> str:
    """The language that a person names, or the default where nobody sits."""
    from cleaner.authoring.languages import check_language

    if not _is_somebody_there():
        print_line(f"note: {doubt}; written as {default}. --in CODE names another language", "yellow")
        return default
    while True:
        code: str = click.prompt(f"{doubt}; language", default=default, err=True)
        try:
            check_language(code)
        except RuleError as error:
            print_line(str(error), "red")
        else:
            return code


def _is_somebody_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
