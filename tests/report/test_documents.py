"""Documents from lines of an audit and from results."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings

from cleaner import Cleaner
from cleaner.batch.audit import audit_line
from cleaner.model import DocumentInfo, Edit
from cleaner.report.documents import Document, document_of_audit, document_of_result, heading_of, repairs_of
from cleaner.text import edits as editing
from tests.articles import article
from tests.strategies import texts

CLEANER = Cleaner()
MASTHEAD = """\
A bridge too old
• Oops!
Something went wrong.
Please try again later.
The River Post
A bridge too old
The town council met on Tuesday evening and voted to repair the old stone bridge across the river.
"""
"""A text that names its site, where nothing else does."""


def line_of(text: str, row: int = 0, **info: str) -> dict[str, Any]:
    result = CLEANER.clean(text, **info)
    line: dict[str, Any] = json.loads(audit_line("a.jsonl", row, None, result, {}, site="hill.example"))
    return line


@settings(deadline=None)  # the first text compiles the rules
@given(texts)
@example(MASTHEAD)
def test_an_audit_and_a_result_give_the_same_document(text: str) -> None:
    result = CLEANER.clean(text)
    line = json.loads(audit_line("a.txt", 0, None, result, {}))
    assert document_of_audit(line, result.repaired) == document_of_result("a.txt", result, DocumentInfo())


@settings(deadline=None)
@given(texts)
def test_repairs_lead_back_to_what_was_read(text: str) -> None:
    result = CLEANER.clean(text)
    document = document_of_result("a.txt", result, DocumentInfo())
    assert editing.apply(result.repaired, document.repairs) == text


def test_the_audit_alone_tells_share_and_pieces_and_no_text() -> None:
    text = article(1)
    found = document_of_audit(line_of(text, row=7, title="A bridge"), fields={"url": "https://hill.example/7"})
    assert (found.name, found.title, found.site, found.url) == (
        "a.jsonl:7",
        "A bridge",
        "hill.example",
        "https://hill.example/7",
    )
    assert found.text is None
    assert found.share == pytest.approx(found.removed / len(CLEANER.clean(text).repaired))
    assert "".join(found.pieces).split() == ["Follow", "us", "on:", "Follow", "us", "on:"]
    assert "title" not in found.metadata


def test_an_audit_of_an_older_version_has_no_length() -> None:
    line = line_of(article(0))
    del line["length"]
    assert document_of_audit(line).share is None


@pytest.mark.parametrize("value", [None, -3, "12", 1.5])
def test_a_length_that_is_none_counts_as_unknown(value: object) -> None:
    assert document_of_audit({**line_of(article(0)), "length": value}).length == 0


def test_damaged_repairs_are_refused() -> None:
    with pytest.raises(ValueError, match="is outside the text of 5"):
        repairs_of("short", [{"inverse": [[3, 99, "x"]]}])


def test_replacements_do_not_count_as_removed() -> None:
    edit = Edit(0, 4, "x", "a.b")
    assert Document(name="a", edits=(edit,), pieces=("abcd",), length=8).share == 0


def test_the_heading_is_the_title_or_the_first_line_that_stays_or_the_name() -> None:
    ad = Edit(0, 3, "", "ad-marker.label")
    assert heading_of(Document(name="a", title="A bridge", text="The council met.\n")) == "A bridge"
    assert heading_of(Document(name="a", text="Ad\nThe council met.\n", edits=(ad,))) == "The council met."
    assert heading_of(Document(name="a", text="Ad\n", edits=(ad,))) == "a"
    assert heading_of(Document(name="a", edits=(ad,), pieces=("Ad\n",))) == "a"
    assert len(heading_of(Document(name="a", text="x" * 500))) == 80
