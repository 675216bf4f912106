"""Clean texts to measure false positives on."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.clean_texts import read_clean_texts


def test_golden_bodies_come_first_and_files_after_them(run_in: Path) -> None:
    golden = read_clean_texts()
    assert len(golden.texts) > 10
    assert golden.problems == ()
    Path("a.txt").write_text("A town.\n", "utf-8")
    Path("b.txt").write_bytes(bytes(range(256)) * 50)
    found = read_clean_texts([Path("a.txt"), Path("b.txt")])
    assert found.texts == (*golden.texts, ("a.txt", "A town.\n"))
    assert [problem.path for problem in found.problems] == ["b.txt"]
