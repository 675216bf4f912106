"""Pieces that go out of lines, and the seams they leave."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.engine.hits import span_hits
from cleaner.engine.pieces import edit_pieces, emptied_lines
from cleaner.text.edits import apply
from tests.engine.making import compiled, looked_at


def without(text: str, *patterns: str) -> str:
    """The text without its pieces."""
    rules = compiled(*(f"unit = 'span'\npattern = '{pattern}'" for pattern in patterns))
    view, cache = looked_at(text, rules)
    return apply(text, edit_pieces(span_hits(view, rules, cache), view).edits)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("a (x) b\n", "a b\n"),
        ("a (x)\n", "a\n"),
        ("(x) a\n", "a\n"),
        ("b\n(x) a\n", "b\na\n"),
        ("(x) a", "a"),
        ("a (x)b\n", "a b\n"),
        ("a(x) b\n", "a b\n"),
        ("a (x), b\n", "a, b\n"),
        ("a (x) (x) b\n", "a b\n"),
        ("a(x)b\n", "ab\n"),
        ("a\N{NO-BREAK SPACE}(x)\n", "a\n"),
    ],
)
def test_a_removed_piece_takes_a_blank_along(text: str, want: str) -> None:
    assert without(text, r"\(x\)") == want


def test_of_pieces_that_overlap_the_first_and_longer_one_counts() -> None:
    assert without("abcdef\n", "bc", "bcd", "de") == "aef\n"


def test_a_line_of_which_only_blanks_are_left_goes_as_a_whole() -> None:
    rules = compiled("unit = 'span'\npattern = '\\(x\\)|\\(y\\)'")
    view, cache = looked_at("(x) (y)\n(x) b\n", rules)
    assert [hit.first for hit in emptied_lines(span_hits(view, rules, cache), view)] == [0]


def test_the_hit_on_a_line_that_is_emptied_is_that_of_its_first_piece() -> None:
    rules = compiled("unit = 'span'\npattern = '\\((?P<site>x)\\)'", "unit = 'span'\npattern = '(?P<author>ann) .'")
    view, cache = looked_at("Lamps (x)\n  (x) Ann B\n(x)\n(x) A\n", rules)
    hits = emptied_lines(span_hits(view, rules, cache), view)
    assert [(hit.rule.id, hit.first, hit.last, hit.end, dict(hit.fields)) for hit in hits] == [
        ("own.x0", 1, 1, -1, {"site": "x"}),
        ("own.x0", 2, 2, -1, {"site": "x"}),
    ]


def test_a_replacement_by_the_same_text_is_no_edit() -> None:
    rules = compiled("unit = 'span'\naction = 'replace'\nreplacement = 'x'\npattern = '[xy]'")
    view, cache = looked_at("x y\n", rules)
    edits, used = edit_pieces(span_hits(view, rules, cache), view)
    assert [(edit.start, edit.end, edit.replacement) for edit in edits] == [(2, 3, "x")]
    assert len(used) == 1


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
