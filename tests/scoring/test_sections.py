"""The sections of a text."""

from __future__ import annotations

from cleaner.model import Edit, Zone
from cleaner.rules.builtin import builtin_rules
from cleaner.scoring import sections
from cleaner.scoring.gaps import gaps_of
from cleaner.scoring.places import Row
from cleaner.scoring.sections import SECTIONS, Sections, marks_of
from cleaner.text.lines import TextView
from tests.scoring.making import PROSE, evidence_of, named

COMMENTS, RELATED, END = 1, 2, 4


def row(words: int, is_prose: bool) -> Row:
    return Row(words, words * 6, 1, 1, 0.1, is_prose, Zone.BODY, True, 0, 0)


def found(
    rows: list[Row], index: int, marks: list[int] | None = None, timed: list[bool] | None = None
) -> dict[str, float]:
    made = Sections(rows, marks or [0] * len(rows), timed or [False] * len(rows))
    return dict(zip((name for name, _ in SECTIONS), made.evidence(index), strict=True))


def test_every_class_that_marks_a_section_is_a_class_of_the_rules() -> None:
    assert set(sections._BIT) <= set(builtin_rules().classes)
    assert marks_of(["comments-invitation", "related-heading", "share-bar", "own"]) == COMMENTS | RELATED | END


def test_comments_stand_below_their_mark() -> None:
    paragraph, name = row(30, True), row(2, False)
    rows = [paragraph, paragraph, name, paragraph, name, paragraph]
    marks = [0, 0, COMMENTS, 0, 0, 0]
    assert found(rows, 1, marks)["since-comments"] == 60
    assert found(rows, 1, marks)["comments-at"] == -1
    assert (found(rows, 5, marks)["since-comments"], found(rows, 5, marks)["comments-at"]) == (3, 0.5)


def test_a_subhead_parts_no_block_and_a_list_does() -> None:
    paragraph, short = row(30, True), row(3, False)
    rows = [paragraph, short, paragraph, paragraph, short, short, short, paragraph]
    assert found(rows, 2)["block-share"] == 0.75
    last = found(rows, 7)
    assert (last["block"], last["block-distance"], last["block-between"], last["block-share"]) == (1, 4, 3, 0.25)
    between = found(rows, 5)
    assert (between["block"], between["block-share"]) == (0.5, -1)


def test_what_stands_above_the_largest_block_counts_below_zero() -> None:
    rows = [row(30, True), *[row(3, False)] * 3, row(30, True), row(40, True)]
    assert (found(rows, 0)["block"], found(rows, 0)["block-distance"], found(rows, 0)["block-between"]) == (-1, -4, 3)
    assert found(rows, 4)["block-distance"] == 0


def test_times_of_short_lines_are_counted() -> None:
    rows = [row(4, False), row(30, True), row(4, False)]
    here = found(rows, 2, timed=[True, True, True])
    assert (here["times-near"], here["times-above"]) == (2, 1)


def test_a_text_without_running_text_has_no_blocks() -> None:
    here = found([row(3, False)], 0)
    assert (here["block-share"], here["main-share"], here["block-distance"]) == (-1, 0, 1)


def test_a_mark_counts_whether_it_is_there_or_was_removed() -> None:
    text = f"{PROSE[0]}\n\nLeave a comment\n\n{PROSE[1]}\n"
    here = named(evidence_of(text, rules=builtin_rules())[2].values)
    assert here["since-comments"] == 1
    gone = text.replace("Leave a comment\n\n", "")
    start = text.index("Leave")
    edit = Edit(start, start + len("Leave a comment\n\n"), "", "comments-invitation.call")
    gaps = gaps_of(text, [edit], TextView(gone))
    assert gaps.marks == {2: COMMENTS}
    assert named(evidence_of(gone, gaps=gaps)[1].values)["since-comments"] == 0
