"""What the first scores of the neighbours say."""

from __future__ import annotations

from cleaner.scoring.second_look import SECOND_LOOK, second_look

NAMES = [name for name, _ in SECOND_LOOK]


def test_each_line_hears_of_its_neighbours() -> None:
    found = [
        dict(zip(NAMES, line, strict=True)) for line in second_look([-3000, -1000, 500, 700, -200], [30, 10, 4, 4, 2])
    ]
    middle = found[2]
    assert (middle["first-score"], middle["score-1"], middle["score+1"], middle["score-3"]) == (500, -1000, 700, 9999)
    assert (middle["scrap-run"], middle["since-body"], middle["until-body"]) == (2, 1, 2)
    assert middle["body-above"] == round(40 / 42, 3)
    assert found[0]["scrap-run"] == 0
    assert middle["text-body"] == round(42 / 50, 3)


def test_a_single_line_has_no_neighbours() -> None:
    (found,) = second_look([100], [3])
    assert dict(zip(NAMES, found, strict=True))["scores-above"] == 9999


def test_no_lines_have_no_second_look() -> None:
    assert second_look([], []) == []
