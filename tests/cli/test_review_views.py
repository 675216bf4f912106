"""Pages about reviews."""

from __future__ import annotations

from rich.console import Console

from cleaner.cli.review_views import precision_table
from cleaner.review.verdicts import Precision


def test_each_rule_has_its_interval() -> None:
    screen = Console(width=100, color_system=None)
    with screen.capture() as captured:
        screen.print(precision_table([Precision("byline.by-name", 9, 10, 0.596, 0.982)]))
    _, row = captured.get().strip().split("\n")
    assert row.split() == ["byline.by-name", "9", "10", "59.6%", "to", "98.2%"]
