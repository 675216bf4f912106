"""What one atom of a regex reads, held against the regex module."""

from __future__ import annotations

import pytest
import regex

from cleaner.patterns.characters import CharSet, UnreadableError, class_set, escape_set, literal_set

CHARACTERS = "".join(map(chr, range(0x250))) + "٣३中あ–—’\u2028"


def reads(chars: CharSet, char: str) -> bool:
    return any(first <= char <= last for first, last in chars.ranges) or (chars.digits and char.isdecimal())


@pytest.mark.parametrize(
    "text",
    [
        "[abc]",
        "[a-f0-3]",
        "[]a]",
        "[a-]",
        "[-a]",
        "[+--]",
        r"[\]\\]",
        r"[\d.]",
        r"[\n\t]",
        r"[\x41-\x43]",
        r"[\u2013\u2014]",
        r"[\U00002013]",
        r"[\N{EM DASH}]",
        r"[\101]",
        r"[\b]",
        "[|^$.]",
        "[ #]",
    ],
)
def test_a_class_is_listed_as_the_regex_module_reads_it(text: str) -> None:
    chars = class_set(text)
    assert not chars.is_open
    compiled = regex.compile(text)
    assert [char for char in CHARACTERS if reads(chars, char)] == [c for c in CHARACTERS if compiled.match(c)]


@pytest.mark.parametrize(
    "text", [r"[\w-]", r"[a\p{L}]", "[[:alpha:]x]", r"[\d-z]", r"[a-\d]", r"[\s\S]", "[^a]", r"[^\d]"]
)
def test_a_class_that_reads_more_than_it_lists_is_open(text: str) -> None:
    chars = class_set(text)
    assert chars.is_open
    assert chars.only == chars.listed == ""
    compiled = regex.compile(text)
    assert all(compiled.match(char) for char in CHARACTERS if reads(chars, char))


@pytest.mark.parametrize(
    ("text", "char"),
    [
        (r"\.", "."),
        (r"\ ", " "),
        (r"\#", "#"),
        (r"\n", "\n"),
        (r"\x41", "A"),
        (r"\u2013", "–"),
        (r"\U0001F4F7", "📷"),
        (r"\N{EM DASH}", "—"),
        (r"\0", "\0"),
        (r"\012", "\n"),
        (r"\101", "A"),
    ],
)
def test_an_escape_reads_one_character(text: str, char: str) -> None:
    assert escape_set(text).only == char
    assert regex.fullmatch(text, char)


@pytest.mark.parametrize("text", [r"\w", r"\D", r"\S", r"\h", r"\p{Lu}", r"\PL"])
def test_a_category_is_open(text: str) -> None:
    assert escape_set(text) == CharSet(is_open=True)


@pytest.mark.parametrize("text", [r"\y", r"\p", r"\x", r"\N{no such name}", r"\L"])
def test_an_unknown_escape_is_an_error(text: str) -> None:
    with pytest.raises(UnreadableError, match="cannot read"):
        escape_set(text)


def test_the_characters_of_a_set_are_named_one_by_one() -> None:
    assert class_set("[aab]").listed == "ab"
    assert class_set("[a-c]").listed == ""
    assert class_set("[a]").only == literal_set("a").only == "a"
    assert class_set("[ab]").only == ""
