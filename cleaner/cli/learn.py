"""``clean learn``: propose rules from a corpus, and go through the proposals."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click

from cleaner.cli.console import CHANGES, DONE, ERRORS, console
from cleaner.cli.parameters import HELP, PATH, config_of, field_options, input_options, keys_of, plan_of, rule_options
from cleaner.config import Config
from cleaner.errors import CleanerError, RuleError
from cleaner.formats.files import Problem, atomic_write
from cleaner.golden import builtin_golden_dir
from cleaner.harm import golden_bodies
from cleaner.learning.corpus import observe
from cleaner.learning.observing import Observer
from cleaner.learning.proposing import Proposal, learn, proposals_toml
from cleaner.learning.review import (
    Block,
    add_rule,
    check_block,
    read_blocks,
    rejected_path,
    remember,
    remembered,
    write_blocks,
)
from cleaner.learning.store import Store, Thresholds
from cleaner.learning.templates import Templates
from cleaner.rules import RuleSet
from cleaner.runner import documents
from cleaner.work import Given, Options, Work

__all__ = ["command"]


@click.command("learn", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@click.option("-o", "--output", type=PATH, help="The file of proposals.")
@click.option(
    "--review", is_flag=True, help="Go through the proposals; PATH may be a file of them: accept, edit, reject."
)
@click.option("--into", type=PATH, help="Where accepted rules go; by default learned.toml beside the project's rules.")
@click.option("--no-default-rules", is_flag=True, help="Learn from scratch: propose also what rules remove already.")
@click.option("--bodies", multiple=True, type=PATH, help="Clean texts to measure harm on, besides the golden bodies.")
@click.option(
    "--min-documents", type=click.IntRange(2), default=4, show_default=True, help="Documents of a site it stands in."
)
@click.option(
    "--min-share", type=click.FloatRange(0, 1), default=0.02, show_default=True, help="Share of the site's documents."
)
@click.option(
    "--most", type=click.IntRange(1), default=1000, show_default=True, help="Most wordings that are proposed."
)
@click.option("--memory", default="500MB", show_default=True, help="Memory of the database; the rest lies on disk.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Worker processes; by default one a core.")
@input_options
@field_options
@rule_options
def command(paths: tuple[Path, ...], output: Path | None, review: bool, into: Path | None, **given: Any) -> int:
    """Propose rules for the lines that recur in the documents of a site, or across sites, and are no running text.

    The site is that of a row's or page's url, else its folder or file. Each proposal has its evidence: in how many
    documents, where, three of them in context, and what it would take from clean texts. Read them before you adopt
    any: `clean learn --review FILE.toml` goes through them, and remembers what was rejected.
    """
    config = config_of(given)
    proposals = output
    if review and len(paths) == 1 and paths[0].suffix == ".toml":
        proposals = paths[0]
    elif output is None:
        raise click.UsageError("where should the proposals go? Give -o proposals.toml")
    else:
        code = _learn(paths, output, config, given)
        if not review or code == ERRORS:
            return code
    assert proposals is not None
    return _review(proposals, into or _target(config, proposals), config)


def _learn(paths: tuple[Path, ...], output: Path, config: Config, given: dict[str, Any]) -> int:
    screen = console()
    if output.suffix != ".toml" or output.is_dir():
        raise click.UsageError(f"-o {output}: proposals are a rule file; give a name that ends in .toml")
    rejected = remembered(rejected_path(output))
    rules = config.rules()
    cleaner = config.cleaner()
    planned = plan_of(paths, given)
    work = Work(cleaner, Options(keys=keys_of(given)))
    observer = Observer(Templates(rules), None if given["no_default_rules"] else cleaner)
    problems: list[Problem] = list(planned.problems)
    bodies = list(chain(golden_bodies(builtin_golden_dir()), _bodies(given["bodies"], work, problems)))
    workers = given["jobs"] or os.cpu_count() or 1
    with Store(given["memory"]) as store:
        seen = observe(work, planned.jobs, observer, problems, workers)
        with screen.status("reading"):
            count = store.add(seen)
        if not count:
            for problem in problems:
                screen.print(f"error: {problem}", style="red", markup=False)
            raise CleanerError(f"no document could be read; {output} was left as it is")
        with screen.status("proposing"):
            proposed = learn(
                store,
                rules,
                bodies,
                thresholds=Thresholds(documents=given["min_documents"], share=given["min_share"]),
                most=given["most"],
                rejected=rejected,
            )
        left = store.keys - given["most"]
    with atomic_write(output, 0o644) as stream:
        stream.write(proposals_toml(proposed, _heading(count, proposed, bool(given["no_default_rules"]))).encode())
    for problem in problems:
        screen.print(f"error: {problem}", style="red", markup=False)
    wordings = sum(len(proposal.wordings) for proposal in proposed)
    screen.print(
        f"{count:,} documents; {wordings:,} wordings in {len(proposed):,} proposals, in {output}", markup=False
    )
    if left > 0:
        screen.print(f"{left:,} weaker wordings were left out; --most {given['most'] + left} takes them all")
    harmful = sum(proposal.draft.status == "preview" for proposal in proposed)
    if harmful:
        screen.print(
            f"{harmful:,} of them may be no scraps and have the status preview; the file says why", style="yellow"
        )
    return ERRORS if problems else DONE


def _heading(count: int, proposed: Iterable[Proposal], from_scratch: bool) -> list[str]:
    covered = "" if from_scratch else " that no rule removes yet"
    return [
        f"Proposals of `clean learn` from {count:,} documents: lines{covered}, the strongest evidence first.",
        "Go through them with `clean learn --review` and this file; a rule needs more keeps than the drafted one.",
    ]


def _bodies(paths: Iterable[Path], work: Work, problems: list[Problem]) -> Iterator[tuple[str, str]]:
    """Clean texts of files and folders, with their names."""
    for path in paths:
        planned = plan_of((path,), {})
        problems += planned.problems
        for found in documents(work, planned.jobs):
            if isinstance(found, Given):
                yield found.place, found.text
            else:
                problems.append(found)


def _target(config: Config, proposals: Path) -> Path:
    """Where accepted rules go: into the first folder of rules the project has, else beside the proposals."""
    folders = [path for path, _ in config.paths if path.is_dir()]
    return (folders[0] if folders else proposals.parent) / "learned.toml"


def _review(proposals: Path, into: Path, config: Config) -> int:
    """Ask about each proposal. What is decided is written at once, so that it can go on another time."""
    screen = console(stderr=False)
    rules = _rules_with(config, into)
    head, blocks = read_blocks(proposals)
    left = list(blocks)
    accepted = 0
    for number, block in enumerate(blocks, 1):
        screen.rule(f"{number} of {len(blocks)}")
        screen.print(block.text, markup=False, highlight=False)
        decided, block_now = _ask(block, rules, proposals)
        if decided in ("skip", "quit"):
            left[left.index(block)] = block_now  # with what was edited
            write_blocks(proposals, head, left)
            if decided == "quit":
                break
            continue
        left.remove(block)
        if decided == "accept":
            add_rule(into, block_now)
            rules = _rules_with(config, into)
            accepted += 1
        else:
            remember(rejected_path(proposals), block)
        write_blocks(proposals, head, left)
    screen.print(f"{accepted} accepted into {into}; {len(left)} left in {proposals}", markup=False)
    if accepted and into not in [path for path, _ in config.paths] and into.parent not in [p for p, _ in config.paths]:
        screen.print(
            f"name {into} in extend-rules of cleaner.toml (relative to it), or use --rules {into}", markup=False
        )
    return CHANGES if left else DONE


def _rules_with(config: Config, into: Path) -> RuleSet:
    """The rules of the project, with those of a file that may not be among them yet."""
    known = [path.resolve() for path, _ in config.paths]
    if not into.exists() or into.resolve() in known or into.parent.resolve() in known:
        return config.rules()
    return config.with_options(rule_paths=[into]).rules()


def _ask(block: Block, rules: RuleSet, proposals: Path) -> tuple[str, Block]:
    """What to do with a proposal, which may be edited as often as somebody likes. An edit decides nothing."""
    while True:
        answer = click.prompt(
            "accept, edit, reject, skip, quit", type=click.Choice(["a", "e", "r", "s", "q"]), default="s"
        )
        if answer == "e":
            edited = click.edit(block.text, extension=".toml")
            if edited and edited.strip():
                block = Block(edited.strip("\n") + "\n")
                console(stderr=False).print(block.text, markup=False, highlight=False)
            continue
        if answer == "a":
            try:
                check_block(block, rules)
            except RuleError as error:
                click.echo(f"error: {proposals}: {error}; edit it, or skip", err=True)
                continue
        return {"a": "accept", "r": "reject", "s": "skip", "q": "quit"}[answer], block
