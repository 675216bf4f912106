"""The documents of many files, for those who only read."""

from __future__ import annotations

import json
from pathlib import Path

from cleaner import Cleaner
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files


def test_documents_come_in_order_and_problems_are_kept(run_in: Path, cleaner: Cleaner) -> None:
    Path("a.txt").write_text("A town.\n", "utf-8")
    Path("rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in ("One.", 2, "Three.")), "utf-8")
    planned = plan_files([Path("a.txt"), Path("rows.jsonl"), Path("nowhere")])
    corpus = Corpus(planned)
    assert [str(problem) for problem in corpus.problems] == ["nowhere: does not exist; check the path"]
    for _ in range(2):  # it may be read again, and then counts anew
        assert [(one.place, one.text) for one in corpus] == [
            ("a.txt", "A town.\n"),
            ("rows.jsonl:1", "One."),
            ("rows.jsonl:3", "Three."),
        ]
        assert [problem.path for problem in corpus.problems] == ["nowhere", "rows.jsonl:2"]
