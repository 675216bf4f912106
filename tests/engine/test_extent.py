"""The lines that go with a hit."""

from __future__ import annotations

import pytest

from cleaner.engine.extent import extent
from cleaner.engine.hits import line_hits
from cleaner.text.zones import find_zones
from tests.engine.making import MORE, PROSE, compiled, looked_at, text_of


def taken(body: str, text: str) -> list[str]:
    """The lines with text that go with the hit of a rule on "Share"."""
    rules = compiled(f'{body}\nlines = ["Share"]')
    view, cache = looked_at(text, rules)
    (hit,) = line_hits(view, rules, cache)
    claimed = {hit.first}
    return [view.lines[i] for i in extent(hit, view, find_zones(view, claimed), claimed) if view.lines[i]]


def test_a_line_goes_alone() -> None:
    assert taken("", text_of(PROSE, "Share", "Lamps")) == ["Share"]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"{PROSE}\nLamps\nStones\nShare\n", ["Stones", "Share"]),
        (f"{PROSE}\nStones\n\nShare\n", ["Share"]),
        (f"{PROSE}\nShare\n", ["Share"]),
        (f"{PROSE}\n\nStones\nShare\n", ["Stones", "Share"]),
        (f"Stones\nShare\n\n{PROSE}\n", ["Stones", "Share"]),
    ],
)
def test_short_lines_directly_above_go_as_far_as_the_rule_says(text: str, want: list[str]) -> None:
    assert taken("above = 1", text) == want


def test_a_cut_takes_all_to_the_end_where_no_prose_lies() -> None:
    assert taken("action = 'cut'", text_of(PROSE, "Share", "Lamps")) == ["Share", "Lamps"]
    assert taken("action = 'cut'", text_of(PROSE, "Share", MORE)) == []


def test_a_cut_from_the_start_takes_all_above() -> None:
    assert taken("action = 'cut'\ncut-from = 'start'", text_of("Lamps", "Share", PROSE)) == ["Lamps", "Share"]
    assert taken("action = 'cut'\ncut-from = 'start'", text_of(PROSE, "Share", MORE)) == []
    assert taken("action = 'cut'\ncut-from = 'start'", text_of(PROSE, "Share", "Lamps")) == []
    assert taken("action = 'cut'\ncut-from = 'start'", text_of("Lamps", "Share", "Stones")) == ["Lamps", "Share"]
    assert taken("action = 'cut'\ncut-from = 'start'", f"Lamps\nShare\n\n{PROSE}") == ["Lamps", "Share"]


@pytest.mark.parametrize(
    ("below", "want"),
    [
        (("Mill opens", "Lamps"), ["Mill opens", "Lamps"]),
        (("Mill opens", MORE), []),  # the article's own subhead
        (("Mill opens its second floor to visitors", MORE), ["Mill opens its second floor to visitors"]),
        (("Lamps", "Mill opens its second floor to visitors", MORE), ["Lamps"]),
        (("Mill opens", "Lamps", MORE), ["Mill opens"]),
        (("Mill opens", "Bridge\t1911"), ["Mill opens"]),
        (("Mill opens", "Bridge\t1911", "Lamps"), ["Mill opens"]),
        (("Mill opens to all visitors", MORE), []),
        (("Mill opens to all its visitors", MORE), ["Mill opens to all its visitors"]),
        (("Mill opens", "It was closed."), []),
        (tuple("abcd"), ["a", "b", "c"]),
    ],
)
def test_a_section_takes_the_short_lines_below(below: tuple[str, ...], want: list[str]) -> None:
    assert taken("unit = 'section'\nmax-lines = 3", text_of(PROSE, "Share", *below)) == ["Share", *want]


def test_a_section_begins_with_the_line_right_below() -> None:
    assert taken("unit = 'section'", f"{PROSE}\nShare\nMill\nLamps\n") == ["Share", "Mill", "Lamps"]
    assert taken("unit = 'section'", f"{PROSE}\nShare\nMill\n") == ["Share", "Mill"]
