"""The data of a page."""

from __future__ import annotations

import gzip
import json
from typing import Any

from cleaner import builtin_rules, clean
from cleaner.model import DocumentInfo
from cleaner.report.data import CHUNK, Heading, PageBuilder, PageData
from cleaner.report.documents import Document, document_of_result
from cleaner.report.totals import Totals
from tests.articles import article


def unpacked(data: bytes) -> Any:
    return json.loads(gzip.decompress(data))


def built(documents: list[Document]) -> PageData:
    totals, builder = Totals(), PageBuilder(builtin_rules())
    for document in documents:
        totals.add(document)
        builder.add(document)
    return builder.finish(totals, Heading(notes=("a note",)), {"more": 1})


def test_documents_lie_in_chunks_in_their_order() -> None:
    found = [Document(name=f"{number}.txt", text=f"Text {number}\n") for number in range(2 * CHUNK + 1)]
    data = built(found)
    chunks = [unpacked(chunk) for chunk in data.chunks]
    assert [len(chunk) for chunk in chunks] == [CHUNK, CHUNK, 1]
    assert chunks[1][0]["segments"] == [f"Text {CHUNK}\n"]
    assert [entry["name"] for entry in unpacked(data.overview)["index"]] == [document.name for document in found]


def test_the_index_says_what_happened() -> None:
    result = clean(article(4))
    data = built([document_of_result("a.txt", result, DocumentInfo(title="A bridge"), "hill.example")])
    overview = unpacked(data.overview)
    (entry,) = overview["index"]
    assert (entry["title"], entry["site"], entry["edits"]) == ("A bridge", "hill.example", len(result.edits))
    assert "Reporting by Jane Doe" in entry["find"]
    rules = [overview["rules"][number]["id"] for number in entry["rules"]]
    assert rules == list(dict.fromkeys(edit.rule for edit in result.edits))
    assert overview["more"] == 1
    assert overview["notes"] == ["a note"]


def test_the_pieces_joined_are_the_text() -> None:
    result = clean(article(4))
    data = built([document_of_result("a.txt", result, DocumentInfo())])
    (content,) = unpacked(data.chunks[0])
    joined = "".join(piece if isinstance(piece, str) else piece["text"] for piece in content["segments"])
    assert joined == result.repaired
    assert content["starts"] == [[edit.start, edit.end] for edit in result.edits]
    assert {"text": "’", "was": "â€™"} in content["segments"]


def test_the_same_documents_give_the_same_bytes() -> None:
    found = [document_of_result("a.txt", clean(article(1)), DocumentInfo())]
    assert built(found) == built(found)


def test_half_characters_reach_the_page() -> None:
    (content,) = unpacked(built([Document(name="\udc80.txt", text="half: \ud83d\n")]).chunks[0])
    assert content["segments"] == ["half: \ud83d\n"]


def test_rules_that_act_only_outside_the_sample_are_named() -> None:
    totals = Totals()
    totals.add(document_of_result("a.txt", clean(article(1)), DocumentInfo()))
    overview = unpacked(PageBuilder(builtin_rules()).finish(totals, Heading()).overview)
    assert [rule["id"] for rule in overview["rules"]] == ["follow-us.networks"]
    assert overview["index"] == []
