"""The content of a data card, from audits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, builtin_rules
from cleaner.batch.audit import audit_line, stamp_of
from cleaner.errors import CleanerError
from cleaner.report.card import examples, read_card
from cleaner.report.tally import Tally

BODY = "The town council met on Tuesday evening and voted to repair the old bridge over the river."
TEXTS = [
    (f"{BODY}\n\nFollow us on:\n\nAdvertisement\n", "en"),
    (f"{BODY}\n\nAdvertisement\n", ""),
    (f"{BODY}\n\nMehr zum Thema\n", ""),
    (f"{BODY}\n", ""),
]


def audit(path: Path, cleaner: Cleaner, **more: Any) -> Path:
    lines = [
        audit_line(
            "a.jsonl",
            number,
            number,
            cleaner.clean(text),
            stamp_of(cleaner),
            **{"kind": "jsonl", "field": "text", "site": "riverpost.example", "language": language, **more},
        )
        for number, (text, language) in enumerate(TEXTS, 1)
    ]
    path.write_bytes(b"".join(lines))
    return path


def test_what_went_is_counted_by_class_rule_and_language(tmp_path: Path, cleaner: Cleaner) -> None:
    card = read_card([audit(tmp_path / "a.jsonl", cleaner)], builtin_rules())
    assert (card.documents, card.changed, card.removals, card.words, card.sites) == (4, 3, 4, 8, 1)
    ads = card.classes["ad-marker"]
    assert (ads.documents, ads.removals, ads.words, examples(ads)) == (2, 2, 2, [("Advertisement", 2)])
    assert card.rules["follow-us.networks"].words == 3
    assert (card.declared, dict(card.all_languages)) == (1, {"en": 2, "": 1, "de": 1})
    assert card.table["follow-us", "en"] == 3
    assert sum(card.table.values()) == card.words


def test_several_audits_are_one_card(tmp_path: Path, cleaner: Cleaner) -> None:
    paths = [audit(tmp_path / f"{name}.jsonl", cleaner) for name in "ab"]
    both, one = read_card(paths, builtin_rules()), read_card(paths[:1], builtin_rules())
    assert (both.documents, both.words) == (2 * one.documents, 2 * one.words)
    assert both.stamps.total() == 8
    assert len(both.stamps) == 1


def test_the_card_is_json(tmp_path: Path, cleaner: Cleaner) -> None:
    found = read_card([audit(tmp_path / "a.jsonl", cleaner, dropped="", in_place=True)], builtin_rules()).as_dict()
    assert json.loads(json.dumps(found)) == found
    assert (found["dropped"], found["in_place"]) == (4, True)
    assert found["runs"][0]["rules"] == cleaner.rules.digest
    assert sum(one["words"] for one in found["words_by_class_and_language"]) == found["words"]
    assert found["languages"]["de"]["all_documents"] == 1


def test_files_that_were_not_written_do_not_count(tmp_path: Path, cleaner: Cleaner) -> None:
    path = audit(tmp_path / "a.jsonl", cleaner)
    path.write_bytes(path.read_bytes() + b'{"path": "a.jsonl", "void": "disk full"}\n')
    with pytest.raises(CleanerError, match="no documents; name the files that --audit wrote"):
        read_card([path], builtin_rules())


def test_examples_are_short_and_in_one_line() -> None:
    tally = Tally()
    tally.add("a\n b\u200b\x1b[1m" + "x" * 200)
    tally.add("a b\u200b\x1b[1m" + "x" * 201)  # looks the same
    [(text, times)] = examples(tally)
    assert text.startswith("a b\\u200b\\x1b[1m")
    assert (len(text), text[-1], times) == (80, "…", 2)
