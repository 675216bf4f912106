"""Pages about two rule sets: a table by rule, and the texts that change."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from cleaner.cli.listing import Listing
from cleaner.cli.views import clip
from cleaner.report.comparison import Comparison

__all__ = ["comparison_table", "comparison_texts"]

_STYLES = {"-": "red", "+": "green"}


def comparison_table(found: Comparison, width: int) -> RenderableType:
    """What differs, by rule, for a screen of a width in cells."""
    numbers = ("newly removed", "words", "stay now", "by another rule")
    listing = Listing(["rule", *numbers], right=numbers)
    for rule, one in found.in_order():
        listing.add(Text(rule, "cyan"), *(f"{value:,}" for value in (one.lost, one.words, one.back, one.renamed)))
    return listing.page(width)


def comparison_texts(found: Comparison, limit: int) -> Text:
    """The most frequent texts that change, by rule: "-" goes now, "+" stays now."""
    text = Text()
    for rule, one in found.in_order():
        if not one.texts or not limit:
            continue
        text.append(f"\n{rule}\n", "bold")
        for line, count in one.texts.most_common(limit):
            text.append(f"  {clip(line)}", _STYLES.get(line[:1], ""))
            text.append(f"  ×{count:,}\n" if count > 1 else "\n", "dim")
    return text.append("\n") if text else text
