"""The measures of the leaderboard, and that they are those which cleaner was measured with."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.leaderboard.measures import Line, comparable, f1, is_exact, labelled, surviving
from benchmarks.quality import load_score

BODY = "The council met on Tuesday evening.\nNobody was hurt.\nRain fell"


def labels(text: str, body: str) -> list[bool]:
    return [line.is_body for _, line in labelled(text, body)]


def test_repairs_of_the_encoding_count_neither_way() -> None:
    assert comparable("“It’s” caf\u0065\u0301 &amp; co\N{SOFT HYPHEN}op\N{ZERO WIDTH SPACE}") == '"It\'s" café & coop'


def test_the_text_itself_has_an_f1_of_one_and_nothing_has_none() -> None:
    assert f1([(BODY, BODY)]) == 1.0
    assert f1([(BODY, "")]) == 0.0
    assert f1([(BODY, "Something else altogether stands here")]) == 0.0
    assert f1([]) == 0.0


def test_scrap_lowers_f1_and_a_lost_sentence_too() -> None:
    assert 0 < f1([(BODY, BODY + "\nShare this story with all your friends")]) < 1
    assert 0 < f1([(BODY, BODY.split("\n")[0])]) < 1


def test_exact_are_the_same_tokens_whatever_stands_between() -> None:
    assert is_exact("The council met.", "The  council\n\nmet")
    assert not is_exact("The council met.", "The council met. Share")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The council met on Tuesday evening.\nShare this story with friends", [True, False]),
        ("The council met on Tuesday evening.\nThe council met on Tuesday evening.", [True, False]),  # a second copy
        ("Rain fell", [True]),  # a whole line of the body
        ("was hurt", [False]),  # two tokens inside a line
        ("council met on", [True]),  # three tokens in a row
        ("\n…\n", []),
    ],
)
def test_a_line_is_body_when_it_stands_in_the_body(text: str, wanted: list[bool]) -> None:
    assert labels(text, BODY) == wanted


def test_what_survives_is_told_by_line_and_once_for_each_copy() -> None:
    line = Line(("the", "council", "met", "on", "tuesday"), is_body=True)
    short = Line(("rain", "fell"), is_body=True)
    assert surviving([line, line, short, short], "The council met on Tuesday. Rain fell") == [1.0, 0.0, 1.0, 0.0]
    assert surviving([line], "The council met on Monday") == [0.5]
    assert surviving([line, short], "") == [0.0, 0.0]


def test_the_measures_are_those_of_the_script_that_cleaner_was_measured_with(shared: Path) -> None:
    score = load_score(shared)
    chance = random.Random(7)
    words = [
        "the",
        "council",
        "met",
        "on",
        "a",
        "bridge",
        "rain",
        "fell",
        "share",
        "read",
        "café",
        "3",
        "Fluss",
        "会議",
    ]

    def text() -> str:
        lines = (" ".join(chance.choices(words, k=chance.randint(0, 9))) for _ in range(chance.randint(0, 7)))
        return "\n".join(lines)

    pairs = []
    for _ in range(400):
        body, found, cleaned = text(), text(), text()
        mine = labelled(found, body)
        theirs = score.label(found, body)
        assert [(line, list(one.tokens), one.is_body) for line, one in mine] == theirs
        assert surviving((one for _, one in mine), cleaned) == score.surviving(theirs, cleaned)
        pairs.append((body, found))
        assert f1(pairs[-1:]) == pytest.approx(score.f1(pairs[-1:])["F1"])
    assert f1(pairs) == pytest.approx(score.f1(pairs)["F1"])
