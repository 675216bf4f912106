"""What went together, counted within a bounded memory."""

from __future__ import annotations

from cleaner.report.tally import Tally


def test_words_are_counted_as_everywhere_else() -> None:
    tally = Tally()
    tally.add("By Jane\n")
    tally.add("关注我们的频道")  # a script without blanks
    assert (tally.removals, tally.words) == (2, 5)


def test_the_texts_have_an_end() -> None:
    tally = Tally()
    for number in range(600):
        tally.add(f"By writer {number}")
    tally.add("By writer 7")
    tally.add("By writer 599")
    assert tally.removals == 602
    assert len(tally.texts) == 500
    assert (tally.texts["By writer 7"], tally.texts["By writer 599"]) == (2, 0)


def test_long_texts_are_cut_and_blank_ones_have_no_entry() -> None:
    tally = Tally()
    tally.add("x" * 5_000)
    tally.add(" \n")
    assert [len(text) for text in tally.texts] == [300]
    assert tally.removals == 2
