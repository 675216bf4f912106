"""Nested repetitions and needless anchors; negatives first."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.patterns.ambiguity import needless_anchors, nested_repetitions

SAFE = [
    r"(?:\w+ )+",
    r"(?:, \w+)*",
    r"(?:\w+, ){0,9}\w+",
    r"(?:\w++ ?)+",
    r"(?:(?>\w+) ?)+",
    r"(?:\w+ ?)++x",
    r"(?>(?:\w+ ?)+)x",
    r"(?:\p{L}+\d+)+",
    r"(?:[^,\n]+,)+",
    r"(?:a|b|cd)+",
    r"(?:\d{3}\.)+\d+",
    r"(?:[a-z]+[-–][a-z]+;)+",
    r"(?-i:[A-Z][a-z]+)+",
    r"(?:a+b+)*c",
    r"[(a+)+]+",
    r"\(a+\)+",
    r"(?P<author>\w+)(?: and (?P<editor>\w+))*",
    r"(?:\p{Lu}\.)*\p{Lu}",
    r"(?:x(?=y+)y)+",
]
SLOW = {
    r"(a+)+": "(a+)+",
    r"by (?:\w+ ?)+ of": r"(?:\w+ ?)+",
    r"(a|a)*": "(a|a)*",
    r"(?:\w|\d)+": r"(?:\w|\d)+",
    r"(.*a)*": "(.*a)*",
    r"(a*)*": "(a*)*",
    r"(?:a|ab?)+": "(?:a|ab?)+",
    r"(?:\w{1,30})+": r"(?:\w{1,30})+",
    r"(?:x(?:a?|b?))+": "(?:x(?:a?|b?))+",
    r"(?:\p{L}+\d*)+": r"(?:\p{L}+\d*)+",
    r"(?:[A-Z][a-z]+)+": r"(?:[A-Z][a-z]+)+",  # case is ignored
    r"(?:(?:é+)+;)+": "(?:é+)+",
    r"(?=(?:a+)+b)a": "(?:a+)+",
    r"(?>(?:a+)+b)": "(?:a+)+",
    r"(?:a+b?){2,}": "(?:a+b?){2,}",
    r"(?:a+){1,40}": "(?:a+){1,40}",
    r"(?i:(a|A))+": "(?i:(a|A))+",
    r"(?:(?P<author>\w+)[ ,]*)+x": r"(?:(?P<author>\w+)[ ,]*)+",
    r"(?:ab|a|b)+": "(?:ab|a|b)+",
    r"(?:a++|a|ab?)+": "(?:a++|a|ab?)+",
    "(?x) (a+) + b": "(a+) +",
}


@pytest.mark.parametrize("pattern", SAFE)
def test_unambiguous_repetitions_are_left_alone(pattern: str) -> None:
    assert nested_repetitions(pattern) == []


@pytest.mark.parametrize("pattern", SLOW)
def test_ambiguous_repetitions_are_found(pattern: str) -> None:
    assert [piece.text for piece in nested_repetitions(pattern)] == [SLOW[pattern]]
    assert all(pattern[piece.start : piece.end] == piece.text for piece in nested_repetitions(pattern))


def test_case_matters_when_it_does() -> None:
    assert nested_repetitions(r"(?:[A-Z][a-z]+)+", case_sensitive=True) == []


@pytest.mark.parametrize("pattern", ["(a+", "a{e<=1}(b+)+", r"(a)?(?(1)(b+)+|c)", "(?:a{99}){99}+" * 3])
def test_what_cannot_be_read_gives_nothing(pattern: str) -> None:
    assert nested_repetitions(pattern) == []


@pytest.mark.parametrize(
    ("pattern", "anchors"),
    [
        ("ads|label", []),
        ("ads(?=$|,)", []),
        (r"[$^]a\$", []),
        ("^ads", [(0, False)]),
        ("^ads$|^label$", [(0, False), (4, False), (6, False), (12, False)]),
        ("^ads|label", [(0, True)]),
        (r"\Aads|label\Z", [(0, True), (11, True)]),
    ],
)
def test_anchors(pattern: str, anchors: list[tuple[int, bool]]) -> None:
    assert [(found.start, found.one_of_several) for found in needless_anchors(pattern)] == anchors


ATOMS = st.sampled_from(["a", "b", " ", "ab", r"\w", "[ab]", "[^a]", "(?:a|b)", "(?:a|ab)", "(?:b|)", "."])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda both: f"(?:{both[0]}|{both[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2,}", "{1,2}", "*+"])).map(
            lambda both: f"(?:{both[0]}){both[1]}"
        ),
    ),
    max_leaves=4,
)


@settings(max_examples=250, deadline=None)
@given(PATTERNS)
def test_what_is_judged_safe_runs_fast(pattern: str) -> None:
    """Texts of one or two letters again and again, with an end that does not fit: where exponential regexes hang."""
    if nested_repetitions(pattern):
        return
    compiled = regex.compile(pattern, regex.IGNORECASE)
    for pump in ("a", "b", "ab", "aab", "a ", " ", "abb"):
        compiled.fullmatch(pump * 40 + "\n", timeout=2)
