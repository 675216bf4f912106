"""Verbose patterns mean the same without their blanks and comments."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.patterns.verbose import compact, span_before_compact

LAYOUT = (" ", "\n", "#ab\n", "  # ab (?\n", "(?#a b)", r"\ ", r"\#", "[ ]", "[# a]", "\N{NO-BREAK SPACE}")
SYNTAX = ("a", "b", ".", r"\d", r"\p{L}", r"\x20", r"\N{SPACE}", r"[^\]b]", "[]a]", "[[:alpha:] ]")
OPERATORS = ("+", "?", "{1,2}", "|", "(?:", "(", ")")
PARTS = st.sampled_from((*LAYOUT, *SYNTAX, *OPERATORS))
TEXTS = st.text("ab #1\n]", max_size=6)


@pytest.mark.parametrize("pattern", ["", "by me", "by (?x: me)", "a # b", "(?i)a b", "(?x: a ) b", "(?x) a (?-x:b c)"])
def test_only_patterns_that_are_verbose_throughout_change(pattern: str) -> None:
    assert compact(pattern) == pattern
    assert span_before_compact(pattern, 0, len(pattern)) == (0, len(pattern))


@pytest.mark.parametrize(
    ("verbose", "expected"),
    [
        ("(?x) a b", "ab"),
        ("(?x)\n  a  # the first\n  |\n  b  # the (second\n", "a|b"),
        (r"(?x) a\ b [ ] \# [#]", "a b[ ]#[#]"),
        (r"(?x) \\ \# \\# x", r"\\#\\"),
        (r"(?x) [\]#] [^]#] # ]", r"[\]#][^]#]"),
        (r"(?x) \N{NO-BREAK SPACE} \p{Script=Greek}", r"\N{NO-BREAK SPACE}\p{Script=Greek}"),
        ("(?x) a (?# not b ) c", "ac"),
        ("(?x) a {term} + (?P<author> b )", "a{term}+(?P<author>b)"),
    ],
)
def test_blanks_and_comments_go(verbose: str, expected: str) -> None:
    assert compact(verbose) == expected


@settings(deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join), st.lists(TEXTS, max_size=8))
def test_the_compact_form_matches_the_same_texts(body: str, texts: list[str]) -> None:
    try:
        verbose = regex.compile("(?x)" + body)
    except regex.error:
        return
    plain = regex.compile(compact("(?x)" + body))
    assert [bool(plain.fullmatch(text)) for text in texts] == [bool(verbose.fullmatch(text)) for text in texts]


@settings(deadline=None)
@given(st.lists(PARTS, max_size=12).map("".join), st.data())
def test_each_character_of_the_compact_form_has_its_place(body: str, data: st.DataObject) -> None:
    pattern = "(?x)" + body
    short = compact(pattern)
    if not short:
        return
    at = data.draw(st.integers(0, len(short) - 1))
    start, end = span_before_compact(pattern, at, at + 1)
    assert pattern[start:end].removeprefix("\\") in (short[at], "")


def test_a_piece_over_several_lines_has_its_place() -> None:
    pattern = "(?x)\n  by  # who\n  \\ (?: a+ )+  # it\n"
    start, end = span_before_compact(pattern, 3, 10)
    assert compact(pattern)[3:10] == "(?:a+)+"
    assert pattern[start:end] == "(?: a+ )+"
