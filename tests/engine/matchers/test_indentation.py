"""The indent that all lines share."""

from __future__ import annotations

from textwrap import fill

import pytest

from cleaner import Cleaner, clean
from tests.engine.matchers.finding import found

FIRST = "The council voted on Tuesday to close the old bridge for three months of repairs."
SECOND = "The work begins on Monday and will take until the end of June, the mayor said."
IDEOGRAPHIC = "\N{IDEOGRAPHIC SPACE}" * 2
NBSP = "\N{NO-BREAK SPACE}" * 2


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRST}\n\n    {SECOND}\n",
        f"    {FIRST}\n\n{SECOND}\n",
        f"\t{FIRST}\n\n    {SECOND}\n",
        f"    {FIRST}\n",
        f"{IDEOGRAPHIC}{FIRST}\n\n{IDEOGRAPHIC}{SECOND}\n",
        f"{NBSP}{FIRST}\n\n{NBSP}{SECOND}\n",
        "    Down by the river\n    the bells are ringing\n    and nobody crosses\n",
        "    def bridge(arches):\n        return arches + 1\n",
        f"    # {FIRST}\n    for vote in votes:\n        n += 1\n    # {SECOND}\n",
        f"    > {FIRST}\n\n    > {SECOND}\n",
        f"\t- {FIRST}\n\n\t- {SECOND}\n",
        f"    1. {FIRST}\n\n    2. {SECOND}\n",
        "",
    ],
)
def test_an_indent_that_tells_something_stays(text: str) -> None:
    assert found("common-indent", text) == []


@pytest.mark.parametrize("indent", [" ", "    ", "\t", "\t\t", "\t  "])
def test_an_indent_of_all_lines_is_found(indent: str) -> None:
    text = f"{indent}{FIRST}\n\n{indent}  - lamps\n\n{indent}{SECOND}\n"
    result = clean(text)
    assert result.text == f"{FIRST}\n\n  - lamps\n\n{SECOND}\n"
    assert result.restore() == result.repaired == text


def test_an_indent_of_wrapped_lines_is_found() -> None:
    lines = fill(f"{FIRST} {SECOND} {FIRST} {SECOND}", 72).split("\n")
    assert len(lines) >= 4
    assert found("common-indent", "".join(f"   {line}\n" for line in lines)) == ["   "] * len(lines)


@pytest.mark.parametrize("gap", ["  ", "\t", "   "])
def test_gaps_in_lines_that_lose_their_indent_are_mended_in_the_same_run(gap: str) -> None:
    once = clean(f"  {FIRST.replace(' close ', f' close{gap}')}\n\n  {SECOND}\n").text
    assert once == f"{FIRST}\n\n{SECOND}\n"


def test_an_indent_that_a_removed_line_hid_is_found_in_the_same_run() -> None:
    cleaner = Cleaner()
    once = cleaner.clean(f"Follow us on:\n\n  {FIRST}\n\n  {SECOND}\n").text
    assert once == f"{FIRST}\n\n{SECOND}\n"
    assert cleaner.clean(once).text == once
