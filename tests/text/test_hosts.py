"""Hosts and sites: what an address says, and what is no host."""

from __future__ import annotations

import pytest

from cleaner.text.hosts import host_of, is_host, is_on_site, lies_below, site_of


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Riverpost.example:8080/a?b=//c", "www.riverpost.example"),
        ("//riverpost.example/a", "riverpost.example"),
        ("riverpost.example/a", "riverpost.example"),
        ("https://user:secret@riverpost.example/", "riverpost.example"),
        ("localhost", "localhost"),
        ("", ""),
        ("http://[bad", ""),
        ("https:///a", ""),
    ],
)
def test_the_host_of_an_address(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.Riverpost.example/a?b=//c", "riverpost.example"),
        ("http://news.riverpost.example:80", "news.riverpost.example"),
        ("www.riverpost.example/a", "riverpost.example"),
        ("", ""),
        ("http://[bad", ""),
        ("not an address", ""),
        ("localhost", ""),
    ],
)
def test_the_site_of_an_address(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    "text", ["riverpost.example", "m.riverpost.example", "river-post.example", "localhost", "a1.b2"]
)
def test_a_host_is_a_host(text: str) -> None:
    assert is_host(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "riverpost",
        "https://riverpost.example",
        "riverpost.example/a",
        "RiverPost.example",
        "a b.example",
        ".example",
    ],
)
def test_other_texts_are_no_host(text: str) -> None:
    assert not is_host(text)


@pytest.mark.parametrize(
    ("url", "want"),
    [
        ("https://riverpost.example/a", True),
        ("https://M.RiverPost.example/a", True),
        ("riverpost.example", True),
        ("https://driverpost.example/a", False),
        ("https://riverpost.example.other.example/", False),
        ("https://other.example/riverpost.example", False),
        ("", False),
    ],
)
def test_a_page_is_on_a_site_when_its_host_lies_below(url: str, want: bool) -> None:
    assert is_on_site(url, ["hillnews.example", "riverpost.example"]) is want


def test_a_page_is_on_no_site_when_there_is_none() -> None:
    assert not is_on_site("https://riverpost.example/a", [])


def test_a_host_lies_below_itself_and_its_parents() -> None:
    assert lies_below("m.news.example", "m.news.example")
    assert lies_below("m.news.example", "news.example")
    assert not lies_below("news.example", "m.news.example")
    assert not lies_below("goodnews.example", "news.example")
