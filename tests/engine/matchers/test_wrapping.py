"""Newlines inside a sentence."""

from __future__ import annotations

from itertools import pairwise
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, builtin_rules
from cleaner.engine.matchers.binding import bind
from cleaner.engine.matchers.wrapping import HardWrapOptions, _goes_on, _width, _wrapped
from cleaner.text.lines import TextView
from cleaner.text.repair import repair
from tests.engine.matchers.finding import found, rule_of

LONG = "The council said on Tuesday that it would under no condition close the stony"
OPEN = "Despite the storm, the minister on Wednesday wrapped up a"


def test_wide_gaps_in_lines_that_become_one_are_found() -> None:
    """Repair leaves them, since a line alone is no prose; and would close them in the line that they become."""
    text = f"Lamps\n\n{LONG}  and\nold bridge  before\nthe summer.\n"
    assert repair(text).text == text
    rules = builtin_rules().select()
    joined = f"Lamps\n\n{LONG} and old bridge before the summer.\n"
    assert Cleaner(rules, profile="all").clean(text).text == joined
    assert Cleaner(rules, profile="all").clean(joined).text == joined


def test_a_long_paragraph_is_measured_once() -> None:
    """Were it measured for each of its lines, this would take an hour."""
    assert found_lines(f"{LONG}\nlamps\n" * 50_000 + "x" * 300 + "\n") == []


def found_lines(text: str) -> list[str]:
    """The lines whose newline is found."""
    rule = rule_of("hard-wrap", {})
    matcher = bind(rule, builtin_rules())
    assert matcher is not None
    view = TextView(text)
    return [view.lines[hit.first] for hit in matcher(view)]


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red\nviolets are blue\n",
        f"{LONG}.\nold bridge before the summer.\n",
        f"{LONG}\nOld bridge before the summer.\n",
        f"{LONG}\n\nold bridge before the summer.\n",
        "Eight ingredients are needed for the soup of the day\n2 onions\n",
        "Council to close the bridge over the river in the summer\nthe town council voted on Tuesday night to close "
        "the old bridge over the river until the end of June, and nobody was happy.\n",  # a heading
        "find the ferry\ncrash on the way to the old bridge over the river in the night\nlamps\n"
        f"{LONG} walls of the mill\n",
        f"{LONG}\nshare\n",
        "Council to close the old bridge for three months of repairs\neBay shares fall after results\n",
    ],
)
def test_a_newline_that_ends_something_stays(text: str) -> None:
    assert found("hard-wrap", text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\nold bridge before the summer.\n",
        f"{LONG}\nbridge.\n",
        f"{LONG}\nold bridge.\n",
        f"{OPEN}\n3-day visit to the islands.\n",
    ],
)
def test_a_newline_in_the_middle_of_a_sentence_is_found(text: str) -> None:
    assert found("hard-wrap", text) == ["\n"]


def test_the_words_that_leave_a_sentence_open_come_from_the_options() -> None:
    rule = rule_of("hard-wrap", {"open-ends": "unto"})
    matcher = bind(rule, builtin_rules())
    assert matcher is not None
    assert list(matcher(TextView(f"{OPEN}\n3-day visit to the islands.\n"))) == []
    assert len(list(matcher(TextView(f"{OPEN[:-1]}unto\n3-day visit to the islands.\n")))) == 1


SPEECH = (
    "The mayor arrived in the afternoon with the engineers, and President Anna Hollis of the shopkeepers' club was "
    "waiting for her at the landing. She had a list of forty questions, most of which were about the summer. Ann Poe "
    "answered nine of them, and the rest she took with her to the hall, as she told the two reporters of the Gazette."
)
WRAPPED = fill(SPEECH, 72)


@pytest.mark.parametrize("width", range(58, 90))
def test_a_text_of_one_width_is_joined_wherever_its_paragraphs_go_on(width: int) -> None:
    text = fill(SPEECH, width)
    assert len(found("hard-wrap", text)) == text.count("\n")


def test_a_line_that_is_not_full_ends_something_in_a_text_of_one_width() -> None:
    heading = "Ferry to run all night as the bridge is closed\nas of Monday\n\n"
    assert len(found("hard-wrap", f"{heading}{WRAPPED}")) == WRAPPED.count("\n")


def test_paragraphs_without_a_blank_line_between_stay_apart() -> None:
    text = "\n".join([WRAPPED, "The work begins on Monday.", *fill(SPEECH, 72).split("\n")])
    for line in found_lines(text):
        assert not line.endswith(".")


@pytest.mark.parametrize(
    "line", ["• Ann", "  Ann", "2. Ann", "(b) Ann", "Ann | Poe", "2019343355 66 77 88 99 00 11", "安全"]
)
def test_an_item_a_row_and_an_indented_line_are_not_joined(line: str) -> None:
    full = "She had a list of questions for the council and the engineers of the new"
    text = f"{WRAPPED}\n\n{full}\n{line} " + "x" * 30
    assert found_lines(f"{WRAPPED}\n\n{full}\nbridge over there.\n")[-1] == full
    assert found_lines(text)[-1] != full


@pytest.mark.parametrize(
    ("end", "last"),
    [
        ("of a bridge that was opened in May", "2024."),
        ("and the tickets sold out at half past", "10:30h."),
        ("und die neue Brücke kam schließlich am", "3. Mai 2024"),
        ("in which the whole council met again in", "2024 3 30"),
    ],
)
def test_a_number_at_the_end_of_a_paragraph_is_joined(end: str, last: str) -> None:
    full = f"She had a list of questions for the council {end}"[-71:]
    assert found_lines(f"{WRAPPED}\n\n{full}\n{last}\n")[-1] == full


_WORDS = st.sampled_from(
    [
        "the council",
        "of",
        "The",
        "bridge,",
        "closed.",
        "2024",
        "über",
        "Å",
        "in\n",
        "\n",
        "\n\n",
        "x" * 60,
        "a b c d e f g h",
    ]
)


@given(st.lists(_WORDS, max_size=14).map(" ".join))
def test_one_search_finds_the_lines_that_go_on(text: str) -> None:
    view, options = TextView(text.replace(" \n ", "\n")), HardWrapOptions(frozenset(["of", "in"]))
    followed = [i for i, (upper, lower) in enumerate(pairwise(view.lines)) if upper and lower]
    if not _width(view, followed).characters:
        assert list(_wrapped(view, options)) == [i for i in followed if _goes_on(view, i, options)]
