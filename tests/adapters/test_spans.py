"""Spans of the text that was given: applied by whoever, they give the cleaned text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner, CleanResult
from cleaner.adapters.base import Cleaned, clean_row
from cleaner.adapters.spans import OLD, FixedSpan, fixed_spans, whole_edits
from cleaner.model import DocumentInfo, Edit
from cleaner.text.edits import apply, check
from tests.adapters.engines import documents, expected

TEXTS = [row["text"] for row in documents() if row["text"]]
HARD = [
    "Итак, мост закрыт до июня, сказал мэр города во вторник.".encode().decode("cp1252", "ignore"),
    "The  mill\tstands\u00a0by the river.\r\nNobody knows\u200b for how long.\r\r\n\n\n\nAdvertisement",
    "R&amp;D &lt;b&gt; at the mill &#8217;s end.\n\nFollow us on:",
    "The town council voted on Tuesday to close\n\nAdvertisement\n\nthe bridge until June, and the shops fear for it.",
    "Share on Facebook 3 MIN READ The town council voted on Tuesday to close the bridge until the end of June.",
]


def applied(text: str, spans: list[FixedSpan]) -> str:
    """What an engine of fixed replacements makes of a text; the spans must be sorted, disjoint and not empty."""
    out, at = "", 0
    for start, end, replacement, _ in spans:
        assert at <= start < end <= len(text)
        out += text[at:start] + replacement.replace(OLD, text[start:end])
        at = end
    return out + text[at:]


def row(text: str) -> Cleaned:
    return clean_row(text, DocumentInfo(), Cleaner())


def edited(text: str, *edits: Edit) -> Cleaned:
    made = apply(text, edits)
    return Cleaned(made, CleanResult(made, text, edits))


@pytest.mark.parametrize("text", [*TEXTS, *HARD])
def test_edits_and_spans_lead_from_the_given_text_to_the_cleaned_one(text: str) -> None:
    cleaned = row(text)
    edits = whole_edits(text, cleaned)
    check(edits, len(text))
    assert apply(text, edits) == applied(text, fixed_spans(text, cleaned)) == cleaned.text
    for edit in edits:
        old, new = text[edit.start : edit.end], edit.replacement
        assert not old or not new or (old[0] != new[0] and old[-1] != new[-1]), "it begins and ends with a change"


def test_the_hard_texts_need_what_they_are_here_for() -> None:
    kinds = [{(bool(span.replacement), OLD in span.replacement) for span in fixed_spans(t, row(t))} for t in HARD]
    assert all(kinds)
    assert {(False, False), (True, False)} <= set.union(*kinds)


def test_what_is_not_cleaned_has_no_edits() -> None:
    assert whole_edits("7", Cleaned("7", None, ("error:TypeError",))) == ()
    assert fixed_spans("", Cleaned("")) == []


def test_letters_are_replaced_one_by_one() -> None:
    spans = fixed_spans("abcdef.", edited("abcdef.", Edit(0, 6, "xyz", "a.b")))
    assert spans == [FixedSpan(0, 1, "x", "a"), FixedSpan(1, 2, "y", "a"), FixedSpan(2, 6, "z", "a")]


def test_an_insertion_takes_the_next_character_or_at_the_end_the_last() -> None:
    assert fixed_spans("ab", edited("ab", Edit(1, 1, "\n", "a.b"))) == [FixedSpan(1, 2, "\n{}", "a")]
    assert fixed_spans("ab", edited("ab", Edit(2, 2, "\n", "a.b"))) == [FixedSpan(1, 2, "b\n", "a")]


def test_an_insertion_beside_a_removal_is_one_span() -> None:
    made = fixed_spans("abcd", edited("abcd", Edit(1, 1, "x", "a.b"), Edit(1, 3, "", "c.d")))
    assert made == [FixedSpan(1, 3, "x", "c")]


def test_braces_that_an_engine_would_misread_are_left_out() -> None:
    assert fixed_spans("ab", edited("ab", Edit(0, 1, "{}", "a.b"))) == []
    assert fixed_spans("ab", edited("ab", Edit(1, 1, "{}", "a.b"))) == []


@st.composite
def edits_of_a_text(draw: st.DrawFn) -> tuple[str, tuple[Edit, ...]]:
    text = draw(st.text("abc\n", min_size=1, max_size=12))
    edits, at = [], 0
    while at <= len(text) and draw(st.booleans()):
        start = draw(st.integers(at, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        edits.append(Edit(start, end, draw(st.text("abx", max_size=4)), "a.b"))
        at = max(end, start + 1)
    return text, tuple(edits)


@given(edits_of_a_text())
def test_any_edits_become_spans_that_do_the_same(found: tuple[str, tuple[Edit, ...]]) -> None:
    text, edits = found
    cleaned = edited(text, *edits)
    assert apply(text, whole_edits(text, cleaned)) == cleaned.text
    assert applied(text, fixed_spans(text, cleaned)) == cleaned.text


def test_the_shared_documents_are_among_them() -> None:
    rows = [one for one in documents() if one["text"]]
    assert [one["text"] for one in rows] == TEXTS
    assert [row(text).text for text in TEXTS] == expected(rows, known=False)
