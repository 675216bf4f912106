"""Mojibake that ftfy leaves, and right text that looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.edits import apply, check
from cleaner.text.misread import _may_hold_han, misread_edits


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("The band Bremer – DrÃ¥ber played", "The band Bremer – Dråber played"),
        ("fra Ã…lesund i går, Ã–rebro og Ã˜stfold", "fra Ålesund i går, Örebro og Østfold"),
        ("Å¡koda – zwyciÄ™zca", "škoda – zwycięzca"),
        ("It鈥檚 the council鈥檚 bridge", "It’s the council’s bridge"),
        ("It窶冱 the council", "It’s the council"),
        ("a caf茅 in M眉nchen", "a café in München"),
    ],
)
def test_what_ftfy_leaves_is_mended(text: str, want: str) -> None:
    edits = list(misread_edits(text))
    check(edits, len(text))
    assert apply(text, edits) == want


@pytest.mark.parametrize(
    "text",
    [
        "“AMANHÃ” e MANHÃ… e ROMÃ™",
        "10 Å… und „Ä“ – Ågren",
        "市议会星期二开会，A没有来，vitamin没有。",
        "鈥是一个字",
        "The sign 没 is Chinese.",
        "plain",
    ],
)
def test_right_text_stays(text: str) -> None:
    assert list(misread_edits(text)) == []


@given(st.text("aé’鈥茅窶\ud800𝐀", max_size=8))
def test_a_text_that_may_hold_no_chinese_holds_none(text: str) -> None:
    assert _may_hold_han(text) or not any("\u4e00" <= char <= "\u9fff" for char in text)
