"""Context matchers: lines beside scraps."""

from __future__ import annotations

import pytest

from cleaner.engine.matchers.neighbours import is_fact
from tests.engine.matchers.finding import MORE, PROSE, found_beside, text_of

SHARE = {"Follow us on:": "follow-us"}
CREDIT = {"Photo: Jane Doe/Reuters": "photo-credit"}


def test_short_lines_below_a_call_are_found_to_the_end() -> None:
    text = text_of(PROSE, "Lamps", "Follow us on:", "Mill museum opens", "Lamps")
    assert found_beside("below-scraps", text, SHARE) == ["Mill museum opens", "Lamps"]


@pytest.mark.parametrize("line", ["The Old Bridge (1911)", "Correction: five arches", "• Salt", MORE])
def test_nothing_below_a_line_that_articles_have_is_found(line: str) -> None:
    assert found_beside("below-scraps", text_of(PROSE, "Follow us on:", line, "Lamps"), SHARE) == []


def test_a_long_row_of_digits_is_no_fact() -> None:
    """Were the row tried from each digit to its end, this would take hours."""
    assert not is_fact("7" * 1_000_000)
    assert is_fact("0123 45")
    assert is_fact("x" * 1000 + "1234567-89")


def test_one_ambiguous_word_is_no_call() -> None:
    assert found_beside("below-scraps", text_of(PROSE, "Share", "Lamps"), {"Share": "share-bar"}) == []
    assert found_beside("below-scraps", text_of(PROSE, "Follow us on:", "Lamps"), {"Follow us on:": "byline"}) == []


def test_longer_lines_are_found_when_the_rule_says_so() -> None:
    line = "One two three four five six seven"
    assert found_beside("below-scraps", text_of(PROSE, "Follow us on:", line), SHARE) == []
    assert found_beside("below-scraps", text_of(PROSE, "Follow us on:", line), SHARE, words=7) == [line]


def test_the_caption_above_a_credit_is_found() -> None:
    text = text_of(PROSE, "The mayor at the old bridge", "Photo: Jane Doe/Reuters", MORE)
    assert found_beside("above-scrap", text, CREDIT) == ["The mayor at the old bridge"]
    assert found_beside("above-scrap", text, CREDIT, words=3) == []


@pytest.mark.parametrize("line", ["The mayor is at the bridge.", "Director: Jane Doe", "• Salt"])
def test_a_sentence_a_particular_and_an_item_above_a_credit_stay(line: str) -> None:
    assert found_beside("above-scrap", text_of(PROSE, line, "Photo: Jane Doe/Reuters"), CREDIT) == []


def test_the_first_line_above_a_credit_stays() -> None:
    assert found_beside("above-scrap", text_of("The old bridge", "Photo: Jane Doe/Reuters", PROSE), CREDIT) == []


def test_a_description_above_a_caption_with_its_words_is_found() -> None:
    caption = "The mayor at the old bridge on Wednesday (Photo: Jane Doe)"
    description = "The mayor at the old bridge on Wednesday"
    text, scraps = text_of(PROSE, description, caption), {caption: "photo-caption"}
    assert found_beside("described-twice", text, scraps) == [description]
    assert found_beside("described-twice", text_of(PROSE, "The mayor", caption), scraps) == []
    assert found_beside("described-twice", text, {caption: "byline"}) == []


def test_a_description_that_reads_as_prose_is_found_when_the_caption_says_no_more_than_its_credit() -> None:
    caption, longer = f"{PROSE} © Jane Doe/AFP", f"{PROSE} {MORE} © Jane Doe/AFP"
    assert found_beside("described-twice", text_of(MORE, PROSE, caption), {caption: "photo-caption"}) == [PROSE]
    assert found_beside("described-twice", text_of(MORE, PROSE, longer), {longer: "photo-caption"}) == []


HEADING = {"More stories": "related-heading"}
BODY = (PROSE, MORE, PROSE.replace("Tuesday", "Friday"), MORE.replace("spring", "autumn"))


def test_teasers_below_a_heading_are_found_to_the_end() -> None:
    teasers = ("More stories", "Mill museum opens", PROSE, "Lamps to be replaced")
    assert found_beside("teasers", text_of(*BODY, *teasers), HEADING) == ["\n\n".join(teasers)]


@pytest.mark.parametrize(
    "below",
    [
        ("Mill museum opens", PROSE, MORE, "Lamps"),  # paragraphs in a row
        ("Mill museum opens", PROSE),  # prose to the end
        ("Mill museum opens", "Lamps"),  # no summaries
        ("Bridge\t1911", PROSE, "Lamps"),  # a table
    ],
)
def test_an_article_that_goes_on_below_a_heading_stays(below: tuple[str, ...]) -> None:
    assert found_beside("teasers", text_of(*BODY, "More stories", *below), HEADING) == []


def test_a_heading_near_the_top_is_one_of_the_article() -> None:
    assert found_beside("teasers", text_of(PROSE, "More stories", "Mill", MORE, "Lamps"), HEADING) == []


def test_facts_of_articles() -> None:
    assert all(map(is_fact, ["Ann Hollis, 1911", "tel. 0123 456", "12 €", "pp. 3", "www.newford.example"]))
    assert not any(map(is_fact, ["Follow us", "Read more", "61%"]))
