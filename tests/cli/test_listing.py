"""Lists fit any terminal, and names of rules do not break."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from rich.text import Text

from cleaner import builtin_rules
from cleaner.cli.listing import Listing
from cleaner.cli.rule_views import rule_table


def shown(listing: Listing, width: int) -> list[str]:
    stream = StringIO()
    Console(file=stream, width=width).print(listing.page(width))
    return [line.rstrip() for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160])
def test_no_id_of_a_built_in_rule_breaks(width: int) -> None:
    stream = StringIO()
    Console(file=stream, width=width).print(rule_table(builtin_rules(), width))
    lines = stream.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    assert {rule.id for rule in builtin_rules()} <= words


def test_where_there_is_room_a_list_is_a_table() -> None:
    listing = Listing(["rule", "lines", "why"], right=["lines"])
    listing.add("own.a", "1,200", "it is so")
    listing.add("own.long", "7", "")
    assert shown(listing, 60) == ["rule      lines  why", "own.a     1,200  it is so", "own.long      7"]


def test_where_there_is_none_an_entry_is_below_the_other() -> None:
    listing = Listing(["rule", "lines", "why"])
    listing.add("own.a-rather-long-name", "1,200", Text("it is so, and it stays so"))
    listing.add("own.b", "", "")
    assert shown(listing, 30) == [
        "own.a-rather-long-name",
        "    lines: 1,200",
        "    it is so, and it stays so",
        "own.b",
    ]


def test_an_empty_list_is_nothing() -> None:
    assert shown(Listing(["rule", "why"], header=False), 60) in ([], [""])
