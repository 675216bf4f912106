"""What a page says about its lines."""

from __future__ import annotations

import pytest

from cleaner.io.extractors.page_lines import read_page_lines
from cleaner.io.extractors.registry import EXTRACTORS, extract
from cleaner.model import NO_PAGE, PageLine
from tests.io.extractors.pages import PAGE, PROSE


@pytest.mark.parametrize(
    ("page", "line", "expected"),
    [
        ("<p>The council met.</p>", "The council met.", PageLine(0.0, "paragraph", 0)),
        ("<p><a href='/a'>Read</a> on</p>", "Read on", PageLine(0.667, "paragraph", 0)),
        ("<p><a name='top'>Read on</a></p>", "Read on", PageLine(0.0, "paragraph", 0)),  # no link
        ("<h2><span>Voices</span></h2>", "Voices", PageLine(0.0, "heading", 0)),
        ("<ul><li>Food<ul><li><a href='/w'>Wine</a></ul></ul>", "Wine", PageLine(1.0, "item", 2)),
        ("<ul><li>Food<ul><li><a href='/w'>Wine</a></ul></ul>", "Food", PageLine(0.0, "item", 1)),
        ("<ul><li><div>Food</div></ul>", "Food", PageLine(0.0, "item", 1)),
        ("<ul><li><p>Food</p></ul>", "Food", PageLine(0.0, "paragraph", 1)),
        ("<figure><figcaption>The bridge</figcaption></figure>", "The bridge", PageLine(0.0, "caption", 0)),
        ("<blockquote><p>We wait</p>they said</blockquote>", "they said", PageLine(0.0, "quote", 0)),
        ("<div>One<br>Two</div>", "Two", PageLine(0.0, "other", 0)),
        ("<div>One<!-- and -->Two</div>", "OneTwo", PageLine(0.0, "other", 0)),
        ("<table><tr><td>Ann<td><a href='/5'>5</a></table>", "| Ann | 5 |", PageLine(0.25, "cell", 0)),
        ("<p>Share</p><script>Share()</script>this", "this", PageLine(0.0, "other", 0)),
    ],
)
def test_a_line_has_its_links_its_element_and_its_lists(page: str, line: str, expected: PageLine) -> None:
    assert read_page_lines(page).of(line) == expected


def test_scripts_and_heads_have_no_lines() -> None:
    found = read_page_lines("<head><title>Bridge</title></head><body><script>Run</script><style>a</style><p>Met")
    assert [found.of(line) is not None for line in ("Bridge", "Run", "a", "Met")] == [False, False, False, True]


def test_a_line_that_is_a_link_elsewhere_counts_where_it_is_none() -> None:
    page = "<nav><a href='/v'>Voices</a></nav><h2>Voices</h2>"
    assert read_page_lines(page).of("Voices") == PageLine(0.0, "heading", 0)


@pytest.mark.parametrize("page", ["", " ", "<", "\x00", "<!-- -->", "<div>" * 50_000, "<table>" * 5_000 + "x"])
def test_a_page_that_says_nothing_or_is_broken_has_no_lines(page: str) -> None:
    assert len(read_page_lines(page)) <= 1


def test_deep_and_long_pages_are_read_as_far_as_the_parser_goes() -> None:
    assert len(read_page_lines("<ul><li>" * 100 + "Wine")) == 1
    assert len(read_page_lines("<ul><li>" * 300 + "Wine")) == 0
    assert len(read_page_lines("<p>Wine</p>" * 5_000)) == 1


@pytest.mark.parametrize("name", sorted(EXTRACTORS))
def test_every_extractor_hands_them_over_when_asked(name: str) -> None:
    if name == "resiliparse":
        pytest.importorskip("resiliparse", reason="needs resiliparse")
    found = extract(PAGE, "", name, page_lines=True).info.page
    assert [found.of(line) is not None for line in PROSE] == [True] * len(PROSE)
    assert extract(PAGE, "", name).info.page is NO_PAGE
