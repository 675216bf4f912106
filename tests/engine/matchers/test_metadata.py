"""Matchers for lines that repeat what is known: author, date, site."""

from __future__ import annotations

import pytest

from cleaner.model import DocumentInfo
from tests.engine.matchers.finding import PROSE, found, text_of

AUTHOR = DocumentInfo(author="Jo Harker and Ann van Poe")
DATE = DocumentInfo(date="2026-03-28T10:00:00Z")
SITE = DocumentInfo(site="River Post", url="https://www.hillnews.example/a")


@pytest.mark.parametrize("line", ["Jo Harker left early.", "Harker", "Jo Harker of Newford, mayor", "Ann Poe and Jo"])
def test_a_line_that_only_mentions_an_author_stays(line: str) -> None:
    assert found("known-author", text_of(PROSE, line), AUTHOR) == []


@pytest.mark.parametrize("line", ["Jo Harker", "Reporter Jo Harker", "ANN VAN POE"])
def test_a_line_with_the_name_of_one_author_is_found(line: str) -> None:
    assert found("known-author", text_of(PROSE, line), AUTHOR) == [line]


def test_the_words_between_names_come_from_the_options() -> None:
    author = DocumentInfo(author="Jo Harker sowie Ann Poe")
    assert found("known-author", text_of(PROSE, "Jo Harker"), author) == []
    assert found("known-author", text_of(PROSE, "Jo Harker"), author, between=" sowie ") == ["Jo Harker"]


def test_many_authors_are_found_in_many_lines() -> None:
    """Each line is looked up, and not held against each name."""
    authors = DocumentInfo(author=", ".join(f"Jo Harker{i}" for i in range(20_000)))
    lines = ["Jo Harker7", "By Jo Harker9", "Harker8", *(f"Lamps {i}" for i in range(20_000))]
    assert found("known-author", text_of(PROSE, *lines), authors) == ["Jo Harker7", "By Jo Harker9"]


@pytest.mark.parametrize(
    "line",
    [
        "28 March 2026",
        "Newford, March 28, 2026",
        "28/03/2026",
        "28. März 2026",
        "28 marca 2026",
        "2026年3月28日",
        "28 марта 2026",
    ],
)
def test_the_known_date_is_found_in_any_order_and_language(line: str) -> None:
    assert found("known-date", text_of(PROSE, line), DATE) == [line]


@pytest.mark.parametrize("line", ["28 April 2026", "The bridge closes on 28 March 2026.", "28 Stones, 2026"])
def test_another_date_and_a_sentence_stay(line: str) -> None:
    assert found("known-date", text_of(PROSE, line), DATE) == []


@pytest.mark.parametrize("date", ["", "yesterday", "2026-13-01"])
def test_a_date_that_is_none_finds_nothing(date: str) -> None:
    assert found("known-date", text_of("28 March 2026", PROSE), DocumentInfo(date=date)) == []


@pytest.mark.parametrize("line", ["River Post", "• RIVER POST", "Hillnews", "hillnews.example"])
def test_the_name_and_the_host_of_the_site_are_found(line: str) -> None:
    assert found("known-site", text_of(line, PROSE), SITE) == [line]


@pytest.mark.parametrize("line", ["River Posts", "The River Post", "Post"])
def test_other_names_stay(line: str) -> None:
    assert found("known-site", text_of(line, PROSE), SITE) == []
