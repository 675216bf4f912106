"""Pages about two rule sets."""

from __future__ import annotations

from collections import Counter

from rich.console import Console

from cleaner.cli.diff_views import comparison_table, comparison_texts
from cleaner.report.comparison import Comparison, RuleChange

FOUND = Comparison(
    documents=9,
    changed=3,
    rules={
        "own.less": RuleChange(back=1200, texts=Counter({"+ Bye": 1200})),
        "own.more": RuleChange(lost=3, words=17, renamed=2, texts=Counter({"- [red]Go on[/red]": 2, "- Once": 1})),
    },
)


def shown(page: object) -> list[str]:
    screen = Console(width=120, color_system=None)
    with screen.capture() as captured:
        screen.print(page)
    return [line.rstrip() for line in captured.get().split("\n") if line.strip()]


def test_rules_that_take_most_come_first() -> None:
    head, more, less = shown(comparison_table(FOUND, 120))
    assert head.split() == ["rule", "newly", "removed", "words", "stay", "now", "by", "another", "rule"]
    assert more.split() == ["own.more", "3", "17", "0", "2"]
    assert less.split() == ["own.less", "0", "0", "1,200", "0"]


def test_a_narrow_screen_breaks_no_heading() -> None:
    assert shown(comparison_table(FOUND, 40))[:5] == [
        "own.more",
        "    newly removed: 3",
        "    words: 17",
        "    stay now: 0",
        "    by another rule: 2",
    ]


def test_texts_are_shown_as_they_are_and_only_the_first() -> None:
    assert shown(comparison_texts(FOUND, 1)) == ["own.more", "  - [red]Go on[/red]  ×2", "own.less", "  + Bye  ×1,200"]
    assert shown(comparison_texts(FOUND, 0)) == []
