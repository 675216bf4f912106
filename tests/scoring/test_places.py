"""Where a line stands."""

from __future__ import annotations

from cleaner.model import Zone
from cleaner.scoring.places import PLACE, Place, Row

PARAGRAPH = Row(20, 120, 1, 1, 0.1, True, Zone.BODY, True, 0)
HEADLINE = Row(4, 24, 8, 1, 0.3, False, Zone.TAIL, True, 0)


def evidence(rows: list[Row], index: int) -> dict[str, float]:
    return dict(zip((name for name, _ in PLACE), Place(rows).evidence(index), strict=True))


def test_a_list_of_headlines_is_a_run_of_lines_that_look_alike() -> None:
    found = evidence([PARAGRAPH, PARAGRAPH, HEADLINE, HEADLINE, HEADLINE], 3)
    assert (found["run"], found["run-place"], found["run-words"]) == (3, 1, 4)
    assert (found["alike-near"], found["alike-next"]) == (2, 2)
    assert (found["prose-above"], found["prose-below"], found["prose-words-above"]) == (2, 0, 1)
    assert (found["since-prose"], found["until-prose"]) == (2, 50)


def test_the_words_of_rules_beside_a_line_count_without_its_own() -> None:
    found = evidence([HEADLINE, HEADLINE._replace(confidence=2), HEADLINE._replace(confidence=1)], 1)
    assert (found["rule-confidence"], found["rules-near"]) == (2, 1)


def test_beyond_the_ends_there_is_nothing() -> None:
    found = evidence([HEADLINE], 0)
    assert [found[name] for name in ("words-1", "words+2", "last-1", "prose+1")] == [-1, -1, -1, 0]


def test_a_text_of_no_lines_has_a_place_for_none() -> None:
    assert Place([]) is not None
