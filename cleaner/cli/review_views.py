"""Pages about reviews: how precise rules are, by the verdicts of a person."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from cleaner.review.verdicts import Precision

__all__ = ["precision_table"]


def precision_table(found: Iterable[Precision]) -> Table:
    """The rules with verdicts, the doubtful ones first."""
    table = Table(box=None, pad_edge=False)
    table.add_column("rule", no_wrap=True)
    for name in ("right", "verdicts", "precision, 95 %"):
        table.add_column(name, justify="right")
    for one in found:
        table.add_row(Text(one.rule, "cyan"), f"{one.right:,}", f"{one.count:,}", f"{one.low:.1%} to {one.high:.1%}")
    return table
