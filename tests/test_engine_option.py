"""``clean --engine spark|ray``: the command on a cluster gives what the command gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cleaner.cli import main
from tests.articles import rows
from tests.test_adapters import ROOT, engine

COMMAND = [sys.executable, "-c", "from cleaner.cli import run; run()"]
COUNT = 60


def expected() -> dict[str, object]:
    """By id, the rows as the command itself cleans them."""
    given = b"".join(json.dumps(row).encode() + b"\n" for row in made())
    done = subprocess.run([*COMMAND, "-"], input=given, capture_output=True, check=True, cwd=ROOT)
    return {row["id"]: row for row in map(json.loads, done.stdout.splitlines())}


def made() -> list[dict[str, object]]:
    return [{name: row[name] for name in ("id", "n", "text")} for row in rows(COUNT)]


def write(folder: Path, kind: str) -> Path:
    pa = pytest.importorskip("pyarrow")
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
    arguments = [*COMMAND, path.name, "-o", "out", "--engine", name, "-q"]
    subprocess.run(arguments, check=True, cwd=run_in, env=environment, timeout=240)
    found = read(run_in / "out", kind)
    assert len(found) == COUNT
    assert {row["id"]: row for row in found} == expected()


def test_wrong_calls(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    (run_in / "b.txt").write_text("a", "utf-8")
    (run_in / "full").mkdir()
    (run_in / "full" / "x").write_text("a", "utf-8")
    for arguments, message in (
        (["a.jsonl"], "where should the results go? Give -o FOLDER"),
        (["a.jsonl", "-o", "full"], "full: is there already, and not empty; name a new folder"),
        (["b.txt", "-o", "out"], "engines read files of one kind, parquet, jsonl, csv; here is text"),
        (["nope.jsonl", "-o", "out"], "nope.jsonl: no such file or folder"),
        (["a.jsonl", "-o", "out", "--audit", "x.jsonl", "--jobs", "2"], "--audit, --jobs cannot be had with it"),
        (["a.jsonl", "--check"], "--in-place, --check and --diff cannot be had with it"),
        (["a.jsonl", "b.txt", "-o", "out"], "here is jsonl, text: name it with --format"),
    ):
        assert main([*arguments, "--engine", "spark"]) == 2
        assert message in " ".join(capsys.readouterr().err.split())


def test_a_missing_engine_says_what_to_install(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    for name, module in (("spark", "pyspark.sql"), ("ray", "ray")):
        monkeypatch.setitem(sys.modules, module, None)
        assert main(["a.jsonl", "-o", "out", "--engine", name]) == 2
