"""``--signals``: signals in fields of rows, in every format, and beside texts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from cleaner.pipeline.signals import SIGNAL_NAMES, signals_of
from tests.adapters.engines import engine
from tests.articles import article


def test_rows_get_a_field_for_each(run_in: Path) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": article(1)}) + "\n" + json.dumps({"text": ""}) + "\n")
    assert main(["a.jsonl", "-o", "b.jsonl", "--signals", "all", "-q"]) == 0
    first, second = map(json.loads, Path("b.jsonl").read_text().splitlines())
    values = signals_of(Cleaner().clean(article(1))).as_dict()
    assert first == {"text": first["text"], **{f"clean_{name}": values[name] for name in SIGNAL_NAMES}}
    assert second == {"text": ""}
    assert main(["b.jsonl", "-o", "c.jsonl", "--signals", "all", "-q"]) == 0
    assert json.loads(Path("c.jsonl").read_text().splitlines()[0])["clean_removals"] == 0


def test_csv_gets_columns(run_in: Path) -> None:
    with Path("a.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([["id", "text"], [1, article(1)]])
    assert main(["a.csv", "-o", "b.csv", "--signals", "language=lang,guard", "-q"]) == 0
    with Path("b.csv").open(newline="") as stream:
        [row] = csv.DictReader(stream)
    assert (row["lang"], row["clean_guard"]) == ("en", "false")


def test_parquet_gets_columns_of_their_types(run_in: Path) -> None:
    pq = engine("pyarrow.parquet")
    pa = engine("pyarrow")
    pq.write_table(pa.table({"text": [article(1)]}), "a.parquet")
    assert main(["a.parquet", "-o", "b.parquet", "--signals", "residue,words,paywall,language", "-q"]) == 0
    types = {field.name: str(field.type) for field in pq.read_table("b.parquet").schema}
    assert types == {
        "text": "string",
        "clean_residue": "double",
        "clean_words": "int64",
        "clean_paywall": "bool",
        "clean_language": "string",
    }


def test_a_sidecar_holds_those_that_are_named(run_in: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(article(1), "utf-8")
    assert main(["in", "-o", "out", "--sidecar", "--signals", "language,guard", "-q"]) == 0
    assert json.loads(Path("out/a.txt.json").read_text())["signals"] == {"language": "en", "guard": False}


def test_wrong_names_are_answered(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.jsonl").write_text(json.dumps({"text": article(1), "mine": [1]}) + "\n")
    for value, message in [
        ("residu", "there is no signal 'residu'; did you mean residue?"),
        ("words=text", "--signals text: that field is read"),
        ("words=n,residue=n", "--signals n: --signals writes it already"),
        ("words=mine", "has a field 'mine' that no run wrote"),
    ]:
        assert main(["a.jsonl", "-o", "b.jsonl", "--overwrite", "--signals", value]) == 2
        assert message in capsys.readouterr().err


def test_the_configuration_can_name_them(run_in: Path) -> None:
    Path("cleaner.toml").write_text('[clean]\nsignals = ["words", "guard=g"]\n')
    Path("a.jsonl").write_text(json.dumps({"text": article(1)}) + "\n")
    assert main(["a.jsonl", "-o", "b.jsonl", "-q"]) == 0
    assert list(json.loads(Path("b.jsonl").read_text())) == ["text", "clean_words", "g"]
