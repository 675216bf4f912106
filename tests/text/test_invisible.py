"""Invisible characters: those that have a use stay."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import apply, check
from cleaner.text.invisible import invisible_characters

ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
ZWJ = "\N{ZERO WIDTH JOINER}"
ZWSP = "\N{ZERO WIDTH SPACE}"
MVS = "\N{MONGOLIAN VOWEL SEPARATOR}"


USED = [
    f"می{ZWNJ}خواهم",
    f"CD{ZWNJ}ها، ۲۰{ZWNJ}ساله و «کتاب»{ZWNJ}ها",  # Persian endings
    f"ه{ZWJ}.ش",  # a letter in the shape that it has inside a word, as abbreviation
    f"له{ZWNJ} شاره{ZWNJ}که نووسراوه{ZWNJ}.\nئه{ZWNJ}م بابه{ZWNJ}ته{ZWNJ}",  # Kurdish, at ends of words and lines
    f"അവന്{ZWJ} വന്നു, അവര്{ZWJ}.",  # chillus
    f"क्{ZWJ}ष",
    f"শ্রী র{ZWJ}্যা",
    f"ශ්{ZWJ}රී",
    f"ನಂ. 5{ZWNJ}ರ",
    f"👩{ZWJ}🚀 👩🏽{ZWJ}🚒 ❤️{ZWJ}🔥 🏳️{ZWJ}🌈",
    f"ภาษา{ZWSP}ไทย",
    "ᠰᠠᠷ\N{MONGOLIAN VOWEL SEPARATOR}ᠠ",
    "plain",
]


@pytest.mark.parametrize("text", USED)
def test_invisible_characters_with_a_use_stay(text: str) -> None:
    assert list(invisible_characters(text)) == []


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"a{ZWSP}b", "ab"),
        (f"Latin{ZWNJ} text", "Latin text"),
        (f"{ZWJ}a{ZWJ}\n{ZWNJ}b", "a\nb"),
        (f"Auf{ZWNJ}lage и тек{ZWNJ}ст, 市{ZWJ}议会", "Auflage и текст, 市议会"),
        (f"می{ZWNJ}{ZWNJ}خواهم {ZWNJ}من", f"می{ZWNJ}خواهم من"),
        (f"من {ZWNJ}{ZWJ}ب و {ZWNJ}{ZWNJ}{ZWJ}{ZWJ}ب", f"من {ZWJ}ب و {ZWJ}ب"),
        (f"🚀{ZWJ} and {ZWJ}🚀", "🚀 and 🚀"),
        ("a\N{MONGOLIAN VOWEL SEPARATOR}b", "ab"),
        ("a\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}b", "ab"),
        ("Wer\N{SOFT HYPHEN}bung", "Werbung"),
    ],
)
def test_invisible_characters_without_a_use_go(text: str, want: str) -> None:
    assert apply(text, invisible_characters(text)) == want


def test_each_kind_of_invisible_character_can_stay() -> None:
    text = f"a{ZWSP}b\N{SOFT HYPHEN}c"
    assert apply(text, invisible_characters(text, zero_width=False)) == f"a{ZWSP}bc"
    assert apply(text, invisible_characters(text, soft_hyphens=False)) == "ab\N{SOFT HYPHEN}c"
    assert list(invisible_characters(text, zero_width=False, soft_hyphens=False)) == []


# The same in one regex, which is slow on runs that stay.
_RIGID = r"\p{Latin}\p{Greek}\p{Cyrillic}\p{Armenian}\p{Georgian}\p{Ethiopic}\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}"
_RIGID += r"\p{Bopomofo}\p{Thai}\p{Lao}\u0300-\u036f\ufe00-\ufe0f"
_SHAPED = rf"[[\p{{L}}\p{{M}}]--[{_RIGID}]]"
_JOINER = f"[{ZWNJ}{ZWJ}]"
_IN_EMOJI = rf"(?<=[\p{{Extended_Pictographic}}\p{{Emoji_Modifier}}\ufe0f]){ZWJ}\p{{Extended_Pictographic}}"
REFERENCE = (
    "[\N{WORD JOINER}\N{ZERO WIDTH NO-BREAK SPACE}]+"
    rf"|(?<!\p{{Mongolian}}){MVS}+|{MVS}+(?!\p{{Mongolian}})"
    rf"|(?<![\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}]){ZWSP}+(?![\p{{Thai}}\p{{Lao}}\p{{Khmer}}\p{{Myanmar}}])"
    rf"|(?<={ZWNJ}){ZWNJ}+|(?<={ZWJ}){ZWJ}+"
    rf"|(?<!{_SHAPED})(?<!{_JOINER})(?!{_IN_EMOJI}){_JOINER}++(?!{_SHAPED})|(?<!\S){ZWNJ}+"
    "|\N{SOFT HYPHEN}+"
)


@given(st.text(f"a \n{ZWNJ}{ZWJ}{ZWSP}{MVS}\N{SOFT HYPHEN}\N{WORD JOINER}\ufe0f\u0301ไمᠠ👩क", max_size=16))
def test_runs_are_told_apart_as_one_regex_does(text: str) -> None:
    edits = list(invisible_characters(text))
    check(edits, len(text))
    found = regex.finditer(REFERENCE, text, regex.V1)
    assert apply(text, edits) == regex.sub(REFERENCE, "", text, flags=regex.V1)
    assert len(edits) <= sum(1 for _ in found)


@pytest.mark.parametrize("letter", ["ᠠ", "م", "ไ"])
@pytest.mark.parametrize("sign", [ZWNJ, ZWJ, ZWSP, MVS])
def test_a_long_run_is_looked_at_once(letter: str, sign: str) -> None:
    """When each place of the run is tried to its end, this takes hours."""
    text = letter + sign * 1_000_000 + letter
    assert len(list(invisible_characters(text))) <= 1
