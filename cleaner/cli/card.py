"""``clean card``: a data card from audits: what was removed from a data set, with figures and examples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import click

from cleaner.cli.console import DONE, print_line
from cleaner.cli.options import OptionSpec, takes
from cleaner.cli.parameters import HELP, PATH, RuleOptions
from cleaner.config.model import DEFAULT, Config
from cleaner.errors import CleanerError
from cleaner.io.paths import shown
from cleaner.report.files import check_page, write_page

__all__ = ["command"]

_MARK = "article-cleaner card"
_TITLE = "What was removed from this data set"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardOptions:
    """All options of the command."""

    output: Annotated[
        Path,
        OptionSpec("-o", "--output", type=PATH, metavar="CARD.md|CARD.json", help="The card: Markdown, or JSON."),
    ]
    title: Annotated[str, OptionSpec("--title", show_default=True, help="The heading of the card.")] = _TITLE
    overwrite: Annotated[bool, OptionSpec("--overwrite", help="Write over an existing file that is no card.")] = False
    rules: RuleOptions


@click.command("card", context_settings=HELP)
@click.argument("audits", nargs=-1, required=True, type=PATH, metavar="AUDIT...")
@takes(CardOptions)
def command(audits: tuple[Path, ...], options: CardOptions) -> int:
    """Write a data card from one or more audits that `clean --audit` wrote: what was removed by class and by language,
    with examples, figures, flags, rules and versions.

    When the rules of the configuration are those of the audit, the card names profile and changes. The card ends in
    .md, or in .json for programs.
    """
    from cleaner.report.card import read_card
    from cleaner.report.card_text import card_text

    output = options.output
    if output.suffix not in (".md", ".json"):
        raise click.UsageError(f"-o {shown(output)}: give a name that ends in .md or .json")
    if any(audit.exists() and output.exists() and audit.samefile(output) for audit in audits):
        raise CleanerError(f"{shown(output)}: is one of the audits; name another file")
    check_page(output, options.overwrite, _MARK, "card")
    config = options.rules.config()
    card = read_card(audits, config.rules())
    digests = {rules for rules, _, _ in card.stamps}
    choices = _choices(config) if digests == {config.selected().digest} else []
    if output.suffix == ".json":
        data = json.dumps({"title": options.title, **card.as_dict(), "choices": choices}, ensure_ascii=False, indent=2)
        write_page(output, data.encode("utf-8", "backslashreplace") + b"\n")
    else:
        write_page(output, card_text(card, options.title, choices).encode("utf-8", "backslashreplace"))
    print_line(f"card of {card.documents:,} documents written to {shown(output)}")
    return DONE


def _choices(config: Config) -> Sequence[str]:
    """What the configuration says of the rules, for a card: each a line. Of files only the names are told."""
    changed = []
    for key, value, origin in config.settings():
        if origin != DEFAULT and key != "profile":
            told = [Path(one).name for one in value] if key == "extend-rules" else value
            changed.append(f"`{key}` = `{json.dumps(told, ensure_ascii=False, default=str)}`")
    profile = config.selected().profile or "default"
    return [f"Profile `{profile}`, {len(config.selected()):,} rules", *changed]
