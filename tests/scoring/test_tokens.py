"""Words as numbers."""

from __future__ import annotations

import subprocess
import sys

from cleaner.scoring.tokens import BUCKETS, hashed, tokens_of

LINE = "Read more about the bridge"


def test_numbers_are_in_order_below_the_limit() -> None:
    found = hashed(LINE, LINE.split())
    assert found == sorted(set(found))
    assert 0 <= found[0] <= found[-1] < BUCKETS


def test_the_numbers_are_the_same_in_another_process() -> None:
    code = f"from cleaner.scoring.tokens import hashed; print(hashed({LINE!r}, {LINE.split()!r}))"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == str(hashed(LINE, LINE.split()))


def test_digits_are_all_the_same() -> None:
    assert hashed("Page 12", ["Page", "12"]) == hashed("Page 47", ["Page", "47"])


def test_the_classes_of_rules_are_tokens() -> None:
    assert "r byline" in tokens_of("By Ann", ["By", "Ann"], ["byline"])


def test_the_middle_of_a_long_line_does_not_count() -> None:
    words = [f"word{chr(97 + i)}" for i in range(26)]
    assert "1 wordl" not in tokens_of(" ".join(words), words)
    assert "1 worda" in tokens_of(" ".join(words), words)


def test_scripts_without_blanks_have_pieces_of_two_signs() -> None:
    assert {"=_桥", "=桥梁", "=梁_"} <= tokens_of("桥梁", ["桥梁"])
    assert "=br" not in tokens_of("bridge", ["bridge"])
