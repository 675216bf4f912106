"""``clean rules try|stats``: see what rules do on a corpus before they are adopted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import click

from cleaner.batch.corpus import Corpus
from cleaner.cli.console import CHANGES, DONE, console, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import LOCAL_PATH, PATH, CorpusOptions, RuleOptions

if TYPE_CHECKING:
    from cleaner.authoring.evaluate import CorpusStats

__all__ = ["stats", "try_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryOptions:
    """All options of ``clean rules try``."""

    limit: Annotated[
        int, OptionSpec("--limit", type=click.IntRange(0), show_default=True, help="Hits shown of each rule.")
    ] = 10
    bodies: Annotated[
        tuple[Path, ...],
        OptionSpec("--bodies", type=PATH, help="Clean texts to measure false positives on, besides the golden bodies."),
    ] = ()
    corpus: CorpusOptions
    rules: RuleOptions


@click.command("try")
@click.argument("file", type=LOCAL_PATH, metavar="FILE.toml")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(TryOptions)
def try_out(file: Path, paths: tuple[Path, ...], options: TryOptions) -> int:
    """Show what the rules of FILE would take from the documents of PATH, in context, and from clean texts.

    Exit codes: 0 no false positives, 1 clean texts are touched, 2 errors.
    """
    from cleaner.authoring.clean_texts import read_clean_texts
    from cleaner.authoring.trial import try_file
    from cleaner.cli.rule_views import false_positives_page, trial_page

    config = options.rules.config()
    reading = options.corpus.documents.reading()
    corpus = Corpus(options.corpus.inputs.plan(paths), reading)
    clean = read_clean_texts(options.bodies, reading)
    trial = try_file(file, config, corpus, clean, options.limit)
    screen = console(stderr=False)
    for rule in trial.rules:
        screen.print(trial_page(rule, trial.by_rule[rule.id], trial.documents))
    screen.print(false_positives_page(trial.false_positives, trial.clean_texts))
    return print_problems([*corpus.problems, *clean.problems]) or (CHANGES if trial.false_positives else DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatsOptions:
    """All options of ``clean rules stats``."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON.")] = False
    limit: Annotated[
        int, OptionSpec("--limit", type=click.IntRange(1), show_default=True, help="Rules and overlaps shown.")
    ] = 30
    corpus: CorpusOptions
    rules: RuleOptions


@click.command("stats")
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(StatsOptions)
def stats(paths: tuple[Path, ...], options: StatsOptions) -> int:
    """Count what each rule does on the documents of PATH: which rules act, which never do, and which overlap."""
    from cleaner.authoring.evaluate import rule_stats
    from cleaner.cli.rule_views import stats_page

    cleaner = options.rules.cleaner()
    corpus = Corpus(options.corpus.inputs.plan(paths), options.corpus.documents.reading())
    found = rule_stats(cleaner, ((document.text, document.info) for document in corpus))
    if options.as_json:
        click.echo(json.dumps(_figures(found), indent=2))
    elif found.documents or not any(problem.fatal for problem in corpus.problems):
        screen = console(stderr=False)
        screen.print(stats_page(found, options.limit, screen.width))
    return print_problems(corpus.problems)


def _figures(found: CorpusStats) -> dict[str, Any]:
    return {
        "documents": found.documents,
        "changed": found.changed,
        "rules": {
            rule: {"documents": one.documents, "lines": one.lines, "words": one.words, "spared": dict(one.spared)}
            for rule, one in found.rules.items()
        },
        "never_fired": found.never_fired,
        "overlaps": [{"rules": list(pair), "lines": count} for pair, count in found.overlaps.most_common()],
    }
