"""Matching: exact wordings, prefixes and the prefilter."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, RuleSet
from cleaner.literals import required_literals
from cleaner.matching import CompiledRules, Memo
from cleaner.prose import _INNER_END, count_words, ends_sentence, is_prose
from cleaner.rules import Rule
from cleaner.rules.parse import parse_rules
from cleaner.segment import bare, fold, fold_lines, searchable

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


_LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])) | st.text(
    "aIİı ß•–«（：\t\xa0\xad“`.#0٣"
)


@given(st.lists(_LINE, min_size=1))
def test_lines_folded_together_are_those_folded_one_by_one(lines: list[str]) -> None:
    folded = fold_lines(lines)
    assert folded.bare == list(map(bare, lines))
    assert folded.keys == list(map(fold, lines))
    assert folded.text.split("\n") == folded.lines == list(map(searchable, lines))


_REGEXES = (
    r"(?:\d+ )?min read\b.*",
    r"[(\[-]*(?:photo|foto)s? ?[:：] ?.+",
    r".{2,}?[.!?] ?(?:Getty|AFP)/.+",
    r"\p{Lu}\w+ (?:said|sagte)",
    r"(?!.{12}).*\d.*",
    r"ß?[a-e]{1,3}(?:x|yy)+",
    r"(?P<a>ab|ba) .* (?P=a)",
    r"[^a-z]*\d\d[%°]",
    r"(?:İ|ı|i)stanbul",
    r"(?i:©|\(c\)) ?\d{4}?.*",
    r".*a(?=b).*",
)
_PIECES = st.sampled_from(
    [
        "3 ",
        "٣ ",
        "min read",
        "MIN READ",
        "(",
        "photo",
        "Foto",
        ": ",
        "：",
        "x",
        "yy",
        "ab ",
        " ba",
        "Getty/",
        ". ",
        "İSTANBUL",
        "ISTANBUL",
        "ıstanbul",
        "İstanbul",
        "%",
        "°",
        "77",
        "©",
        "(C)",
        " 2020",
        "Ann said",
        "ß",
        "ẞ",
        "abc",
        "• ",
        "\xad",
        "\xa0",
    ]
)


@given(st.lists(st.lists(_PIECES, max_size=6).map("".join), max_size=20))
def test_the_prefilter_misses_nothing(lines: list[str]) -> None:
    fast, plain = Memo(), Memo()
    _FAST.match_lines(lines, fast)
    _PLAIN.match_lines(lines, plain)
    assert fast.lines == plain.lines


_MANY = RuleSet(
    Rule(id=f"own.r{i}", description="X", patterns={"": (text,)}, keywords=keywords)
    for i, (text, keywords) in enumerate(product(_REGEXES, [(), ("•", "yy"), (" ba", "\xa0(")]))
)
_FAST, _PLAIN = CompiledRules(_MANY), CompiledRules(_MANY, prefilter=False)


@given(st.text("aé 中.,'’-/1“”\n".replace("\n", ""), min_size=15, max_size=90) | st.text(min_size=15))
def test_the_short_cuts_of_prose_change_nothing(line: str) -> None:
    words = count_words(line[:1000])
    slow = len(line) >= 20 and words >= 10
    slow = slow and (words >= 40 or ends_sentence(line) or (words >= 20 and _INNER_END.search(line) is not None))
    assert is_prose(line) is slow


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
