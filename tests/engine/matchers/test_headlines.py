"""Context matchers for headlines between paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.engine.matchers.headlines import _lines_with_time
from cleaner.text.lines import TextView
from tests.engine.matchers.finding import MORE, PROSE, found_beside, text_of

LINK = {"Read more": "related-heading"}
HEADLINE = "Union warns the mayor of chaos on the ferry"
TITLE = "Shopkeepers boo the mayor"
BRACKETED = "[The ferryman who never slept]"


def above_link(*paragraphs: str) -> list[str]:
    return found_beside("headline-above", text_of(*paragraphs), LINK, lines=("Read more", "Weiterlesen"))


def test_a_headline_between_paragraphs_above_a_link_is_found() -> None:
    assert above_link(PROSE, HEADLINE, "Read more", MORE) == [HEADLINE]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((HEADLINE, "Read more", MORE), id="nothing above"),
        pytest.param((PROSE, HEADLINE, "Read more"), id="nothing below"),
        pytest.param((PROSE, "What comes next", "Read more", MORE), id="a short subhead"),
        pytest.param((PROSE, f"{HEADLINE}:", "Read more", MORE), id="it leads on"),
        pytest.param((PROSE, f"• {HEADLINE}", "Read more", MORE), id="an item"),
        pytest.param((PROSE, MORE, "Read more", PROSE), id="prose"),
        pytest.param((PROSE, HEADLINE, "Related", MORE), id="no link"),
    ],
)
def test_what_may_belong_to_the_article_stays_above_a_link(paragraphs: tuple[str, ...]) -> None:
    assert above_link(*paragraphs) == []


@pytest.mark.parametrize("time", ["01:18", "(1:18)", "| 1:02:10", "– 0:45", "[2:05]"])
def test_a_title_with_and_without_its_running_time_is_found(time: str) -> None:
    timed = f"{TITLE} {time}"
    assert found_beside("timed-title", text_of(PROSE, TITLE, timed, MORE), {}) == [f"{TITLE}\n\n{timed}"]
    assert found_beside("timed-title", text_of(PROSE, timed, TITLE, MORE), {}) == [f"{timed}\n\n{TITLE}"]


def test_a_title_with_its_running_time_is_found_beside_a_scrap_that_says_it() -> None:
    scrap = f"Play{TITLE} Facebook Twitter Embed"
    timed = f"{TITLE} 2:25"
    assert found_beside("timed-title", text_of(PROSE, scrap, timed, MORE), {scrap: "video-player-ui"}) == [timed]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((PROSE, "Jane Doe", "Jane Doe 2:25", MORE), id="a name with its result"),
        pytest.param((PROSE, "The mayor comes", f"{TITLE} 2:25", MORE), id="another line"),
        pytest.param((PROSE, f"{TITLE} 2:25", MORE), id="alone"),
        pytest.param((PROSE, TITLE, f"{TITLE} 2:25", "Lamps", MORE), id="a list"),
        pytest.param(("By the river", TITLE, f"{TITLE} 2:25", "By the sea"), id="no running prose"),
    ],
)
def test_other_lines_that_end_in_a_time_stay(paragraphs: tuple[str, ...]) -> None:
    assert found_beside("timed-title", text_of(*paragraphs), {}) == []


@pytest.mark.parametrize("paragraphs", [(PROSE, "Read more", BRACKETED, MORE), (PROSE, BRACKETED, "Read more", MORE)])
def test_a_headline_in_brackets_beside_a_scrap_is_found(paragraphs: tuple[str, ...]) -> None:
    assert found_beside("bracketed-headline", text_of(*paragraphs), LINK, classes=("related-heading",)) == [BRACKETED]


@pytest.mark.parametrize(
    "line",
    ["[laughter in the hall below]", "[Editor's note: the bridge is old]", "[She left the hall.]", "[Pause]", "[1]"],
)
def test_directions_and_notes_in_brackets_stay(line: str) -> None:
    text = text_of(PROSE, "Read more", line, MORE)
    assert found_beside("bracketed-headline", text, LINK, classes=("related-heading",)) == []


def test_a_headline_in_brackets_without_a_scrap_of_the_class_stays() -> None:
    text = text_of(PROSE, "Read more", BRACKETED, MORE)
    assert found_beside("bracketed-headline", text, LINK, classes=("byline",)) == []
    assert found_beside("bracketed-headline", text_of(PROSE, BRACKETED, MORE), {}, classes=("related-heading",)) == []


@given(st.text("a:1])\n ", max_size=30))
def test_the_lines_that_end_in_a_time_are_those_that_each_line_tells(text: str) -> None:
    view = TextView(text)
    assert _lines_with_time(view) == [i for i, line in enumerate(view.lines) if line.rstrip("])")[-3:-2] == ":"]
