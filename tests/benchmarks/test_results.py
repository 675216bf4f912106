"""The file of results: one form, read strictly, and several files become one when they are about the same texts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from benchmarks.leaderboard.corpora import BenchmarkError
from benchmarks.leaderboard.results import (
    SCHEMA_FILE,
    Clean,
    CorpusFacts,
    Entry,
    Machine,
    Results,
    merged,
    read_results,
    results_text,
    schema_text,
)

MACHINE = Machine(
    date="2026-11-26", python="3.12.1", system="Linux x86_64", processors=2, ftfy="6.3", ftfy_characters_per_second=9.0
)


def results(name: str = "mine", digest: str = "0123", lost: float = 1.0, **changes: Any) -> Results:
    score = Clean(documents=2, failed=0, words=20, words_lost=lost, touched=1)
    entry = Entry(name=name, how="command", call="mine -", speed=0.5, scores={"harm/poem": score})
    return Results(
        corpora={"harm/poem": CorpusFacts(kind="clean", documents=2, rows=2, digest=digest)},
        machines=[MACHINE],
        cleaners=[msgspec.structs.replace(entry, **changes)],
    )


def test_the_schema_beside_the_code_is_what_the_types_say() -> None:
    """To make it anew: SCHEMA_FILE.write_text(schema_text())."""
    assert SCHEMA_FILE.read_text("utf-8") == schema_text()
    jsonschema.Draft202012Validator.check_schema(json.loads(schema_text()))


def test_results_are_written_as_the_schema_says_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(results_text(results()), "utf-8")
    jsonschema.validate(json.loads(path.read_text("utf-8")), json.loads(schema_text()))
    assert read_results(path) == results()
    assert json.loads(path.read_text("utf-8"))["schema"] == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"schema": 1', '"schema": 2', "is no file of results of schema 1: Invalid enum value 2"),
        ('"speed": 0.5', '"speed": -1', r"Expected `float` >= 0.0 - at `\$\.cleaners\[0\]\.speed`"),
        ('"speed": 0.5', '"sped": 0.5', "unknown field `sped`"),
        ('"kind": "clean",\n     "touched"', '"kind": "x",\n     "touched"', "Invalid value 'x'"),
        ('"scores"', '"scores": {}, "scores2"', "unknown field `scores2`"),
        ("{", "", "is no file of results"),
    ],
)
def test_another_file_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    path, text = tmp_path / "a.json", results_text(results())
    assert old in text or "kind" in old
    path.write_text(text.replace(old, new, 1), "utf-8")
    if path.read_text("utf-8") == text:
        path.write_text(text.replace('"kind": "clean"', '"kind": "x"'), "utf-8")
    with pytest.raises(BenchmarkError, match=rf"a\.json: .*{message}"):
        read_results(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkError, match="cannot be read: No such file"):
        read_results(tmp_path / "a.json")


def test_a_score_for_a_corpus_that_is_not_told_of_is_an_error(tmp_path: Path) -> None:
    found = msgspec.structs.replace(results(), corpora={})
    (tmp_path / "a.json").write_text(results_text(found), "utf-8")
    with pytest.raises(BenchmarkError, match="mine has a score for 'harm/poem', which is no corpus of that kind there"):
        read_results(tmp_path / "a.json")


def test_files_about_the_same_texts_become_one() -> None:
    one = merged([("a.json", results("a")), ("b.json", results("b"))])
    assert [entry.name for entry in one.cleaners] == ["a", "b"]
    assert one.machines == [MACHINE]
    assert list(one.corpora) == ["harm/poem"]


def test_a_cleaner_that_was_measured_twice_stands_there_once_with_its_first_speed() -> None:
    one = merged([("a.json", results()), ("b.json", results(speed=0.7))])
    assert [(entry.name, entry.speed) for entry in one.cleaners] == [("mine", 0.5)]


def test_files_about_other_texts_are_refused() -> None:
    with pytest.raises(BenchmarkError, match=r"^a\.json and b\.json: harm/poem is not the same texts in both; measure"):
        merged([("a.json", results("a")), ("b.json", results("b", digest="4567"))])


def test_two_cleaners_of_one_name_are_refused() -> None:
    with pytest.raises(BenchmarkError, match="two cleaners are called 'mine'; rename one of them"):
        merged([("a.json", results()), ("b.json", results(lost=2.0))])
