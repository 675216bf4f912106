"""What is noticed about the lines of one document."""

from __future__ import annotations

from cleaner.authoring.learning.observe import LONGEST_LINE, Observed, ObservedLine, Observer
from cleaner.model import DocumentInfo
from cleaner.pipeline import Cleaner
from tests.authoring.learning.corpora import TEMPLATES
from tests.site_corpus import body


def observed(text: str, cleaner: Cleaner | None = None) -> Observed:
    return Observer(TEMPLATES, cleaner).observe(text, DocumentInfo(), "hill.example", "a.txt")


def line_of(found: Observed, text: str) -> ObservedLine:
    return next(line for line in found.lines if line.text == text)


def test_a_line_knows_how_much_prose_lies_above_and_below() -> None:
    found = observed(f"A greeting\n\n{body(1)}\nFarewell from the mill\n")
    first, last = line_of(found, "A greeting"), line_of(found, "Farewell from the mill")
    assert first.is_placed
    assert (first.head, last.tail) == (0, 0)
    assert first.tail == last.head > 1
    assert (first.above, last.below) == ("", "")
    assert first.below == body(1).split("\n")[0].strip()[:160]


def test_lines_of_a_text_with_little_prose_have_no_place() -> None:
    assert not any(line.is_placed for line in observed("Flour\n\nSugar\n\nStir it well.\n").lines)


def test_each_line_counts_once_and_speech_and_long_lines_do_not_count() -> None:
    long = "word " * (LONGEST_LINE // 5 + 1)
    found = observed(f"{body(1)}\nShare\n\nSHARE\n\n“Never again.”\n\n* * *\n\n{long}\n")
    texts = [line.text for line in found.lines]
    assert texts.count("Share") == 1
    assert not {"SHARE", "“Never again.”", "* * *", long} & set(texts)


def test_prose_in_the_middle_of_a_text_is_only_looked_at_as_a_whole() -> None:
    found = observed("\n".join(body(number) for number in range(3)))
    middle = found.lines[len(found.lines) // 2]
    assert middle.is_prose
    assert {anchor.kind for anchor in middle.anchors} <= {"exact", "label"}


def test_the_same_article_has_one_fingerprint_whatever_stands_around_it() -> None:
    alone, printed = observed(body(1)), observed(f"Printed here\n\n{body(1)}\nFarewell\n")
    assert (alone.fingerprint, alone.story) == (printed.fingerprint, printed.story)
    assert observed(body(2)).fingerprint != alone.fingerprint


def test_with_a_cleaner_only_what_its_rules_leave_is_seen(cleaner: Cleaner) -> None:
    text = f"{body(1)}\nFollow us on:\n"
    assert any(line.text == "Follow us on:" for line in observed(text).lines)
    assert not any(line.text == "Follow us on:" for line in observed(text, cleaner).lines)
