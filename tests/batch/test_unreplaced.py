"""Files that an audit is about and that are as they were before the run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaner.batch.unreplaced import is_unreplaced
from cleaner.cli import main
from tests.articles import article, json_lines, rows

SCRAPS = "Advertisement\n\nFollow us on:\n"


def entries() -> list[dict[str, Any]]:
    """The lines of the audit."""
    return [json.loads(line) for line in Path("audit.jsonl").read_bytes().splitlines()]


def cleaned_in_place(name: str, data: bytes, *options: str) -> tuple[bytes, list[dict[str, Any]]]:
    """What a run wrote over a file, and its audit."""
    Path(name).write_bytes(data)
    assert main([name, "--in-place", "--audit", "audit.jsonl", "-q", *options]) == 0
    return Path(name).read_bytes(), entries()


def is_as_it_was(name: str, data: bytes, lines: list[dict[str, Any]]) -> bool:
    """Whether these bytes count as those that the run read."""
    Path(name).write_bytes(data)
    return is_unreplaced(Path(name), iter(lines), list(dict.fromkeys(line["field"] for line in lines)))


TEXTS = {
    "a.txt": article(1).encode(),
    "latin.txt": article(1).replace("The", "Thé").encode("cp1252", "replace"),
}
TABLES = {
    "rows.jsonl": json_lines(4),
    "dropped.jsonl": json_lines(2) + json.dumps({"text": SCRAPS}).encode() + b"\n" + json_lines(2),
    "last.jsonl": b'{"text": "The council met."}\n' + json.dumps({"text": SCRAPS}).encode() + b"\n",
    "odd.jsonl": b'{"text": ""}\n{"id": 7, "text": "The council met."}\n' + json_lines(2),
    "rows.json": json.dumps(rows(3)).encode(),
    "rows.csv": b'id;text\n1;The council met.\n2;"' + SCRAPS.encode() + b'Two people died."\n',
}


@pytest.mark.parametrize("name", [*TEXTS, *TABLES])
def test_a_file_is_as_it_was_or_as_the_run_wrote_it(run_in: Path, name: str) -> None:
    data = {**TEXTS, **TABLES}[name]
    written, lines = cleaned_in_place(
        name, data, *(["--drop-flagged"] if name in ("dropped.jsonl", "last.jsonl") else [])
    )
    assert written != data
    assert is_as_it_was(name, data, lines)
    assert not is_as_it_was(name, written, lines)
    assert not is_as_it_was(name, b"", lines)


@pytest.mark.parametrize("name", [name for name in TABLES if name != "last.jsonl"])
def test_the_first_rows_can_tell_when_the_run_was_killed_behind_them(run_in: Path, name: str) -> None:
    data = TABLES[name]
    _, lines = cleaned_in_place(name, data)
    changed = next(number for number, line in enumerate(lines, 1) if line["edits"])
    assert is_as_it_was(name, data, lines[:changed])


def test_a_file_that_the_run_did_not_change_is_both(run_in: Path) -> None:
    for name, data in {"a.txt": b"The council met.\n", "a.jsonl": b'{"text": "The council met."}\n'}.items():
        written, lines = cleaned_in_place(name, data)
        assert written == data
        assert not is_as_it_was(name, data, lines)
        Path("audit.jsonl").unlink()


def test_a_text_that_somebody_changed_since_is_neither(run_in: Path) -> None:
    _, lines = cleaned_in_place("a.txt", TEXTS["a.txt"])
    assert not is_as_it_was("a.txt", b"Another text.\n", lines)
    _, lines = cleaned_in_place_again("a.jsonl", json_lines(4))
    first, *rest = json_lines(4).splitlines(keepends=True)
    assert not is_as_it_was("a.jsonl", first + b"".join(rest[:-1]), lines)
    assert not is_as_it_was("a.jsonl", b"".join([first, b"no JSON\n", *rest[1:]]), lines)


def cleaned_in_place_again(name: str, data: bytes) -> tuple[bytes, list[dict[str, Any]]]:
    Path("audit.jsonl").unlink()
    return cleaned_in_place(name, data)


def test_only_the_audit_of_a_run_over_its_input_can_tell(run_in: Path) -> None:
    Path("a.txt").write_bytes(TEXTS["a.txt"])
    assert main(["a.txt", "-o", "b.txt", "--audit", "audit.jsonl", "-q"]) == 0
    assert "original_sha" not in entries()[0]
    assert not is_unreplaced(Path("a.txt"), iter(entries()), ["text"])
