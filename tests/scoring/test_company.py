"""The company of a line: its run, what is near it, and the kind of text."""

from __future__ import annotations

import pytest

from cleaner.model import Zone
from cleaner.scoring.company import COMPANY, Company, counted
from cleaner.scoring.places import Row

PARAGRAPH = Row(40, 240, 1, 1, 0.1, True, Zone.BODY, True, 0, 0)
OPENING = PARAGRAPH._replace(last=4)
ITEM = Row(4, 24, 8, 5, 0.3, False, Zone.BODY, False, 0, 0)
HEADLINE = Row(6, 36, 8, 1, 0.9, False, Zone.TAIL, True, 0, 0)


def evidence(rows: list[Row], index: int, known: float = 0.5) -> dict[str, float]:
    company = Company(rows, [known] * len(rows), [0.25] * len(rows))
    return dict(zip((name for name, _ in COMPANY), company.evidence(index), strict=True))


def test_a_list_that_a_colon_leads_into_is_known_by_its_opening() -> None:
    assert evidence([OPENING, ITEM, ITEM], 2)["run-opening"] == 4
    assert evidence([PARAGRAPH, HEADLINE, HEADLINE], 2)["run-opening"] == 1
    assert evidence([HEADLINE, HEADLINE], 1)["run-opening"] == 0


def test_the_lines_of_a_run_speak_for_one_another() -> None:
    found = evidence([PARAGRAPH, ITEM, ITEM, HEADLINE, HEADLINE, PARAGRAPH], 1)
    assert (found["run-items"], found["run-alike"], found["run-capitalised"]) == (0.5, 0.5, 0.6)
    assert (found["run-known"], found["run-titled"], found["run-ends"]) == (0.5, 0.25, 0)


def test_a_paragraph_has_no_run() -> None:
    found = evidence([HEADLINE, PARAGRAPH], 1)
    assert [found[name] for name in ("run-ends", "run-items", "run-alike", "run-known")] == [-1, -1, -1, -1]


def test_what_is_near_does_not_hold_the_line_itself() -> None:
    found = evidence([PARAGRAPH, HEADLINE, PARAGRAPH], 1)
    assert (found["prose-near"], found["words-near"], found["known-near"]) == (2, 40, 0.5)
    assert (found["since-long"], found["until-long"]) == (1, 1)
    assert evidence([PARAGRAPH], 0)["prose-near"] == 0


def test_a_text_with_subheads_is_told_by_its_lone_lines() -> None:
    found = evidence([PARAGRAPH, HEADLINE, PARAGRAPH, HEADLINE, PARAGRAPH], 0)
    assert (found["text-lone"], found["text-items"]) == (0.4, 0)
    assert evidence([PARAGRAPH, HEADLINE, HEADLINE], 0)["text-lone"] == 0


def test_a_text_of_no_lines_has_company_for_none() -> None:
    assert Company([], [], []) is not None


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], []),
        ([1], [0]),
        ([1, 2], [2, 2]),
        ([-1, 0, 1, 2, -1], [0, 3, 3, 3, 0]),
        ([3, 3, 4, 5, 7], [0, 3, 3, 3, 0]),
        ([-1, -1, 0], [0, 0, 0]),
    ],
)
def test_lists_that_count_up_are_known(numbers: list[int], expected: list[int]) -> None:
    assert counted(numbers) == expected
