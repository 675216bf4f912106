"""Terms of patterns."""

from __future__ import annotations

import pytest
import regex

from cleaner.rules.loader import parse_rules
from cleaner.rules.terms import alternatives, expand_terms, span_before_expansion

TERMS = {"name": "{word} {word}", "word": "[A-Z]+", "loop": "{loop}"}


def test_a_term_is_a_fragment_or_a_list_of_alternatives() -> None:
    assert alternatives("a|b") == alternatives(["a", "b"]) == "a|b"


@pytest.mark.parametrize(
    ("pattern", "expanded"),
    [
        ("no term", "no term"),
        ("by {word}", "by (?:[A-Z]+)"),
        ("{name}", "(?:(?:[A-Z]+) (?:[A-Z]+))"),
        (r"a{3} \d{1,2} \p{Lu}{2,}", r"a{3} \d{1,2} \p{Lu}{2,}"),
    ],
)
def test_terms_are_filled_in_and_quantifiers_left_alone(pattern: str, expanded: str) -> None:
    assert expand_terms(pattern, TERMS) == expanded


@pytest.mark.parametrize("name", ["unknown", "loop"])
def test_an_unknown_term_and_one_that_uses_itself_are_errors(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        expand_terms(f"a {{{name}}}", TERMS)


@pytest.mark.parametrize(
    ("piece", "written"),
    [("by ", "by "), ("[A-Z]+", "{word}"), ("!", "!"), ("y (?:[A", "y {word}"), ("]+)!", "{word}!")],
)
def test_a_piece_of_an_expanded_pattern_is_found_in_the_written_one(piece: str, written: str) -> None:
    pattern = "by {word}!"
    start = expand_terms(pattern, TERMS).index(piece)
    first, last = span_before_expansion(pattern, TERMS, start, start + len(piece))
    assert pattern[first:last] == written


def test_a_piece_outside_of_the_pattern_is_answered_with_all_of_it() -> None:
    assert span_before_expansion("by {word}", TERMS, 50, 60) == (0, 9)


VERBOSE = {"tag": "#[a-z ]+ end", "label": "(?x) tag s? : # one or several", "row": "{label} {tag}"}


@pytest.mark.parametrize(
    "pattern",
    [
        "tags: {tag}",
        r"(?x) tags: \  {tag}  # a row of tags",
        "(?x) (?# a label ) {label} [ ] {tag}",
        "{row}",
        "(?x) {row}",
        "(?x) (?-x:{label} ) {tag}",
        "(?x: tags: [ ] {tag} )",
    ],
)
def test_blanks_and_hashes_in_a_term_count_in_verbose_patterns_too(pattern: str) -> None:
    expanded = expand_terms(pattern, VERBOSE)
    assert regex.fullmatch(expanded, "tags: #new bridge end")
    assert not regex.fullmatch(expanded, "tags:#newbridgeend")


def test_terms_that_use_each_other_are_an_error() -> None:
    with pytest.raises(KeyError, match="a"):
        expand_terms("{a}", {"a": "{b}", "b": "{a}"})


def test_a_verbose_alternative_of_a_term_leaves_the_others_alone() -> None:
    rules = parse_rules(
        """
        [terms]
        "end" = ["(?x) the [ ] end # of it", "good bye"]
        [[rule]]
        id = "own.end"
        description = "The end"
        pattern = "{end}"
        examples.removes = ["the end", "good bye"]
        examples.keeps = ["goodbye"]
        """,
        terms={},
    )
    assert rules.expand("{end}") == "(?:the[ ]end|good bye)"
