"""The audit leads back from what was written to what was read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from cleaner import Cleaner
from cleaner.batch.audit import attributes_line, audit_line, original_text, restored_text
from cleaner.cli import main
from tests.articles import article, json_lines, rows
from tests.strategies import texts

CLEANER = Cleaner()


@settings(deadline=None)  # the first text compiles the rules
@given(texts)
def test_every_line_leads_back(text: str) -> None:
    result = CLEANER.clean(text)
    line = json.loads(audit_line("a.txt", 0, None, result, {}))
    assert restored_text(result.text, line) == result.repaired
    assert original_text(result.repaired, line) == text


@settings(deadline=None)  # the first text compiles the rules
@given(texts)
def test_attributes_are_spans_of_the_original(text: str) -> None:
    result = CLEANER.clean(text)
    line = json.loads(attributes_line("x", result))
    assert line["id"] == "x"
    for start, end, score in line["attributes"]["cleaner__removed"]:
        assert 0 <= start < end <= len(text)
        assert score == 1.0


def test_attributes_name_what_was_removed() -> None:
    text = article(0)
    spans = json.loads(attributes_line("x", CLEANER.clean(text)))["attributes"]
    removed = [text[start:end].strip() for start, end, _ in spans["cleaner__removed"]]
    assert "".join(removed).replace("\n", "") == "AdvertisementFollow us on:"
    assert [text[start:end].strip() for start, end, _ in spans["cleaner__ad-marker"]] == ["Advertisement"]


def test_a_changed_text_is_refused() -> None:
    line = json.loads(audit_line("a.txt", 0, None, CLEANER.clean(article(0)), {}))
    with pytest.raises(ValueError, match="was changed after it was cleaned"):
        restored_text("Another text.", line)


def test_an_audit_tells_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("rows.jsonl").write_bytes(json_lines(4))
    main(["rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "--attributes", "attributes.jsonl", "-q"])
    lines: list[dict[str, Any]] = [json.loads(line) for line in Path("audit.jsonl").read_text().splitlines()]
    assert [(line["path"], line["row"], line["id"]) for line in lines] == [
        ("out.jsonl", i + 1, f"a{i}") for i in range(4)
    ]
    assert lines[0]["edits"][0]["rule"].startswith("ad-marker.")
    assert lines[0]["edits"][0]["text"].strip() == "Advertisement"
    assert lines[0]["rules"] == CLEANER.rules.digest
    assert lines[0]["version"]
    assert [json.loads(line)["id"] for line in Path("attributes.jsonl").read_text().splitlines()] == [
        row["id"] for row in rows(4)
    ]
