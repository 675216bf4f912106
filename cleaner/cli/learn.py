"""``clean learn``: propose rules from a corpus, and go through the proposals."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.authoring.clean_texts import read_clean_texts
from cleaner.authoring.learning.decisions import Review, default_target
from cleaner.authoring.learning.review import Block, rejected_path, remembered
from cleaner.authoring.learning.run import Learned, LearnRequest, learn_from, write_proposals
from cleaner.authoring.learning.store import DEFAULT
from cleaner.cli.console import CHANGES, DONE, ERRORS, console, print_line, print_problems
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, JOBS, PATH, CorpusOptions, RuleOptions, cleaner_of
from cleaner.config.settings import Config
from cleaner.errors import CleanerError, RuleError
from cleaner.text.visible import visible

__all__ = ["command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnOptions:
    """All options of the command."""

    output: Annotated[Path | None, OptionSpec("-o", "--output", type=PATH, help="The file of proposals.")] = None
    review: Annotated[
        bool,
        OptionSpec("--review", help="Go through the proposals; PATH may be a file of them: accept, edit, reject."),
    ] = False
    into: Annotated[
        Path | None,
        OptionSpec(
            "--into", type=PATH, help="Where accepted rules go; by default learned.toml beside the project's rules."
        ),
    ] = None
    no_default_rules: Annotated[
        bool, OptionSpec("--no-default-rules", help="Learn from scratch: propose also what rules remove already.")
    ] = False
    bodies: Annotated[
        tuple[Path, ...],
        OptionSpec("--bodies", type=PATH, help="Clean texts to measure false positives on, besides the golden bodies."),
    ] = ()
    min_documents: Annotated[
        int,
        OptionSpec(
            "--min-documents", type=click.IntRange(2), show_default=True, help="Documents of a site it stands in."
        ),
    ] = DEFAULT.documents
    min_share: Annotated[
        float,
        OptionSpec(
            "--min-share", type=click.FloatRange(0, 1), show_default=True, help="Share of the site's documents."
        ),
    ] = DEFAULT.share
    most: Annotated[
        int, OptionSpec("--most", type=click.IntRange(1), show_default=True, help="Most wordings that are proposed.")
    ] = 1000
    memory: Annotated[
        str, OptionSpec("--memory", show_default=True, help="Memory of the database; the rest lies on disk.")
    ] = "500MB"
    jobs: Annotated[int | None, JOBS] = None
    corpus: CorpusOptions
    rules: RuleOptions


@click.command("learn", context_settings=HELP)
@click.argument("paths", nargs=-1, required=True, type=PATH, metavar="PATH...")
@takes(LearnOptions)
def command(paths: tuple[Path, ...], options: LearnOptions) -> int:
    """Propose rules for the lines that recur in the documents of a site, or across sites, and are not running text.

    The site is that of a row's or page's url, else its folder or file. Each proposal has its evidence: in how many
    documents, where, three of them in context, and what it would take from clean texts. Read them before you adopt
    any: `clean learn --review FILE.toml` goes through them, and remembers what was rejected.
    """
    config = options.rules.config()
    if options.review and len(paths) == 1 and paths[0].suffix == ".toml":
        return _review(paths[0], options.into, config)
    if options.output is None:
        raise click.UsageError("where should the proposals go? Give -o proposals.toml")
    code = _learn(paths, options.output, options, config)
    return code if code == ERRORS or not options.review else _review(options.output, options.into, config)


def _learn(paths: tuple[Path, ...], output: Path, options: LearnOptions, config: Config) -> int:
    if output.suffix != ".toml" or output.is_dir():
        raise click.UsageError(f"-o {output}: proposals are a rule file; give a name that ends in .toml")
    rejected = remembered(rejected_path(output))
    reading = options.corpus.documents.reading()
    request = LearnRequest(
        planned=options.corpus.inputs.plan(paths),
        rules=config.rules(),
        clean=read_clean_texts(options.bodies, reading),
        rejected=rejected,
        from_scratch=options.no_default_rules,
        thresholds=DEFAULT._replace(documents=options.min_documents, share=options.min_share),
        most=options.most,
        memory=options.memory,
        workers=options.jobs or os.cpu_count() or 1,
        reading=reading,
    )
    with console().status("reading") as status:
        learned = learn_from(cleaner_of(config), request, status.update)
    if not learned.documents:
        print_problems(learned.problems)
        raise CleanerError(f"no document could be read; {output} was left as it is")
    write_proposals(output, learned, options.no_default_rules)
    code = print_problems(learned.problems)
    _print_learned(learned, output, options.most)
    return code


def _print_learned(learned: Learned, output: Path, most: int) -> None:
    print_line(
        f"{learned.documents:,} documents; {learned.wordings:,} wordings in {len(learned.proposals):,} proposals, "
        f"in {output}"
    )
    if learned.left_out:
        print_line(
            f"{learned.left_out:,} weaker wordings were left out; --most {most + learned.left_out} takes them all"
        )
    if learned.doubtful:
        print_line(
            f"{learned.doubtful:,} of them may be no scraps and have the status preview; the file says why", "yellow"
        )


def _review(proposals: Path, into: Path | None, config: Config) -> int:
    """Ask about each proposal."""
    screen = console(stderr=False)
    target = into or default_target(config, proposals)
    review = Review(proposals, target, config)
    for number, block in enumerate(review.blocks, 1):
        screen.rule(f"{number} of {len(review.blocks)}")
        screen.print(visible(block.text), markup=False, highlight=False)
        answer, edited = _ask(block, review, proposals)
        if answer == "a":
            review.accept(block, edited)
        elif answer == "r":
            review.reject(block)
        else:
            review.skip(block, edited)
        if answer == "q":
            break
    screen.print(f"{review.accepted} accepted into {target}; {review.left} left in {proposals}", markup=False)
    if review.accepted and not review.is_in_force:
        screen.print(
            f"name {target} in extend-rules of cleaner.toml (relative to it), or use --rules {target}", markup=False
        )
    return CHANGES if review.left else DONE


def _ask(block: Block, review: Review, proposals: Path) -> tuple[str, Block]:
    """What to do with a proposal, and its text, which may be edited several times. An edit decides nothing."""
    edited = block
    while True:
        answer: str = click.prompt(
            "accept, edit, reject, skip, quit", type=click.Choice(["a", "e", "r", "s", "q"]), default="s"
        )
        if answer == "e":
            edited = _edit(edited)
        elif answer != "a" or _is_valid(edited, review, proposals):
            return answer, edited


def _edit(block: Block) -> Block:
    text = click.edit(block.text, extension=".toml")
    if not text or not text.strip():
        return block
    edited = Block(text.strip("\n") + "\n")
    console(stderr=False).print(visible(edited.text), markup=False, highlight=False)
    return edited


def _is_valid(block: Block, review: Review, proposals: Path) -> bool:
    try:
        review.check(block)
    except RuleError as error:
        click.echo(f"error: {proposals}: {error}; edit it, or skip", err=True)
        return False
    return True
