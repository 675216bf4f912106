"""Reports from audits."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from cleaner import builtin_rules
from cleaner.batch.audited import located_below
from cleaner.cli import main
from cleaner.errors import CleanerError
from cleaner.io.problems import Problem
from cleaner.report.data import Heading
from cleaner.report.from_audit import AuditReport
from tests.articles import json_lines


@pytest.fixture
def audit(run_in: Path) -> Path:
    Path("rows.jsonl").write_bytes(json_lines(30))
    main(["rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "-q", "-j", "1", "--isolated"])
    return Path("audit.jsonl")


def overview(report: AuditReport) -> dict[str, Any]:
    data, problems = report.page_data(Heading())
    assert problems == []
    found: dict[str, Any] = json.loads(gzip.decompress(data.overview))
    return found


def test_the_sums_are_over_all_and_the_sample_is_small(audit: Path) -> None:
    found = overview(AuditReport(audit, builtin_rules(), located_below(Path("out.jsonl")), sample=7))
    assert found["totals"]["documents"] == 30
    assert len(found["index"]) == 7
    assert sum(rule["edits"] for rule in found["rules"]) == found["totals"]["edits"] > 30
    shown = {found["rules"][number]["id"] for entry in found["index"] for number in entry["rules"]}
    assert shown == {rule["id"] for rule in found["rules"]}
    assert found["notes"] == []
    assert found["source"] == "audit.jsonl"
    assert set(found["stamp"]) == {"rules", "version"}


def test_the_page_names_the_packs_that_rules_came_from(audit: Path) -> None:
    lines = [json.loads(line) | {"packs": "riverpost-rules 1.0 sha256:00"} for line in audit.open(encoding="utf-8")]
    audit.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert overview(AuditReport(audit, builtin_rules()))["stamp"]["packs"] == "riverpost-rules 1.0 sha256:00"


def test_the_audit_alone_says_so(audit: Path) -> None:
    found = overview(AuditReport(audit, builtin_rules()))
    assert "each document shows only what was removed from it" in found["notes"][0]
    assert sum(found["places"]) == found["totals"]["edits"]


def test_site_and_language_are_told(audit: Path) -> None:
    found = overview(AuditReport(audit, builtin_rules()))
    assert [site[:2] for site in found["sites"]] == [["out.jsonl", 30]]
    assert found["languages"][0][0] == "en"


def test_an_empty_audit_is_an_error(run_in: Path) -> None:
    Path("audit.jsonl").touch()
    with pytest.raises(CleanerError, match=r"audit\.jsonl: holds no documents; name the file that --audit wrote"):
        AuditReport(Path("audit.jsonl"), builtin_rules()).page_data(Heading())


def test_damaged_lines_cost_only_their_text(audit: Path) -> None:
    lines = [json.loads(line) for line in audit.read_text("utf-8").splitlines()]
    lines[3]["repairs"] = [{"step": "encoding", "inverse": [[0, 99_999, "x"]]}]
    lines[4] |= {"flags": 3, "metadata": [1], "length": "long", "site": None}
    audit.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    report = AuditReport(audit, builtin_rules(), located_below(Path("out.jsonl")))
    problems: list[Problem] = []
    found = list(report.documents(problems=problems))
    assert [one.text is None for one in found[:6]] == [False, False, False, True, False, False]
    assert str(problems[0]).startswith("out.jsonl:4: the repairs in the audit are damaged")
    assert len(report.page_data(Heading())[0].chunks) == 1


def test_the_language_of_a_row_counts_in_the_sums(run_in: Path) -> None:
    lines = [
        {"text": "Bürgerin dankt der Brücke am Fluss.\n", "lang": "de"},
        {"text": "The council met.\n", "lang": None},
    ]
    Path("rows.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    main(["rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "-q", "-j", "1", "--isolated"])
    found = overview(AuditReport(Path("audit.jsonl"), builtin_rules()))
    assert sorted(name for name, *_ in found["languages"]) == ["", "de"]
    assert [entry.get("lang") for entry in found["index"]] == ["de", None]
