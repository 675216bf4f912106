"""What a text looks like to a rule: what makes no difference, and what does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.text.normalize import PLAIN, bare, caseless, fold, fold_lines, plain, searchable, trimmed

LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])) | st.text(
    "aIİı ß•–«（：\t\xa0\xad“`.#0٣"
)


@given(st.lists(LINES, min_size=1))
def test_lines_folded_together_are_those_folded_one_by_one(lines: list[str]) -> None:
    folded = fold_lines(lines)
    assert folded.bare == list(map(bare, lines))
    assert folded.keys == list(map(fold, lines))
    assert folded.text.split("\n") == folded.lines == list(map(searchable, lines))


@given(LINES)
def test_plain_text_keeps_its_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert all(new == PLAIN.get(old, old) for old, new in zip(text, plain(text), strict=True))


@given(LINES)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Follow us", "FOLLOW US"),
        ("Follow us", "  • Follow\N{NO-BREAK SPACE} us:"),
        ("Follow us", "📷 Follow us!"),
        ("Follow us", "(Follow us)"),
        ("It’s here", "It's here"),
        ("Werbung", "Wer\N{SOFT HYPHEN}bung"),
        ("Foto: AP", "Foto：AP".replace("：", "： ")),
        ("Anzeige", "– Anzeige –"),
        ("İLETİŞİM", "iletişim"),
        ("ALINTI", "alıntı"),
    ],
)
def test_what_makes_no_difference(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Follow us", "Follow us all"), ("Foto: AP", "Foto AP"), ("3 shares", "4 shares"), ("für", "fur")],
)
def test_what_does(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_bare_line_keeps_its_case_brackets_and_punctuation() -> None:
    assert bare("  •  (Reporting\tby  Jane Doe.) ") == "(Reporting by Jane Doe.)"


def test_a_trimmed_line_keeps_its_case_and_inner_characters() -> None:
    assert trimmed("— “Jane O’Neil”, (AP).") == "Jane O'Neil\", (AP"
    assert trimmed("***") == ""


def test_case_of_every_alphabet_makes_no_difference() -> None:
    assert caseless("ÄÖÜ ΑΒΓ АБВ") == caseless("äöü αβγ абв")
    assert caseless("STRASSE") == caseless("straße")


@given(st.text("a \xa0\xad", max_size=40))
def test_runs_of_blanks_become_one_as_a_regex_has_it(text: str) -> None:
    assert searchable(text) == re.sub(" {2,}", " ", text.replace("\xa0", " ").replace("\xad", ""))
