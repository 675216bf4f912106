"""Where the documents of a review come from."""

from __future__ import annotations

from pathlib import Path

from cleaner import Cleaner, builtin_rules
from cleaner.batch.audited import located_below
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.cli import main
from cleaner.report.data import Heading
from cleaner.report.from_audit import AuditReport
from cleaner.report.from_texts import TextReport
from cleaner.review.sources import AuditSource, TextSource
from tests.articles import json_lines


def test_an_audit_and_its_texts_give_the_same_documents(run_in: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(4))
    main(["rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "-q", "-j", "1", "--isolated"])
    audit = AuditSource(AuditReport(Path("audit.jsonl"), builtin_rules(), located_below(Path("out.jsonl"))))
    texts = TextSource(TextReport(Corpus(plan_files([Path("rows.jsonl")])), Cleaner()))
    found = [[(one.text, one.edits, one.repairs) for one in source.documents()] for source in (audit, texts)]
    assert found[0] == found[1]
    assert len(audit.page_data(Heading())[0].chunks) == len(texts.page_data(Heading())[0].chunks) == 1


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The council met.\n", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"\x00\x01\x02" * 50)
    source = TextSource(TextReport(Corpus(plan_files([tmp_path])), Cleaner()))
    _, problems = source.page_data(Heading())
    assert [problem.path.endswith("b.txt") for problem in problems] == [True]
