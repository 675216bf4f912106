"""``clean site-memory``, and the commands that use one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main

LINE = "Good morning, Newford!"


def rows(first: int, count: int, site: str = "riverpost.example") -> bytes:
    return b"".join(
        json.dumps(
            {"url": f"https://{site}/{day}", "text": f"The council met on day {day} to vote on the bridge.\n\n{LINE}"}
        ).encode()
        + b"\n"
        for day in range(first, first + count)
    )


@pytest.fixture
def here(run_in: Path) -> Path:
    for name, first in (("a", 0), ("b", 3)):
        Path(f"{name}.jsonl").write_bytes(rows(first, 5))
        assert main([f"{name}.jsonl", "-o", f"{name}.out.jsonl", "--site-memory", f"{name}.memory", "-q"]) == 0
    return run_in


def test_a_second_file_profits_from_the_first(here: Path) -> None:
    assert Path("a.out.jsonl").read_text().count(LINE) == 3
    assert main(["b.jsonl", "-o", "c.jsonl", "--site-memory", "a.memory", "-q"]) == 0
    assert LINE not in Path("c.jsonl").read_text()


def test_sites_and_their_lines_are_shown(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site-memory", "show", "a.memory"]) == 0
    assert capsys.readouterr().out.split()[-4:] == ["5", "6", "1", "riverpost.example"]
    assert main(["site-memory", "show", "a.memory", "riverpost.example"]) == 0
    assert "5 of 5  good morning, newford" in capsys.readouterr().out
    assert main(["site-memory", "show", "a.memory", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "site": "riverpost.example",
        "documents": 5,
        "lines": 6,
        "recurring": [{"text": "good morning, newford", "documents": 5}],
    }


def test_memories_are_joined_and_a_document_counts_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site-memory", "merge", "a.memory", "b.memory", "-o", "all.memory"]) == 0
    assert "all.memory knows 8 documents of 1 sites" in capsys.readouterr().err
    assert main(["site-memory", "merge", "a.memory", "-o", "all.memory"]) == 0
    assert "all.memory knows 8 documents of 1 sites" in capsys.readouterr().err


def test_wrong_input_is_answered(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words, message in [
        (["site-memory", "show", "a.jsonl"], "a.jsonl: is no site memory"),
        (["site-memory", "show", "none"], "none: does not exist"),
        (["site-memory", "show", "a.memory", "other.example"], "knows no site 'other.example'"),
        (["site-memory", "merge", "a.memory", "-o", "a.memory"], "is one of the memories to join"),
        (["a.jsonl", "-o", "c.jsonl", "--site-memory", "b.jsonl"], "b.jsonl: is no site memory"),
        (["a.jsonl", "-o", "c.jsonl", "--site-memory", "m", "--site-lines"], "give --site-lines"),
        (["a.jsonl", "-o", "c.jsonl", "--site-memory-fixed"], "give that too"),
        (["why", "a.txt", "--site-memory", "a.memory"], "give --url or --site"),
    ]:
        Path("a.txt").write_text("The council met.\n")
        assert main(words) == 2
        assert message in capsys.readouterr().err


def test_why_tells_in_how_many_documents_a_line_stands(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["why", "a.jsonl:1", "--site-memory", "a.memory"]) == 0
    assert "stands in 5 of 5 documents of riverpost.example" in " ".join(capsys.readouterr().out.split())
    assert main(["why", "a.jsonl:1:3", "--site-memory", "a.memory"]) == 0
    assert "stands in 5 of 5 documents of riverpost.example" in capsys.readouterr().out
    Path("new.txt").write_text(f"The council met at night to vote on the bridge.\n\n{LINE}\n")
    assert main(["why", "new.txt:3", "--site-memory", "a.memory", "--site", "riverpost.example"]) == 0
    assert "stands in 6 of 6 documents of riverpost.example" in capsys.readouterr().out
    assert main(["why", "new.txt:3", "--site-memory", "a.memory", "--site", "other.example"]) == 0
    assert "kept" in capsys.readouterr().out


def test_a_printed_page_learns_and_profits(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("one.jsonl").write_bytes(rows(90, 1))
    assert main(["one.jsonl", "--site-memory", "a.memory"]) == 0
    assert LINE not in capsys.readouterr().out
    assert main(["site-memory", "show", "a.memory", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["documents"] == 6


def test_check_leaves_the_memory_alone(here: Path) -> None:
    before = Path("a.memory").read_bytes()
    assert main(["b.jsonl", "--check", "--site-memory", "a.memory", "-q"]) == 1
    assert Path("a.memory").read_bytes() == before
