"""``clean site-memory``: what a memory of sites holds, and several of them in one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.cli.command_lists import Group
from cleaner.cli.console import DONE, console, print_line
from cleaner.cli.listing import Listing
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, LOCAL_PATH
from cleaner.errors import CleanerError
from cleaner.io.memory_merge import merge_memories
from cleaner.io.paths import printable, shown
from cleaner.io.site_memory import SiteMemory, SiteSummary

__all__ = ["command"]

_NO_WORDING = "(its wording was not seen since it recurs)"


@click.group("site-memory", cls=Group, context_settings=HELP)
def command() -> None:
    """Show and join the memories of sites that `clean --site-memory FILE` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """All options of ``clean site-memory show``."""

    as_json: Annotated[bool, OptionSpec("--json", help="As JSON Lines, one for each site.")] = False


@command.command("show", context_settings=HELP)
@click.argument("memory", type=LOCAL_PATH)
@click.argument("site", required=False)
@takes(ShowOptions)
def show(memory: Path, site: str | None, options: ShowOptions) -> int:
    """List the sites of MEMORY with their documents and the lines that recur; with SITE, these lines."""
    with SiteMemory(memory, write=False) as opened:
        names = list(opened.sites())
        if site is not None and site not in names:
            name = shown(memory)
            raise CleanerError(f"{name}: knows no site {site!r}; `clean site-memory show {name}` lists those it knows")
        summaries = (opened.summary(name) for name in (names if site is None else [site]))
        if options.as_json:
            for summary in summaries:
                click.echo(json.dumps(_as_json(summary), ensure_ascii=False))
            return DONE
        screen = console(stderr=False)
        listing = _lines(next(summaries)) if site is not None else _sites(summaries)
        screen.print(listing.page(screen.width))
    return DONE


def _as_json(summary: SiteSummary) -> dict[str, object]:
    lines = [{"text": text, "documents": documents} for text, documents in summary.recurring]
    return {"site": summary.name, "documents": summary.documents, "lines": summary.lines, "recurring": lines}


def _sites(summaries: Iterable[SiteSummary]) -> Listing:
    listing = Listing(["documents", "lines", "recur", "site"], right=["documents", "lines", "recur"], title="site")
    for one in sorted(summaries, key=lambda one: (-one.documents, one.name)):
        listing.add(f"{one.documents:,}", f"{one.lines:,}", f"{len(one.recurring):,}", printable(one.name))
    return listing


def _lines(summary: SiteSummary) -> Listing:
    listing = Listing(["documents", "line"], right=["documents"], title="line")
    for text, documents in summary.recurring:
        listing.add(f"{documents:,} of {summary.documents:,}", printable(text) or _NO_WORDING)
    return listing


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeOptions:
    """All options of ``clean site-memory merge``."""

    output: Annotated[
        Path,
        OptionSpec("-o", "--output", type=LOCAL_PATH, metavar="FILE", help="The memory that gets all; it may exist."),
    ]


@command.command("merge", context_settings=HELP)
@click.argument("memories", nargs=-1, required=True, type=LOCAL_PATH, metavar="MEMORY...")
@takes(MergeOptions)
def merge(memories: tuple[Path, ...], options: MergeOptions) -> int:
    """Join memories, such as those of the shards of a corpus. A document that several of them saw counts once."""
    output = options.output
    if output.exists() and any(path.exists() and path.samefile(output) for path in memories):
        raise click.UsageError(f"-o {shown(output)}: is one of the memories to join; name another file")
    with ExitStack() as stack:
        sources = [stack.enter_context(SiteMemory(path, write=False)) for path in memories]
        target = stack.enter_context(SiteMemory(output))
        merge_memories(target, sources)
        names = list(target.sites())
        documents = sum(target.window(name).documents for name in names)
    print_line(f"{shown(output)} knows {documents:,} documents of {len(names):,} sites")
    return DONE
