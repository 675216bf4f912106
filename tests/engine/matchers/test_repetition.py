"""Lines that stand twice. Lines of the site are tested with their counting in tests/text/test_site_lines.py."""

from __future__ import annotations

import pytest

from cleaner.model import DocumentInfo
from cleaner.text.site_lines import repeated_lines
from tests.engine.matchers.finding import MORE, PROSE, found, text_of

VERSE = "Down by the river the bells are ringing"


def test_the_second_of_two_equal_paragraphs_is_found() -> None:
    assert found("printed-twice", text_of(PROSE, PROSE, MORE)) == [PROSE]


@pytest.mark.parametrize("text", [text_of(PROSE, MORE, PROSE), text_of("Na na", "Na na", PROSE), text_of(PROSE, MORE)])
def test_a_refrain_and_paragraphs_apart_stay(text: str) -> None:
    assert found("printed-twice", text) == []


def test_a_line_that_says_the_same_twice_is_found() -> None:
    line = "Mill museum opens a second floor Mill museum opens a second floor"
    assert found("doubled-line", text_of(PROSE, line)) == [line]


def test_what_stands_twice_in_a_text_without_running_prose_stays() -> None:
    line = "Down by the river the bells are ringing tonight and nobody crosses the bridge."
    verses = ["the mill is closed", "the ferry is gone"] * 9
    assert found("printed-twice", text_of(line, line, *verses)) == []
    assert found("doubled-line", text_of(f"{VERSE} {VERSE}", *verses)) == []


@pytest.mark.parametrize(
    "line",
    [
        *("No, no, no, no, no, no", "Mill museum Mill", "Bye bye", "x" * 30),
        *("Good morning. Good morning.", "Come back to us! Come back to us!", "Was ist los? Was ist los?"),
        *("Où vas-tu ? Où vas-tu ?", "Ты где, Анна? Ты где, Анна?", "Hush, my dear, Hush, my dear,"),
    ],
)
def test_a_word_said_again_stays(line: str) -> None:
    assert found("doubled-line", text_of(PROSE, line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "| Lamp | Height | | Lamp | Height |",
        "Lamp\tHeight in metres\tLamp\tHeight in metres",
        "Lamp  Height, m  Lamp  Height, m",
    ],
)
def test_the_head_of_two_tables_side_by_side_stays(line: str) -> None:
    assert found("doubled-line", text_of(PROSE, line)) == []


def test_a_line_of_the_site_goes_outside_the_body_and_inside_when_it_stands_everywhere() -> None:
    greeting = "Good morning to all, Newford"
    text = text_of(PROSE, greeting, MORE, greeting)
    often, everywhere = (DocumentInfo(repeated=repeated_lines([greeting], everywhere=it)) for it in (False, True))
    assert found("repeated-line", text, often) == [greeting]
    assert found("repeated-line", text, everywhere) == [greeting, greeting]
    assert found("repeated-line", text) == []


@pytest.mark.parametrize("line", ["Q:", "“No comment.”", "• Salt", "2–1", "Salt\t3 g", "Home | News"])
def test_what_articles_themselves_repeat_stays(line: str) -> None:
    known = DocumentInfo(repeated=repeated_lines([line]))
    assert found("repeated-line", text_of(PROSE, line, MORE, "And then?"), known) == []


def test_the_title_stays_though_it_recurs() -> None:
    known = DocumentInfo(title="The old bridge", repeated=repeated_lines(["The old bridge"]))
    assert found("repeated-line", text_of(PROSE, "The old bridge"), known) == []
