"""The shape of a pattern: what it says, and that every match has it."""

from __future__ import annotations

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.patterns.shape import EDGE, UNBOUNDED, Shape, shape
from cleaner.text.normalize import searchable


@pytest.mark.parametrize("pattern", ["(?:foobar){e<=1}", "(?(1)a|b)(c)", "(?V1)[a--b]"])
def test_what_cannot_be_read_has_no_condition(pattern: str) -> None:
    assert shape(pattern) == Shape()


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [("ab1|x2", ("ab1", "x2")), (r"ab1\n", ()), (r"(?:ab1|x2)\n", ()), (r"\n", ()), ("ab1|\xad", ()), ("\xad", ())],
    ids=ascii,
)
def test_what_no_line_holds_is_not_looked_for(pattern: str, literals: tuple[str, ...]) -> None:
    found = shape(pattern)
    assert found.literals == literals
    assert "" not in (*found.heads, *found.tails, *(text for texts in found.also for text in texts))


@pytest.mark.parametrize(
    ("pattern", "heads", "tails"),
    [
        ("^(?:ads|adverts)", ("ads", "adverts"), ()),
        (r"(?:ads|adverts) ?\.? *$", (), ("ads", "ads.", "ds .", "erts", "rts", "rts.", "ts .")),
        ("(?:ads|adverts)", (), ()),
        ("^[•a]", (), ()),  # a line is looked up without its bullet
        ("^• ?ads", ("ads",), ()),
        ("^ads: ?", ("ads:",), ()),
        ("^ads: ", ("ads:",), ()),  # the line may end there, and is looked up without the blank
        ("(?:İHAN|AA)$", (), ("aa", "han")),
    ],
)
def test_a_piece_has_an_edge_only_where_it_is_anchored(
    pattern: str, heads: tuple[str, ...], tails: tuple[str, ...]
) -> None:
    found = shape(pattern).of_piece()
    assert (found.heads, found.tails) == (heads, tails)


@pytest.mark.parametrize(
    ("pattern", "digit"),
    [
        (r"\d{1,3} ?%", True),
        (r"(?:\d+ )?shares", False),
        (r"(?=.*\d).+", True),
        (r"(?!\d).+", False),
        (r"(?<=\d)a", False),
        (r"a|\d", False),
        (r"a1|\d\d", True),
        ("[12]", False),
        ("7", True),
        (r"[\d.]", False),
        (r"(?>\d+)a", True),
        (r"\d++", True),
    ],
)
def test_a_digit_is_required(pattern: str, digit: bool) -> None:
    assert bool(shape(pattern).digit) is digit


@pytest.mark.parametrize(
    ("pattern", "among"),
    [
        (r"(?=\D{0,30}\d).+", 31),
        (r"[(]?\d+ .+", 2),
        (r".+ \d", UNBOUNDED),
        (r".+(?=\d{3}).{0,9}\d", UNBOUNDED),
        (r"(?:at \d|\d pm)", 4),
        (r"(?:at \d|now)", 0),
        (r"(?<=\d)a", 0),
        (r"(?!\d)a", 0),
        (r"\w{2,9}\d|a\d", 10),
    ],
)
def test_how_early_the_digit_stands(pattern: str, among: int) -> None:
    assert shape(pattern).digit == among


def test_in_a_piece_of_a_line_the_digit_may_stand_anywhere() -> None:
    assert shape(r"\d pm").of_piece().digit == UNBOUNDED
    assert shape("now").of_piece().digit == 0


@pytest.mark.parametrize(
    ("pattern", "longest"),
    [
        ("ads", 3),
        ("ads?|.{2}x{3,5}", 7),
        (".*", UNBOUNDED),
        ("(?:a*){0}", 0),
        ("(?!.{12}).*ads.*", 11),
        ("(?! .{12}).*", UNBOUNDED),
        ("(?!.{12}).{0,5}", 5),
        (r"(\d{1,3})\. \1\.?", 9),
        (r"(?P<n>ab) (?P=n)", 5),
        (r"(?P<n>ab)|(?P<n>c)(?P=n)", UNBOUNDED),
        (r"a\X", UNBOUNDED),
        (r"\bads(?=now)", 3),
        ("(?>ads){2}", 6),
    ],
)
def test_a_match_is_at_most_so_long(pattern: str, longest: int) -> None:
    assert shape(pattern).longest == longest


def test_edges_and_literals_are_written_as_lines_are_searched() -> None:
    found = shape("“Ads’ here”")
    assert found.heads == ('"ads\' here"',)
    assert found.literals == ('"ads\' here"',)
    assert shape("İstanbul.*").heads == ("istanbul",)
    assert shape(".*Ankaraİ").tails == ("ankarai",)


def test_a_verbose_pattern_has_the_shape_of_the_short_one() -> None:
    verbose = """(?x)
        (?: by | von )   # who
        [ ] \\w+
    """
    assert shape(verbose) == shape(r"(?:by|von) \w+")


LETTERS = ("a", "b", " ", "ab", "1", "É", "ß", "©", "(?:)")
SETS = (r"\d", r"\w", ".", "[ab]", "[^a]", "[a-c1]", "(?=a)", "(?!1)", r"\b")
PATTERNS = st.recursive(
    st.sampled_from(LETTERS + SETS),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda branches: f"(?:{'|'.join(branches)})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "*+", "??"])).map(
            lambda both: f"(?:{both[0]}){both[1]}"
        ),
        inner.map(lambda body: f"(?>{body})"),
        inner.map(lambda body: f"(?-i:{body})"),
        inner.map(lambda body: f"(?P<n>{body})(?P=n)?"),
    ),
    max_leaves=8,
)
TEXTS = st.lists(st.text("ab1 ÉßC©٣", max_size=6), min_size=1, max_size=12)


@given(PATTERNS, TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_match_has_the_shape(pattern: str, texts: list[str]) -> None:
    try:
        compiled = regex.compile(pattern, regex.IGNORECASE)
    except regex.error:  # a group that refers to itself
        return
    found = shape(pattern)
    for text in texts:
        if compiled.fullmatch(text):
            assert has(text, found), (text, found)


def has(text: str, wanted: Shape) -> bool:
    folded = searchable(text)
    digits = re.sub(r"\d", "0", folded)
    return (
        (not wanted.heads or digits[:EDGE].startswith(wanted.heads))
        and (not wanted.tails or digits[-EDGE:].endswith(wanted.tails))
        and all(any(one in folded for one in some) for some in (wanted.literals, *wanted.also) if some)
        and (not wanted.digit or re.search(r"\d", text[: wanted.digit]) is not None)
        and len(text) <= wanted.longest
    )
