"""``clean fit``: fit a model of the thorough profile on texts with marked bodies."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.cli.console import DONE, print_line
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, JOBS, PATH, FieldOptions, InputOptions, RuleOptions
from cleaner.errors import CleanerError
from cleaner.scoring.trees import MOST_QUESTIONS

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitCommandOptions:
    """All options of the command."""

    output: Annotated[Path, OptionSpec("-o", "--output", type=PATH, help="The model file to write.")]
    folds: Annotated[
        int, OptionSpec("--folds", type=click.IntRange(2), show_default=True, help="Parts that the sites are dealt to.")
    ] = 5
    trees: Annotated[
        int, OptionSpec("--trees", type=click.IntRange(1), show_default=True, help="Trees of the first look.")
    ] = 600
    questions: Annotated[
        int,
        OptionSpec(
            "--questions",
            type=click.IntRange(1, MOST_QUESTIONS),
            show_default=True,
            help="Questions that a tree of it asks, at most.",
        ),
    ] = 6
    default_threshold: Annotated[
        float,
        OptionSpec(
            "--default-threshold",
            type=click.FloatRange(0, 1, min_open=True),
            show_default=True,
            help="The probability from which on lines go when nobody names another.",
        ),
    ] = 0.85
    model_version: Annotated[
        str, OptionSpec("--model-version", show_default=True, help="The version that the model names.")
    ] = "1"
    jobs: Annotated[int | None, JOBS] = None
    quiet: Annotated[bool, OptionSpec("-q", "--quiet", help="Print no progress and no report.")] = False
    inputs: InputOptions
    fields: FieldOptions
    rules: RuleOptions


@click.command("fit", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="CORPUS...")
@takes(FitCommandOptions)
def command(paths: tuple[Path, ...], options: FitCommandOptions) -> int:
    """Fit a model of the thorough profile on the rows of CORPUS, and report what it reaches on sites it has not seen.

    A row has a text, the body that somebody marked in it in the field "gold", and where known a title and the address.
    A row without "gold" is a clean text, from which nothing may go. Rows of one site are never on both sides of a
    split. The fitting needs the extra fit: pip install '.[fit]' in the folder of cleaner.
    """
    from cleaner.authoring.modelling.command import FitRequest, fit_and_write
    from cleaner.authoring.modelling.fit import FitOptions
    from cleaner.authoring.modelling.learners import Boosting
    from cleaner.authoring.modelling.report import report_lines

    config = options.rules.config()
    planned = options.inputs.plan(paths)
    if planned.problems:
        raise CleanerError(str(planned.problems[0]))
    request = FitRequest(
        jobs=planned.jobs,
        keys=options.fields.keys(),
        rules=config.rules(),
        selected=config.selected(),
        output=options.output,
        workers=options.jobs or os.cpu_count() or 1,
    )
    fitting = FitOptions(
        folds=options.folds,
        threshold=options.default_threshold,
        version=options.model_version,
        boosting=Boosting(trees=options.trees, questions=options.questions),
    )
    figures = fit_and_write(request, fitting, (lambda _: None) if options.quiet else print_line)
    if not options.quiet:
        for line in report_lines(figures):
            click.echo(line)
    return DONE
