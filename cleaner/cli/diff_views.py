"""Pages about two rule sets: a table by rule, and the texts that change."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from cleaner.cli.views import clip
from cleaner.report.comparison import Comparison

__all__ = ["comparison_table", "comparison_texts"]

_STYLES = {"-": "red", "+": "green"}


def comparison_table(found: Comparison) -> Table:
    """What differs, by rule."""
    table = Table(box=None, pad_edge=False)
    table.add_column("rule", no_wrap=True)
    for name in ("newly removed", "words", "stay now", "by another rule"):
        table.add_column(name, justify="right")
    for rule, one in found.in_order():
        table.add_row(Text(rule, "cyan"), *(f"{value:,}" for value in (one.lost, one.words, one.back, one.renamed)))
    return table


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
