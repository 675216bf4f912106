"""The search for what may be broken: it passes over clean text, and misses nothing that can change."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.repair import RepairConfig
from cleaner.text.suspects import could_change, is_suspect, suspect_search


def finds(text: str, config: RepairConfig = RepairConfig()) -> bool:
    return suspect_search(text, config)(text, 0) is not None


@pytest.mark.parametrize(
    "text",
    [
        "It’s “clean” – and so is Zürich, 5 € or ½.",
        "Городской совет закрыл мост.",
        "市议会星期二开会。",
        "« Oui »\N{NO-BREAK SPACE}!",
        "AT&T and R&D",
        "🚀",
    ],
)
def test_clean_text_is_passed_over(text: str) -> None:
    assert not finds(text)
    assert not could_change(text, RepairConfig())


@pytest.mark.parametrize(
    "text", ["Itâ€™s", "&amp;", "a\x00", "Wer\N{SOFT HYPHEN}bung", "\ud83d", "one\u2028two", "🚀Ã©"]
)
def test_what_may_be_broken_is_found(text: str) -> None:
    assert finds(text)


def test_the_search_goes_on_from_an_offset() -> None:
    text = "&amp; and &lt;"
    search = suspect_search(text, RepairConfig())
    first = search(text, 0)
    assert first is not None
    second = search(text, first.end())
    assert second is not None
    assert second.start() > 5
    assert search(text, second.end()) is None


@pytest.mark.parametrize(
    "config", [RepairConfig(straight_quotes=True), RepairConfig(normalization="NFKC"), RepairConfig(narrow_forms=True)]
)
def test_typography_is_found_when_it_is_to_change(config: RepairConfig) -> None:
    assert finds("“ＡＢＣ”", config)
    assert could_change("“ＡＢＣ”", config)
    assert not finds("ABC", config)


def test_whatever_can_compose_is_looked_at() -> None:
    """Combining characters, what has another normal form, and what the character before it can take in."""
    composing = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}  # Hangul, by rule
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            composing.add(chr(int(parts[1], 16)))
        if unicodedata.combining(char) or (unicodedata.normalize("NFC", char) != char):
            composing.add(char)
    missed = [char for char in composing if not suspect_search(f"a{char}b", RepairConfig())(f"a{char}b", 0)]
    assert missed == []


@given(st.text("ab &;#1\t\n\x07\x7fé’Ãâ€\u200b", max_size=8))
@pytest.mark.parametrize(
    "config", [RepairConfig(), RepairConfig(normalization="NFKC"), RepairConfig(straight_quotes=True)]
)
def test_a_text_is_suspect_when_the_search_finds_something(config: RepairConfig, text: str) -> None:
    assert is_suspect(text, config) == (suspect_search(text, config)(text, 0) is not None)
