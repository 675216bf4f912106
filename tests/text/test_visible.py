"""Invisible characters are shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.visible import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Share\u200bthis", "Share\\u200bthis"),
        ("a\u202eb", "a\\u202eb"),
        ("a\xa0b\tc\nd", "a\\u00a0b    c\nd"),
        ("\U000e0001", "\\U000e0001"),
        ("Größe 👩\u200d🚀", "Größe 👩\u200d🚀"),
    ],
)
def test_what_cannot_be_seen_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_is_shown_controls_a_terminal(text: str) -> None:
    assert all(char == "\n" or unicodedata.category(char) != "Cc" for char in visible(text))
