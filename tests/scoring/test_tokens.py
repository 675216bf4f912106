"""Words as numbers."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from cleaner.scoring.shapes import words_of
from cleaner.scoring.tokens import BUCKETS, Kind, hashed, number_of

LINE = "Read more about the bridge"


@given(st.text(max_size=120))
def test_numbers_are_below_the_limit(line: str) -> None:
    assert all(0 <= number < BUCKETS for number in hashed(line, words_of(line)))


def test_the_numbers_are_the_same_in_another_process() -> None:
    code = f"from cleaner.scoring.tokens import hashed; print(sorted(hashed({LINE!r}, {LINE.split()!r})))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str(sorted(hashed(LINE, LINE.split())))


def test_the_kinds_and_pieces_of_a_line_are_those_that_are_documented() -> None:
    expected = {
        (Kind.HEAD, "no"), (Kind.HEAD, "00"), (Kind.TAIL, "no"), (Kind.TAIL, "00"), (Kind.PAIR, "no 00"),
        (Kind.FIRST, "no"), (Kind.OPENING, "no 00"), (Kind.WHOLE, "no 00"),
        (Kind.PIECE, "_no "), (Kind.PIECE, "no 0"), (Kind.PIECE, "o 00"), (Kind.PIECE, " 00_"),
    }  # fmt: skip
    assert hashed("No 12", ["No", "12"]) == {number_of(kind, text) for kind, text in expected}


def test_digits_are_all_the_same() -> None:
    assert hashed("Page 12", ["Page", "12"]) == hashed("Page 47", ["Page", "47"])


def test_the_classes_of_rules_are_tokens() -> None:
    assert number_of(Kind.RULE, "byline") in hashed("By Ann", ["By", "Ann"], ["byline"])


def test_the_middle_of_a_long_line_does_not_count() -> None:
    words = [f"word{chr(97 + i)}" for i in range(26)]
    found = hashed(" ".join(words), words)
    assert number_of(Kind.HEAD, "wordl") not in found
    assert number_of(Kind.HEAD, "worda") in found
    assert {number_of(Kind.TAIL, "wordy"), number_of(Kind.TAIL, "wordz")} <= found
    assert number_of(Kind.TAIL, "wordx") not in found


def test_scripts_without_blanks_have_pieces_of_two_signs() -> None:
    found = hashed("桥梁", ["桥梁"])
    assert {number_of(Kind.SIGNS, text) for text in ("_桥", "桥梁", "梁_")} <= found
    assert number_of(Kind.SIGNS, "br") not in hashed("bridge", ["bridge"])
