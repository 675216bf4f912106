"""The audit leads back from what was written to what was read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from cleaner import Cleaner
from cleaner.audit import attributes_line, audit_line, original_text, restored_text
from cleaner.cli import main
from tests.articles import article, json_lines, rows
from tests.strategies import texts

CLEANER = Cleaner()


@given(texts)
def test_every_line_leads_back(text: str) -> None:
    result = CLEANER.clean(text)
    line = json.loads(audit_line("a.txt", 0, None, result, {}))
    assert restored_text(result.text, line) == result.repaired
    assert original_text(result.repaired, line) == text


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


def clean(*arguments: str) -> None:
    assert main([*arguments, "-q"]) == 0


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("audit", ["audit.jsonl", "audit.jsonl.gz", "audit.jsonl.zst"])
def test_a_folder_is_restored(here: Path, audit: str) -> None:
    if audit.endswith("zst"):
        pytest.importorskip("zstandard", reason="the extra zst is not installed")
    (here / "in" / "sub").mkdir(parents=True)
    for i in range(12):
        (here / "in" / "sub" / f"{i}.txt").write_text(article(i), encoding="utf-8")
    (here / "in" / "rows.jsonl").write_bytes(json_lines(50) + b"no JSON\n\n" + json_lines(3))
    assert main(["in", "-o", "out", "--audit", audit, "-q"]) == 2  # the row that is no JSON
    assert main(["restore", "out", "--audit", audit, "-o", "repaired"]) == 0
    assert main(["restore", "out", "--audit", audit, "-o", "original", "--original"]) == 0
    for i in range(12):
        assert (here / "original" / "sub" / f"{i}.txt").read_text(encoding="utf-8") == article(i)
        repaired = CLEANER.clean(article(i)).repaired
        assert (here / "repaired" / "sub" / f"{i}.txt").read_text(encoding="utf-8") == repaired
    assert (here / "original" / "rows.jsonl").read_bytes() == (here / "in" / "rows.jsonl").read_bytes()
    assert "â€™" not in (here / "repaired" / "rows.jsonl").read_text(encoding="utf-8")
    assert "Follow us on:" in (here / "repaired" / "rows.jsonl").read_text(encoding="utf-8")


def test_an_audit_tells_all(here: Path) -> None:
    Path("rows.jsonl").write_bytes(json_lines(4))
    clean("rows.jsonl", "-o", "out.jsonl", "--audit", "audit.jsonl", "--attributes", "attributes.jsonl")
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


def test_restoring_refuses_what_does_not_fit(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(article(1), encoding="utf-8")
    clean("a.txt", "-o", "b.txt", "--audit", "audit.jsonl")
    Path("b.txt").write_text("Another text.\n", encoding="utf-8")
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 2
    assert "must be as the run with this audit left it" in capsys.readouterr().err
    assert not Path("c.txt").exists()
    assert main(["restore", "a.txt", "--audit", "audit.jsonl", "-o", "c.txt"]) == 2
    assert "says nothing about a.txt" in capsys.readouterr().err
    Path("no.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["restore", "b.txt", "--audit", "no.jsonl", "-o", "c.txt"]) == 2
    assert "no.jsonl: line 1 is no line of an audit" in capsys.readouterr().err
    assert main(["restore", "b.txt", "--audit", "audit.jsonl", "-o", "b.txt"]) == 2
    assert "the output is the input" in capsys.readouterr().err


def test_a_damaged_audit_is_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_text(article(1), encoding="utf-8")
    clean("a.txt", "-o", "b.txt", "--audit", "audit.jsonl.gz")
    data = Path("audit.jsonl.gz").read_bytes()
    gzip.decompress(data)
    Path("audit.jsonl.gz").write_bytes(data[:-10])
    assert main(["restore", "b.txt", "--audit", "audit.jsonl.gz", "-o", "c.txt"]) == 2
    assert "audit.jsonl.gz: is cut off" in capsys.readouterr().err


def test_several_folders_are_restored(here: Path) -> None:
    for i, folder in enumerate(("one", "two")):
        Path(folder).mkdir()
        Path(folder, "a.txt").write_text(article(i), encoding="utf-8")
    clean("one", "two", "-o", "out", "--audit", "audit.jsonl")
    assert main(["restore", "out", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert [Path("back", folder, "a.txt").read_text(encoding="utf-8") for folder in ("one", "two")] == [
        article(0),
        article(1),
    ]


def test_what_was_cleaned_in_place_is_restored(here: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(3), encoding="utf-8")
    Path("in/rows.jsonl.gz").write_bytes(gzip.compress(json_lines(4)))
    clean("in", "--in-place", "--audit", "audit.jsonl")
    assert "Follow us" not in Path("in/a.txt").read_text(encoding="utf-8")
    assert main(["restore", "in", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/a.txt").read_text(encoding="utf-8") == article(3)
    assert gzip.decompress(Path("back/rows.jsonl.gz").read_bytes()) == json_lines(4)


def test_an_audit_of_a_run_in_place_is_never_lost(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    for i in range(3):
        Path("in", f"{i}.txt").write_text(article(i), encoding="utf-8")
    Path("in/9.jsonl").write_text("no JSON\n")
    assert main(["in", "--in-place", "--audit", "audit.jsonl", "--max-errors", "0", "-q"]) == 2  # stopped at the end
    capsys.readouterr()
    assert main(["in", "--in-place", "--audit", "audit.jsonl", "-q"]) == 2
    assert "keep it and give another name" in capsys.readouterr().err
    assert main(["in", "--in-place", "--stats", "stats.json", "-q"]) == 2  # the row that is no JSON
    assert main(["in", "--in-place", "--stats", "stats.json", "-q"]) == 2
    assert "give another name" not in capsys.readouterr().err
    assert main(["restore", "in", "--audit", "audit.jsonl", "-o", "back", "--original"]) == 0
    assert Path("back/2.txt").read_text(encoding="utf-8") == article(2)


def test_restoring_knows_kind_and_field(here: Path) -> None:
    rows_as_json = "".join(json.dumps({"body": article(i)}) + "\n" for i in range(3))
    Path("a.json").write_text(rows_as_json)
    clean("a.json", "-o", "b.json", "--format", "jsonl", "--text-key", "body", "--audit", "audit.jsonl")
    assert main(["restore", "b.json", "--audit", "audit.jsonl", "-o", "c.json", "--original"]) == 0
    assert [json.loads(line)["body"] for line in Path("c.json").read_text().splitlines()] == list(
        map(article, range(3))
    )


def test_restoring_writes_over_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(1), encoding="utf-8")
    clean("in", "-o", "out", "--audit", "audit.jsonl")
    for target in ("audit.jsonl", "out/sub"):
        assert main(["restore", "out", "--audit", "audit.jsonl", "-o", target]) == 2
        assert "is the audit or lies inside the input" in capsys.readouterr().err
    assert Path("audit.jsonl").read_text().count("\n") == 1
