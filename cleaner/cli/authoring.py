"""``clean rules check|test|try|stats|new``: write rules, and see what they do before they are adopted."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleaner.cli.config import write_schema
from cleaner.cli.console import CHANGES, DONE, ERRORS, console
from cleaner.cli.parameters import (
    PATH,
    config_of,
    field_options,
    input_options,
    keys_of,
    plan_of,
    rule_options,
)
from cleaner.config import Config
from cleaner.formats.files import Problem, atomic_write
from cleaner.golden import builtin_golden_dir, golden_cases
from cleaner.harm import golden_bodies, measure_harm
from cleaner.model import Document
from cleaner.pipeline import Cleaner
from cleaner.rulecheck import Failure, check_examples
from cleaner.rules import Rule, RuleSet, builtin_rules
from cleaner.rules.parse import load_rules, parse_rules
from cleaner.rules.spec import texts
from cleaner.runner import documents
from cleaner.work import Given, Options, Work

__all__ = ["check", "new", "stats", "test", "try_out"]


@click.command("check")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH...]")
@click.option("--json", "as_json", is_flag=True, help="As JSON Lines.")
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@rule_options
def check(paths: tuple[Path, ...], as_json: bool, strict: bool, **given: Any) -> int:
    """Look for mistakes in rule files: unknown keys, taken ids, patterns that are slow or fit nothing, examples that
    do not hold ... Without PATH, in the files of the project, or the built-in ones when it has none.

    Exit codes: 0 nothing found, 1 findings.
    """
    from cleaner.diagnostics import render, summary
    from cleaner.lint import lint
    from cleaner.rules.builtin import builtin_rules_dir

    config = config_of(given)
    chosen = paths or tuple(path for path, _ in config.paths) or (builtin_rules_dir(),)
    matchers = config.matchers()
    findings = [f for path in chosen for f in lint(path, _others(path, chosen).with_matchers(matchers))]
    if as_json:
        for finding in findings:
            click.echo(json.dumps({**_plain(finding)}, ensure_ascii=False))
    else:
        screen = console(stderr=False)
        for finding in findings:
            screen.print(render(finding, _source(finding.path)), end="")
            screen.print()
        screen.print(summary(findings))
    wrong = any(finding.severity == "error" or strict for finding in findings)
    return CHANGES if wrong else DONE


def _plain(finding: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {**asdict(finding), "path": str(finding.path)}


def _source(path: Path | str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""  # the finding is that it cannot be read


def _others(path: Path, chosen: tuple[Path, ...]) -> RuleSet:
    """The rules that a path is added to: the built-in ones, and those of the other paths, as far as they are right."""
    from cleaner.rules.builtin import builtin_rules_dir
    from cleaner.rules.parse import read_rules

    inside = builtin_rules_dir().resolve()
    if path.resolve() == inside or inside in path.resolve().parents:
        return RuleSet() if path.resolve() == inside else _without(builtin_rules(), path)
    rules = builtin_rules()
    for other in chosen:
        if other != path and other.exists():
            found, _ = read_rules(other)
            rules = rules | found.with_rules(rule for rule in found if rule.id not in rules)
    return rules


def _without(rules: RuleSet, path: Path) -> RuleSet:
    """The rules that stand in other files than this one."""
    return rules.with_rules(rule for rule in rules if Path(rule.path).resolve() != path.resolve())


@click.command("test")
@click.argument("paths", nargs=-1, type=PATH, metavar="[PATH...]")
@click.option("--coverage", "with_coverage", is_flag=True, help="Also tell what no example and no golden case reaches.")
@click.option("--golden", multiple=True, type=PATH, help="Golden cases for --coverage, besides the built-in ones.")
@rule_options
def test(paths: tuple[Path, ...], with_coverage: bool, golden: tuple[Path, ...], **given: Any) -> int:
    """Run the examples that live in rules: of the files PATH, or of all rules there are, with the project's overrides.

    Exit codes: 0 all hold, 1 some do not.
    """
    from cleaner.report import coverage_page, failure_text
    from cleaner.trial import coverage

    config = config_of(given)
    rules = config.rules()
    mine = _rules_of(paths, rules)
    rules = rules | mine.with_rules(rule for rule in mine if rule.id not in rules)
    screen = console(stderr=False)
    every = [failure for rule in mine for failure in check_examples(rule, rules)]
    failures = [failure for failure in every if not _is_overridden(failure, config)]
    for failure in failures:
        screen.print(failure_text(failure))
    examples = sum(_examples(rule) for rule in mine)
    screen.print(f"{len(mine)} rules, {examples:,} examples, {len(failures)} do not hold")
    if len(every) > len(failures):
        screen.print(
            f"{len(every) - len(failures)} examples of rules themselves do not hold with the project's overrides"
        )
    if with_coverage:
        folders = (builtin_golden_dir(), *golden)
        fired = {
            json.loads(line)["rule"]
            for folder in folders
            for case in golden_cases(folder)
            for line in (case.edits or "").splitlines()
        }
        screen.print(coverage_page(coverage(mine, fired), len(mine)))
    return CHANGES if failures else DONE


def _rules_of(paths: tuple[Path, ...], rules: RuleSet) -> RuleSet:
    """The rules of some files; of those that are among ``rules`` already, as they are there."""
    if not paths:
        return rules
    loaded = [load_rules(path) for path in paths]
    every = [rule for one in loaded for rule in one]
    found = [rules[rule.id] if rule.id in rules and _is_same(rules[rule.id], rule) else rule for rule in every]
    joined = rules
    for one in loaded:
        joined = joined | one.with_rules(())
    return joined.with_rules(found)


def _is_same(rule: Rule, other: Rule) -> bool:
    """Whether two rules stand at the same place of the same file; the built-in ones do not know their lines."""
    return Path(rule.path).resolve() == Path(other.path).resolve()


def _is_overridden(failure: Failure, config: Config) -> bool:
    """Whether an example of a rule itself fails because the project says otherwise about the rule."""
    said = config.spec.overrides.get(failure.rule.id)
    if said is None or failure.kind.startswith("keeps"):
        return False
    added = [text for found in texts(said.examples.removes).values() for text in found]
    return failure.example not in (*added, *(case.input for case in said.examples.cases))


def _examples(rule: Rule) -> int:
    tables = (rule.examples.removes, rule.examples.keeps)
    return sum(len(texts) for table in tables for texts in table.values()) + len(rule.examples.cases)


@click.command("try")
@click.argument("file", type=PATH, metavar="FILE.toml")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="Hits shown of each rule.")
@click.option("--bodies", multiple=True, type=PATH, help="Clean texts to measure harm on, besides the golden bodies.")
@input_options
@field_options
@rule_options
def try_out(file: Path, paths: tuple[Path, ...], limit: int, bodies: tuple[Path, ...], **given: Any) -> int:
    """Show what the rules of FILE would take from the documents of PATH, in context, and from clean texts.

    Exit codes: 0 no harm, 1 clean texts are touched, 2 errors.
    """
    from cleaner.report import harm_page, trial_page
    from cleaner.trial import try_rules

    config = config_of(given)
    rules = load_rules(file).with_matchers(config.matchers())
    current = _without_file(config, file).cleaner()
    work = Work(current, Options(keys=keys_of(given)))
    problems: list[Problem] = []
    found = ((one.place, one.text, one.document) for one in _read(paths, work, given, problems))
    count, trials = try_rules(rules, current, found, limit)
    clean = [*golden_bodies(builtin_golden_dir())]
    clean += [(one.place, one.text) for one in _read(bodies, work, {}, problems)] if bodies else []
    # On whatever site: clean texts tell of none.
    anywhere = rules.with_rules(replace(rule, sites=()) for rule in rules)
    checked, harm = measure_harm(anywhere, clean)
    screen = console(stderr=False)
    for rule in rules:
        screen.print(trial_page(rule, trials[rule.id], count))
    screen.print(harm_page(harm, checked))
    return _tell(problems) or (CHANGES if harm else DONE)


def _without_file(config: Config, file: Path) -> Config:
    """The configuration without the file that is tried, which may lie in the project's folder of rules already."""
    kept = []
    for path, origin in config.paths:
        if path.is_dir() and path.resolve() in file.resolve().parents:
            inside = sorted(other for other in path.rglob("*.toml") if other.resolve() != file.resolve())
            kept += [(other, origin) for other in inside]
        elif path.resolve() != file.resolve():
            kept.append((path, origin))
    return replace(config, paths=tuple(kept))


def _read(paths: tuple[Path, ...], work: Work, given: dict[str, Any], problems: list[Problem]) -> Iterator[Given]:
    planned = plan_of(paths, given)
    problems += planned.problems
    for found in documents(work, planned.jobs):
        if isinstance(found, Given):
            yield found
        else:
            problems.append(found)


def _tell(problems: list[Problem]) -> int:
    for problem in problems:
        console().print(f"error: {problem}", style="red", markup=False)
    return ERRORS if problems else DONE


@click.command("stats")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--limit", type=click.IntRange(1), default=30, show_default=True, help="Rules and overlaps shown.")
@input_options
@field_options
@rule_options
def stats(paths: tuple[Path, ...], as_json: bool, limit: int, **given: Any) -> int:
    """Count what each rule does on the documents of PATH: which rules act, which never do, and which overlap."""
    from cleaner.report import stats_page
    from cleaner.trial import rule_stats

    cleaner = config_of(given).cleaner()
    work = Work(cleaner, Options(keys=keys_of(given)))
    problems: list[Problem] = []
    found = rule_stats(cleaner, ((one.text, one.document) for one in _read(paths, work, given, problems)))
    if as_json:
        figures = {
            "documents": found.documents,
            "changed": found.changed,
            "rules": {
                rule: {"documents": one.documents, "lines": one.lines, "words": one.words, "spared": dict(one.spared)}
                for rule, one in found.rules.items()
            },
            "never_fired": found.never_fired,
            "overlaps": [{"rules": list(pair), "lines": count} for pair, count in found.overlaps.most_common()],
        }
        click.echo(json.dumps(figures, indent=2))
    else:
        console(stderr=False).print(stats_page(found, limit))
    return _tell(problems)


@click.command("new")
@click.argument("scrap")
@click.option("-o", "--output", type=PATH, help="Add the draft to this rule file, and the schema beside it.")
@click.option("--id", "rule_id", help="The id; by default guessed from the wording.")
@click.option("--in", "language", metavar="LANGUAGE", help="The language of the wording; by default guessed.")
@rule_options
def new(scrap: str, output: Path | None, rule_id: str | None, language: str | None, **given: Any) -> int:
    """Draft a rule from a pasted SCRAP: id, wordings or pattern, and examples to go on with. "-" reads it from
    standard input.

    Exit codes: 0 drafted, 1 a rule takes it already.
    """
    from cleaner.drafting import draft_scrap, draft_toml
    from cleaner.schemas import schema_text

    text = sys.stdin.read() if scrap == "-" else scrap
    config = config_of(given)
    rules = config.rules()
    known = rules if output is None or not output.exists() else _joined(rules, output)
    taken = _taking(text, Cleaner(known, profile=config.spec.profile))
    if taken:
        console().print(f"note: {', '.join(taken)} takes it already; see `clean rules show {taken[0]}`", style="yellow")
        return CHANGES
    draft = draft_toml(draft_scrap(text, known, rule_id, language))
    if output is None:
        click.echo(draft, nl=False)
        return DONE
    before = output.read_text(encoding="utf-8") if output.exists() else f"#:schema ./{SCHEMA_NAME}\nschema = 1\n"
    after = f"{before.rstrip()}\n\n{draft}"
    parse_rules(after, output, terms=rules.terms)
    output.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(output, 0o644) as stream:
        stream.write(after.encode())
    schema_file = output.parent / SCHEMA_NAME
    if not schema_file.exists():
        write_schema(schema_text("rules"), schema_file)
    console().print(f"written to {output}; go on with the keeps, then `clean rules check {output}`", markup=False)
    return DONE


SCHEMA_NAME = "rules.schema.json"


def _joined(rules: RuleSet, path: Path) -> RuleSet:
    found = load_rules(path)
    return rules | found.with_rules(rule for rule in found if rule.id not in rules)


_ARTICLE = (
    "The town council met on Tuesday evening and voted to repair the old stone bridge across the river.\n\n"
    "Work is to begin in the spring, the mayor said, and traffic will be led around the town for three months.\n"
)


def _taking(text: str, cleaner: Cleaner) -> list[str]:
    """Rules that take the whole scrap when it stands above or below an article."""
    scrap = text.strip()
    for page in (f"{_ARTICLE}\n{scrap}\n", f"{scrap}\n\n{_ARTICLE}") if scrap else ():
        result = cleaner.clean_document(page, Document())
        if result.text == _ARTICLE:
            return list(dict.fromkeys(edit.rule for edit in result.edits))
    return []
