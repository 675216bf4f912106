"""The guard: what is refused, and what is not."""

from __future__ import annotations

import pytest

from cleaner.engine.guard import refusal
from cleaner.model import Edit
from cleaner.text.lines import TextView
from tests.scoring.making import PROSE

TEXT = "\n".join((*PROSE, "Share")) + "\n"
FIRST = len(PROSE[0]) + 1


@pytest.mark.parametrize(("guard", "flag"), [(0.1, "guard"), (0.4, "")])
def test_the_share_of_the_prose_that_goes_decides(guard: float, flag: str) -> None:
    assert refusal(TextView(TEXT), TEXT[FIRST:], [Edit(0, FIRST, "", "own.x")], guard) == flag


@pytest.mark.parametrize(("guard", "flag"), [(0.5, ""), (0.49, "guard")])
def test_half_of_the_words_may_go_when_half_is_allowed(guard: float, flag: str) -> None:
    line = "the council met on Tuesday evening and voted to close the old stone bridge across the river for good."
    assert len(line.split()) == 19
    for text in (f"{line}\n{line}\n", f"{line}\n{line}"):
        assert refusal(TextView(text), f"{line}\n", [Edit(0, len(line) + 1, "", "own.x")], guard) == flag


def test_lines_that_are_no_prose_never_count() -> None:
    start = TEXT.index("Share")
    assert refusal(TextView(TEXT), TEXT[:start], [Edit(start, len(TEXT), "", "own.x")], 0) == ""


def test_a_text_is_never_emptied() -> None:
    assert refusal(TextView("Share\n"), "\n", [Edit(0, 5, "", "own.x")], 1) == "emptied"


def test_no_edits_are_never_refused() -> None:
    assert refusal(TextView(""), "", [], 0) == ""
