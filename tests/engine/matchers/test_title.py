"""Matchers for the title: what is taken around it, and the texts in which nothing is."""

from __future__ import annotations

import pytest

from cleaner.model import DocumentInfo
from tests.engine.matchers.finding import MORE, PROSE, found, found_beside, text_of

TITLE = "Council votes to close the old bridge"
KNOWN = DocumentInfo(title=TITLE)
DATE = {"May 3": "timestamps"}
VERSE = "and the river was wide"


def test_without_a_known_title_nothing_is_found() -> None:
    text = text_of("Newford", TITLE, "Jane Doe", "May 3", PROSE)
    assert found("known-title", text) == []
    assert found("above-title", text) == []
    assert found_beside("below-title", text, DATE) == []


@pytest.mark.parametrize(
    "text",
    [
        text_of(PROSE, TITLE, MORE),  # a link to the article itself
        text_of("The old bridge,", TITLE, PROSE),  # inside an unfinished list or poem
        text_of(f"{TITLE} after a long night of talks", PROSE),  # the first sentence goes on
        text_of(f"{TITLE} again, and nobody was there to see it but the mayor and his dog.", PROSE),
    ],
)
def test_a_line_that_is_no_headline_stays(text: str) -> None:
    assert found("known-title", text, KNOWN) == []


@pytest.mark.parametrize(
    "line",
    [TITLE, TITLE.upper(), f"{TITLE} | River Post", f"Town hall: {TITLE}", "Council voted to close the old bridge"],
)
def test_the_title_is_found_with_a_kicker_or_a_site_and_nearly_the_same(line: str) -> None:
    assert found("known-title", text_of("Newford", line, PROSE), KNOWN) == [line]


def test_short_lines_above_the_title_are_found() -> None:
    assert found("above-title", text_of("Newford", "Local news", TITLE, PROSE), KNOWN) == ["Newford", "Local news"]


@pytest.mark.parametrize("line", ["Is it safe?", "The bridge is closed.", "Ann Hollis:"])
def test_nothing_above_the_title_is_found_when_one_line_is_text(line: str) -> None:
    assert found("above-title", text_of("Newford", line, TITLE, PROSE), KNOWN) == []


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "", TITLE, VERSE),  # the poem begins with its title
        (TITLE, VERSE),
        (VERSE, "", TITLE, "", VERSE),
    ],
)
def test_a_title_that_is_a_line_of_verse_stays(lines: tuple[str, ...]) -> None:
    text = "\n".join(lines) + "\n"
    assert found("known-title", text, KNOWN) == []
    assert found("above-title", text, KNOWN) == []


def test_the_heading_of_a_poem_and_every_copy_above_prose_are_found() -> None:
    assert found("known-title", text_of(TITLE, VERSE), KNOWN) == [TITLE]
    assert found("known-title", text_of(TITLE, "Ann Hollis on ropes", TITLE, PROSE), KNOWN) == [TITLE, TITLE]


@pytest.mark.parametrize("name", ["Jane Doe", "Élodie Le Blanc", "Анна Холод", "Žofie Nováková"])
def test_a_name_below_the_title_and_above_a_scrap_is_found(name: str) -> None:
    assert found_beside("below-title", text_of(TITLE, name, "May 3", PROSE), DATE, KNOWN) == [name]


def test_a_short_line_below_the_title_between_two_scraps_is_found() -> None:
    scraps = {**DATE, "3 min read": "reading-time"}
    assert found_beside("below-title", text_of(TITLE, "May 3", "town hall", "3 min read", PROSE), scraps, KNOWN) == [
        "town hall"
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("Before you start",),  # the first subhead
        ("May 3", "Before you start"),
        ("The shopkeeper talks about ropes", "May 3"),  # the deck
        ("10:45",),
        ("the river took my hat", "and never gave it back"),
        ("Dear readers,", "May 3"),
        ("Anna Hollis:", "May 3"),
        ("• Flour", "Jane Doe", "May 3"),
        ("Shopkeepers of the northern bank fear for their summer", "May 3"),
    ],
)
def test_what_may_be_text_below_the_title_stays(lines: tuple[str, ...]) -> None:
    assert found_beside("below-title", text_of(TITLE, *lines, PROSE), DATE, KNOWN) == []


def test_nothing_is_found_below_a_title_without_text() -> None:
    assert found_beside("below-title", text_of(TITLE, "Jane Doe", "May 3"), DATE, KNOWN) == []


@pytest.mark.parametrize("between", [(), ("May 3",), ("River Post", "May 3"), ("May 3", "River Post")])
def test_the_second_copy_of_a_title_goes_with_a_known_masthead(between: tuple[str, ...]) -> None:
    text = text_of(TITLE, *between, TITLE, PROSE)
    assert found_beside("repeated-title", text, DATE) == ["\n\n".join([*between, TITLE])]


@pytest.mark.parametrize(
    "lines",
    [
        (TITLE, "Bridge repairs to take three months", PROSE),
        (TITLE, PROSE, TITLE),
        (TITLE, "River Post", TITLE, PROSE),  # nothing says that it is a masthead
        (TITLE, "Ann Poe", "River Post", "May 3", TITLE, PROSE),
        (TITLE, "May 3", "Ann Poe:", TITLE, PROSE),
        (TITLE, "May 3", "Repairs take 90 days", TITLE, PROSE),
        (TITLE, "May 3", "Shopkeepers fear for their summer", TITLE, PROSE),
        (TITLE, VERSE, TITLE, VERSE),  # a refrain
        (TITLE, TITLE, VERSE),
        ("Lamps", "Lamps", PROSE),
        ("Mr Speaker,", "I have a dream.", "I have a dream.", PROSE),  # a speech
        ("It cracked.", TITLE, TITLE, PROSE),
    ],
)
def test_without_a_known_masthead_between_two_titles_nothing_is_found(lines: tuple[str, ...]) -> None:
    assert found_beside("repeated-title", text_of(*lines), DATE) == []
