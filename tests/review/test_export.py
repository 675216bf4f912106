"""What becomes of verdicts: each export does what it is for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

from cleaner import Cleaner, RuleSet
from cleaner.authoring.golden import GoldenCase
from cleaner.authoring.modelling.samples import read_marked
from cleaner.batch.jobs import Job
from cleaner.config.settings import load_config
from cleaner.model import DocumentInfo, Edit
from cleaner.report.documents import Document, document_of_result
from cleaner.review.export import Case, export, judged, training_row
from cleaner.review.verdicts import Verdict
from cleaner.text.edits import apply

CLEANER = Cleaner()
TEXT = (
    "By Jane Doe\n\n"
    "The council met on Tuesday to vote on the old bridge, and the mayor couldnâ€™t wait for the hall to open.\n\n"
    "Shopkeepers on the northern bank fear for the summer, since few people will walk the long way around.\n\n"
    "A scrap that no rule knows\n\n"
    "Follow us on:\n"
)


def document(text: str = TEXT, name: str = "news/a.txt") -> Document:
    info = DocumentInfo(title="A bridge")
    return document_of_result(name, CLEANER.clean(text, title=info.title), info, "hill.example")


def on(one: Document, rule: str, said: Literal["right", "wrong"]) -> Verdict:
    """A verdict on the first removal by a rule."""
    edit = next(edit for edit in one.edits if edit.rule.startswith(rule))
    text = (one.text or "")[edit.start : edit.end]
    return Verdict(
        document=one.name, kind="removal", rule=edit.rule, start=edit.start, end=edit.end, text=text, verdict=said
    )


def scrap(one: Document, words: str) -> Verdict:
    """The verdict that a line that was left is a scrap."""
    start = (one.text or "").index(words)
    return Verdict(document=one.name, kind="line", start=start, end=start + len(words), text=words, verdict="scrap")


def written(case: Case, folder: Path) -> GoldenCase:
    place = folder / case.name
    place.mkdir()
    for name, content in case.files.items():
        (place / name).write_bytes(content)
    return GoldenCase(place)


def test_the_article_is_as_the_tests_think() -> None:
    assert {edit.scrap_class for edit in document().edits} == {"byline", "follow-us"}


def test_right_verdicts_on_all_make_a_golden_case_that_passes(tmp_path: Path) -> None:
    one = document()
    made = export([one], [on(one, "byline", "right"), on(one, "follow-us", "right")], CLEANER)
    (case,) = (written(case, tmp_path) for case in made.cases)
    assert not case.is_known_failure
    assert case.input.read_text("utf-8") == TEXT
    assert case.clean(Cleaner(profile=case.profile)).text == case.expected
    assert case.settings["origin"] == "hill.example"
    assert made.overrides == ""


def test_a_wrong_removal_and_a_scrap_make_a_known_failure(tmp_path: Path) -> None:
    one = document()
    given = [on(one, "byline", "wrong"), on(one, "follow-us", "right"), scrap(one, "A scrap that no rule knows")]
    (case,) = (written(case, tmp_path) for case in export([one], given, CLEANER).cases)
    assert case.is_known_failure
    assert case.expected.startswith("By Jane Doe\n\nThe council met")
    assert case.expected.endswith("the long way around.\n")
    assert "couldn’t" in case.expected


def test_documents_that_were_judged_in_part_make_no_case() -> None:
    one = document()
    made = export([one], [on(one, "byline", "right")], CLEANER)
    assert made.cases == []
    (row,) = made.rows
    assert (row["with"], row["without"]) == ([], ["By Jane Doe"])


def test_wrong_removals_become_overrides_that_spare_them(tmp_path: Path) -> None:
    one = document()
    made = export([one], [on(one, "byline", "wrong"), on(one, "follow-us", "wrong")], CLEANER)
    (tmp_path / "cleaner.toml").write_text(made.overrides, "utf-8")
    spared = Cleaner(load_config(tmp_path / "cleaner.toml").selected(), profile="all")
    assert spared.clean(TEXT, title="A bridge").edits == ()
    other = TEXT.replace("Jane Doe", "Ann Hollis")
    assert [edit.scrap_class for edit in spared.clean(other, title="A bridge").edits] == ["byline"]
    assert 'examples.keeps = [\n  "By Jane Doe",\n]' in made.overrides


def test_pieces_of_lines_become_antipatterns(tmp_path: Path) -> None:
    text = TEXT.replace("Shopkeepers on", "The mill stood still. ADVERTISEMENT Shopkeepers on")
    one = document(text)
    spans = [edit for edit in one.edits if edit.scrap_class == "ad-marker"]
    assert spans
    assert "\n" not in (one.text or "")[spans[0].start : spans[0].end]
    made = export([one], [on(one, "ad-marker", "wrong")], CLEANER)
    (tmp_path / "cleaner.toml").write_text(made.overrides, "utf-8")
    spared = Cleaner(load_config(tmp_path / "cleaner.toml").selected(), profile="all")
    assert "still. ADVERTISEMENT Shop" in spared.clean(text, title="A bridge").text


def test_training_rows_are_what_fit_reads(tmp_path: Path) -> None:
    whole, part = document(), document(name="b.txt")
    given = [
        *(on(whole, name, "right") for name in ("byline", "follow-us")),
        scrap(whole, "A scrap that no rule knows"),
        on(part, "byline", "wrong"),
        scrap(part, "A scrap that no rule knows"),
    ]
    made = export([whole, part], given, CLEANER)
    path = tmp_path / "training.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in made.rows), "utf-8")
    first, second = read_marked([Job(path, "jsonl", None, path.name)])
    assert first.text == second.text == TEXT
    assert first.body is not None
    assert "A scrap" not in first.body
    assert first.body.startswith("The council met")
    assert (second.body, second.kept, second.dropped) == (None, ("By Jane Doe",), ("A scrap that no rule knows",))
    assert first.info.title == "A bridge"


def test_verdicts_that_fit_nothing_are_told() -> None:
    one = document()
    gone = Verdict(document=one.name, kind="removal", rule="byline.x", start=1, end=2, text="y", verdict="right")
    moved = Verdict(document=one.name, kind="line", start=0, end=3, text="Not", verdict="scrap")
    other = Verdict(document="other.txt", kind="line", start=0, end=3, text="Not", verdict="scrap")
    made = export([one], [gone, moved, other], CLEANER)
    assert made.notes == [
        "news/a.txt: 2 verdicts are about something that is not there any more",
        "other.txt: is not among the documents",
    ]


def test_documents_without_a_text_are_told() -> None:
    bare = Document(name="a.txt", edits=(Edit(0, 2, "", "a.b"),), pieces=("Ad",))
    given = Verdict(document="a.txt", kind="removal", rule="a.b", start=0, end=2, text="Ad", verdict="right")
    made = export([bare], [given], CLEANER)
    assert made.notes == ["a.txt: its text is not known; name the results of the run with --cleaned"]
    assert (made.cases, made.rows) == ([], [])


def test_rules_that_are_gone_get_no_override() -> None:
    one = document()
    assert export([one], [on(one, "byline", "wrong")], Cleaner(RuleSet())).overrides == ""


def test_a_piece_of_a_scrap_stands_for_its_line() -> None:
    one = document()
    found = judged(one, [scrap(one, "that no rule"), scrap(one, "A scrap")])
    assert apply(one.text or "", found.scraps) == (one.text or "").replace("A scrap that no rule knows\n", "")
    assert training_row(found)["without"] == ["A scrap that no rule knows"]


@pytest.mark.parametrize("name", ["x" * 300, "///", "новости/мост.txt", "a.jsonl:3"])
def test_every_name_gives_a_folder(name: str, tmp_path: Path) -> None:
    one = document(name=name)
    (case,) = export([one], [on(one, "byline", "right"), on(one, "follow-us", "right")], CLEANER).cases
    assert case.name.isascii()
    assert 0 < len(case.name) < 60
