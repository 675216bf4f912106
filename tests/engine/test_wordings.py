"""Exact wordings, prefixes and wordings of several lines."""

from __future__ import annotations

import pytest

from cleaner.engine.wordings import Wordings, all_texts
from cleaner.rules import Rule
from cleaner.rules.model import Unit
from cleaner.text.normalize import fold


def rule(**keys: object) -> Rule:
    return Rule(id="own.x", description="X", **keys)  # type: ignore[arg-type]


def fitting(line: str, *rules: Rule) -> list[int]:
    return [number for _, number in Wordings(rules).fitting([line], [fold(line)])]


@pytest.mark.parametrize(
    ("prefix", "line", "want"),
    [
        ("Source:", "Source: River Post", True),
        ("Source:", "Source code", False),
        ("Source：", "Source: River Post", True),
        ("Source:", "Sourdough: a loaf", False),
        ("AP通信", "AP通信社", True),
        ("新x", "新xy", False),
        ("By", "By Jane", True),
        ("By", "Byron", False),
        ("来源", "来源新华社", True),
        ("Why?", "Why? Because", True),
        ("Why?", "Why not", False),
    ],
)
def test_a_prefix_fits_whole_words_and_its_mark(prefix: str, line: str, want: bool) -> None:
    assert bool(fitting(line, rule(prefixes={"": (prefix,)}))) is want


def test_a_prefix_fits_lines_of_at_most_so_many_words() -> None:
    short = rule(prefixes={"": ("Source:",)}, max_words=3)
    assert fitting("Source: River Post", short) == [0]
    assert fitting("Source: the River Post", short) == []


def test_all_rules_of_a_wording_are_found_in_order() -> None:
    one, other = rule(lines={"en": ("Share",)}), rule(lines={"de": ("share!",)})
    assert fitting("SHARE", one, other) == [0, 1]


def test_direct_speech_is_no_exact_wording() -> None:
    assert fitting("“No comments.”", rule(lines={"": ("No comments",)})) == []


def test_a_wording_of_several_lines_may_be_broken_after_any_word() -> None:
    wordings = Wordings([rule(unit=Unit.BLOCK, lines={"": ("Story continues below",)})])
    for lines in (["Story", "continues below"], ["Story continues", "below"], ["Story continues below"]):
        assert list(wordings.blocks_at(lines, 0)) == [(len(lines) - 1, 0)]
        assert fold(lines[0]) in wordings.block_starts
    assert list(wordings.blocks_at(["Story", "", "continues below"], 0)) == []
    assert list(wordings.blocks_at(["Story", "ends"], 0)) == []


def test_a_wording_may_be_broken_over_six_lines() -> None:
    words = ["story", "continues", "below", "this", "little", "picture"]
    wordings = Wordings([rule(unit=Unit.BLOCK, lines={"": (" ".join(words), " ".join([*words, "here"]))})])
    assert list(wordings.blocks_at(words, 0)) == [(5, 0)]
    assert list(wordings.blocks_at([*words[:5], "picture here"], 0)) == [(5, 0)]
    assert list(wordings.blocks_at([*words, "here"], 0)) == [(5, 0)]


def test_a_wording_with_a_newline_is_looked_up_too() -> None:
    wordings = Wordings([rule(unit=Unit.BLOCK, lines={"": ("Story continues\nbelow",)})])
    assert list(wordings.fitting(["x"], ["x"])) == []


def test_texts_of_all_languages() -> None:
    assert all_texts({}) == []
