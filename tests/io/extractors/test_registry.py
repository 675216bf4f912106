"""What holds for every extractor, and plain text among pages."""

from __future__ import annotations

from contextlib import suppress

import pytest

from cleaner.errors import CleanerError, ExtractionError
from cleaner.io.extractors.base import Article
from cleaner.io.extractors.registry import DEFAULT_EXTRACTOR, EXTRACTORS, check_extractor, extract
from cleaner.model import DocumentInfo
from tests.io.extractors.pages import PAGE, PROSE


@pytest.fixture(params=sorted(EXTRACTORS))
def extractor(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if name == "resiliparse":
        pytest.importorskip("resiliparse", reason="needs resiliparse")
    return name


def test_the_names_are_those_of_the_command() -> None:
    assert list(EXTRACTORS) == ["trafilatura", "trafilatura-fast", "resiliparse"]
    assert DEFAULT_EXTRACTOR == "trafilatura"


def test_the_article_comes_without_navigation_and_comments(extractor: str) -> None:
    text, info, encoding, _ = extract(PAGE.encode(), "", extractor)
    assert [line in text for line in PROSE] == [True] * len(PROSE)
    assert [scrap for scrap in ("Weather", "paint it green", "Imprint") if scrap in text] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert encoding == "utf-8"
    assert info == DocumentInfo(
        title="Ferry waits for the ice",
        url="https://river.example/ferry",
        author="Ann Hollis",
        date="2026-01-12",
        site="River Post",
    )


def test_a_known_address_is_preferred_to_that_of_the_page(extractor: str) -> None:
    assert extract(PAGE, "https://mirror.example/a", extractor).info.url == "https://mirror.example/a"


@pytest.mark.parametrize("page", ["", " \n", "<html></html>", "<p></p>"])
def test_a_page_without_an_article_is_an_error(page: str, extractor: str) -> None:
    with pytest.raises(ExtractionError, match="no article found"):
        extract(page, "", extractor)


def test_warming_up_makes_no_difference(extractor: str) -> None:
    EXTRACTORS[extractor].warm_up()
    assert PROSE[0] in extract(PAGE, "", extractor).text


def test_an_unknown_extractor_is_an_error_that_names_the_others() -> None:
    message = "'readability'; choose one of trafilatura, trafilatura-fast, resiliparse"
    with pytest.raises(CleanerError, match=message):
        extract(PAGE, "", "readability")
    with pytest.raises(CleanerError, match=message):
        check_extractor("readability")


# Plain text


@pytest.mark.parametrize(
    "text",
    [
        "\n\n".join(PROSE),
        "One line",
        "It was < 3 degrees and > 20 knots; i<3u, x <y. Write to <ann@river.example>.\n",
        "An unfinished <b",
        "<a " * 300_000,
    ],
    ids=lambda text: text[:20],
)
def test_plain_text_comes_back_as_it_is(text: str, extractor: str) -> None:
    assert extract(text.encode(), "", extractor) == Article(text, DocumentInfo(), "utf-8")


def test_plain_text_has_the_address_that_is_known() -> None:
    assert extract("One line", "https://a.example/").info == DocumentInfo(url="https://a.example/")


@pytest.mark.parametrize("tag", ["<br>", "<BR/>", "<!-- x -->", "</p>", '<p class="a">', "<o:p>", "<!DOCTYPE html>"])
def test_one_tag_makes_a_page(tag: str) -> None:
    page = f"Short. {tag}"
    with suppress(ExtractionError):  # so short a page may have no article
        assert extract(page).text != page
