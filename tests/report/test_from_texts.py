"""Reports on texts that are cleaned for the page."""

from __future__ import annotations

from pathlib import Path

from cleaner import Cleaner
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.report.from_texts import TextReport
from tests.articles import article


def report(folder: Path, size: int) -> TextReport:
    for number in range(6):
        (folder / f"{number}.txt").write_text(article(number), "utf-8")
    return TextReport(Corpus(plan_files([folder])), Cleaner(), size)


def test_all_documents_are_shown_when_there_is_room(tmp_path: Path) -> None:
    totals, chosen = report(tmp_path, 6).chosen()
    assert totals.documents == len(chosen) == 6
    assert [document.text for document in chosen] == [Cleaner().clean(article(number)).repaired for number in range(6)]


def test_a_sample_shows_every_rule(tmp_path: Path) -> None:
    totals, chosen = report(tmp_path, 5).chosen()
    assert (totals.documents, len(chosen)) == (6, 5)
    assert {edit.rule for document in chosen for edit in document.edits} == set(totals.rules)


def test_the_language_comes_from_the_scraps(tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(
        "Der Rat hat am Dienstag über die Brücke entschieden.\n\nLesen Sie auch:\n", "utf-8"
    )
    (document,) = TextReport(Corpus(plan_files([tmp_path / "de.txt"])), Cleaner()).documents()
    assert document.language == "de"
