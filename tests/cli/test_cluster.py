"""``clean cluster``: Spark and Ray give what the command gives."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.adapters import cluster
from cleaner.cli import main
from cleaner.text.deadline import DOCUMENT_SECONDS
from tests.adapters.engines import engine
from tests.articles import rows
from tests.cli.processes import MODULE
from tests.places import ROOT

COUNT = 60


def expected() -> dict[str, object]:
    """By id, the rows as the command itself cleans them."""
    given = b"".join(json.dumps(row).encode() + b"\n" for row in made())
    done = subprocess.run([*MODULE, "-"], input=given, capture_output=True, check=True, cwd=ROOT)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def made() -> list[dict[str, object]]:
    return [{name: row[name] for name in ("id", "n", "text")} for row in rows(COUNT)]


def write(folder: Path, kind: str) -> Path:
    pa = engine("pyarrow")
    import pyarrow.csv
    import pyarrow.parquet

    path = folder / f"rows.{kind}"
    table = pa.Table.from_pylist(made())
    if kind == "parquet":
        pyarrow.parquet.write_table(table, path)
    elif kind == "csv":
        pyarrow.csv.write_csv(table, path)
    else:
        path.write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in made()))
    return path


def read(folder: Path, kind: str) -> list[dict[str, object]]:
    import pyarrow.csv
    import pyarrow.parquet

    found: list[dict[str, object]] = []
    for path in sorted(folder.rglob(f"*.{'json' if kind == 'jsonl' else kind}")):
        if kind == "jsonl":
            found += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        elif kind == "parquet":
            found += pyarrow.parquet.read_table(path).to_pylist()
        else:
            options = pyarrow.csv.ParseOptions(newlines_in_values=True)
            found += pyarrow.csv.read_csv(path, parse_options=options).to_pylist()
    return found


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), [("spark", "csv"), ("spark", "jsonl"), ("ray", "parquet"), ("ray", "csv")])
def test_an_engine_gives_what_the_command_gives(name: str, kind: str, run_in: Path) -> None:
    engine("pyspark" if name == "spark" else "ray")
    path = write(run_in, kind)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    }
    arguments = [*MODULE, "cluster", path.name, "-o", "out", "--engine", name, "-q"]
    subprocess.run(arguments, check=True, cwd=run_in, env=environment, timeout=240)
    found = read(run_in / "out", kind)
    assert len(found) == COUNT
    assert {row["id"]: row for row in found} == expected()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.jsonl", "--engine", "spark"], "Missing option '-o'"),
        (["a.jsonl", "-o", "out"], "Missing option '--engine'"),
        (["-o", "out", "--engine", "ray"], "Missing argument 'PATH...'"),
        (["a.jsonl", "-o", "out", "--engine", "magic"], "'magic' is not one of 'spark', 'ray'"),
        (["a.jsonl", "-o", "out", "--engine", "ray", "--document-seconds", "0"], "0.0 is not in the range x>0"),
        (["a.jsonl", "-o", "out", "--engine", "spark", "--audit", "x.jsonl"], "No such option"),
    ],
)
def test_what_the_command_needs(
    run_in: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main(["cluster", *arguments]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert not (run_in / "out").exists()


@pytest.mark.parametrize(("arguments", "seconds"), [([], DOCUMENT_SECONDS), (["--document-seconds", "2.5"], 2.5)])
def test_the_time_of_a_document_reaches_the_workers(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], seconds: float
) -> None:
    workers: list[Cleaner] = []

    def engine_of_a_test(cleaner: Cleaner, *files: object) -> None:
        workers.append(pickle.loads(pickle.dumps(cleaner)))

    monkeypatch.setattr(cluster, "ENGINES", {"ray": engine_of_a_test})
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main(["cluster", "a.jsonl", "-o", "out", "--engine", "ray", "-q", *arguments]) == 0
    assert [worker.document_seconds for worker in workers] == [seconds]


def test_a_missing_engine_says_what_to_install(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    for name, module in (("spark", "pyspark.sql"), ("ray", "ray")):
        monkeypatch.setitem(sys.modules, module, None)
        assert main(["cluster", "a.jsonl", "-o", "out", "--engine", name]) == 2
        assert f"pip install '.[{name}]'" in capsys.readouterr().err
