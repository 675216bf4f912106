"""The examples of rules: what holds, and what fails how."""

from __future__ import annotations

import pytest

from cleaner.authoring.examples import SAMPLE_ARTICLE, Failure, check_examples, put_into_article
from cleaner.errors import RuleError
from cleaner.model import Zone
from cleaner.pipeline import clean
from cleaner.rules.loader import parse_rules

RULE = """
[[rule]]
id = "own.bye"
description = "Sign-off"
{keys}
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""


def failures(keys: str, more: str = "") -> list[Failure]:
    rules = parse_rules(RULE.format(keys=keys) + more)
    return list(check_examples(rules.rules[0], rules))


@pytest.mark.parametrize(
    "keys",
    [
        "lines = ['Bye from the Hill News']",
        "zone = ['head', 'deck', 'body', 'tail']\nlines = ['Bye from the Hill News']",
        "unit = 'span'\npattern = 'bye from the'\nunless.line = 'said'",
        "action = 'flag'\nflag = 'paywall'\nlines = ['Bye from the Hill News']",
        "sites = ['hill.example']\nlines = ['Bye from the Hill News']",
    ],
)
def test_examples_hold(keys: str) -> None:
    assert failures(keys) == []


@pytest.mark.parametrize(
    ("keys", "kinds"),
    [
        ("lines = ['Bye']", ["removes"]),
        ("prefixes = ['Bye from']", ["keeps (any)"]),
        ("zone = ['head', 'tail']\nprefixes = ['Bye from']", ["keeps (head)", "keeps (tail)"]),
        ("action = 'flag'\nflag = 'paywall'\nlines = ['Bye']", ["removes (flag)"]),
        ("action = 'flag'\nflag = 'paywall'\nprefixes = ['Bye from']", ["keeps (any)"]),
        ("unit = 'span'\npattern = 'bye to'", ["removes"]),
    ],
)
def test_examples_fail(keys: str, kinds: list[str]) -> None:
    assert [failure.kind for failure in failures(keys)] == kinds


def test_a_case_is_a_whole_text() -> None:
    case = "[[rule.examples.cases]]\ninput = 'A word.'\nwant = 'Another.'\n"
    (failure,) = failures("lines = ['Bye from the Hill News']", case)
    assert (failure.kind, failure.example, failure.got, failure.want) == ("case", "A word.", "A word.\n", "Another.")
    assert str(failure).endswith("rule own.bye: case: 'A word.' gave 'A word.\\n'")


def test_broken_encoding_must_not_hide_a_scrap() -> None:
    """The example also runs as a page shows it that read UTF-8 as Windows-1252."""
    text = RULE.format(keys="pattern = 'bis später|bye from the hill news'")
    rules = parse_rules(text.replace("removes = [", "removes = ['Bis später', "))
    assert [failure.kind for failure in check_examples(rules.rules[0], rules)] == []


def test_a_matcher_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(RuleError, match="no matcher 'magic'"):
        failures("matcher = 'magic'")


@pytest.mark.parametrize("zone", Zone)
def test_the_example_stands_in_its_zone_of_an_article_without_scraps(zone: Zone) -> None:
    text, without = put_into_article("Follow us on:", zone)
    assert clean(without).edits == ()
    assert without.startswith(SAMPLE_ARTICLE)
    at = text.index("Follow us on:")
    before = text[:at].count("bridge") + text[:at].count("lamps")
    assert before == {Zone.HEAD: 0, Zone.DECK: 1, Zone.BODY: 1, Zone.ANY: 1, Zone.TAIL: 2}[zone]
