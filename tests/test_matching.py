"""Matching: exact wordings, prefixes and the prefilter."""

from __future__ import annotations

import pytest

from cleaner import Cleaner, RuleSet
from cleaner.literals import required_literals
from cleaner.matching import CompiledRules, Memo
from cleaner.rules.parse import parse_rules

_END = 'examples = { removes = ["x"], keeps = ["y z"] }\n'


def rules(body: str) -> RuleSet:
    return parse_rules(f'[[rule]]\nid = "own.x"\ndescription = "X"\n{body}\n{_END}', terms={})


def fits(ruleset: RuleSet, line: str, prefilter: bool = True) -> bool:
    memo = Memo()
    CompiledRules(ruleset, prefilter).match_lines([line], memo)
    return line in memo.lines


@pytest.mark.parametrize("prefilter", [True, False])
@pytest.mark.parametrize(
    ("body", "line", "want"),
    [
        ('lines = ["Follow us"]', "  • FOLLOW\N{NO-BREAK SPACE} us:", True),
        ('lines = ["Follow us"]', "Follow us all", False),
        ('lines = ["No comments"]', "“No comments.”", False),
        ('prefixes = ["Source:"]', "Source: River Post", True),
        ('prefixes = ["Source:"]', "Source code of the machine is public", False),
        ('prefixes = ["来源"]', "来源：新华社", True),
        ('prefixes = ["By"]', "By Jane Doe", True),
        ('prefixes = ["By"]', "Byron wrote it", False),
        ("pattern = 'reporting by .+'", "Reporting  by Jane Doe", True),
        ("pattern = 'reporting by .+'", "(Reporting\tby Jane Doe", False),
        ("pattern = '\\d+ shares'", "12 shares", True),
        ("pattern = 'x[*+] foo'", "x+ foo", True),
        ("pattern = '[[:alpha:]] foobar'", "x foobar", True),
        ("pattern = '(?:foobar){e<=1}'", "fobar", True),
        ("pattern = 'a++b\\d'", "aab1", True),
        ("pattern = 'it.s'", "it’s", True),
    ],
)
def test_a_line_fits(body: str, line: str, want: bool, prefilter: bool) -> None:
    assert fits(rules(body), line, prefilter) is want


def test_explicit_keywords_narrow_both_ways_of_matching() -> None:
    narrowed = rules("pattern = '.+ today'\nkeywords = [\"bridge\"]")
    for prefilter in (True, False):
        assert fits(narrowed, "The bridge is closed today", prefilter)
        assert not fits(narrowed, "The road is closed today", prefilter)


def test_unknown_constructs_have_no_literals() -> None:
    assert required_literals("(?:foobar){e<=1}") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "word word\t[/caption]\n",
        "a\N{NO-BREAK SPACE}[/caption]\N{NARROW NO-BREAK SPACE}b and more words\n",
        "a\N{IDEOGRAPHIC SPACE}[/caption]\n",
        "[/caption] the mill\n",
        "the mill [/caption], he said\n",
        "[/caption] [/caption]\n",
    ],
)
def test_a_piece_taken_out_leaves_a_clean_seam(text: str) -> None:
    prose = "The council met on Tuesday to vote on the old bridge across the river.\n"
    cleaner = Cleaner()
    once = cleaner.clean(text + prose).text
    assert "caption" not in once
    assert cleaner.clean(once).text == once
    assert all(line == line.rstrip() for line in once.split("\n"))
    assert "  " not in once


@pytest.mark.parametrize("charset", ["hex", "undefined", "utf-16", "utf-7", "nonsense"])
def test_a_wrong_charset_does_no_harm(charset: str) -> None:
    assert Cleaner(RuleSet()).clean(b"caf\xe9 ", content_type=f"text/html; charset={charset}").text == "café\n"
