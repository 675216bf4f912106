"""``clean cluster``: Spark and Ray give what the command gives."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.adapters import cluster
from cleaner.batch.parts import Part
from cleaner.cli import main
from cleaner.text.deadline import DOCUMENT_SECONDS
from tests.adapters.engines import engine
from tests.articles import article, rows
from tests.cli.processes import MODULE
from tests.places import ROOT

COUNT = 60


RECORDS = ("audit.jsonl", "rejects.jsonl", "stats.json")


def write(folder: Path) -> None:
    """Files of several formats, with rows that cannot be cleaned."""
    pa = engine("pyarrow")
    import pyarrow.csv
    import pyarrow.parquet

    made = [{name: row[name] for name in ("id", "n", "text")} for row in rows(COUNT)]
    table = pa.Table.from_pylist(made)
    (folder / "in" / "sub").mkdir(parents=True)
    pyarrow.parquet.write_table(table, folder / "in" / "a.parquet")
    pyarrow.csv.write_csv(table, folder / "in" / "sub" / "b.csv")
    bad = [b"{bad\n", b'{"id": "x", "body": "no text here"}\n', b'{"id": "y", "text": null}\n']
    lines = [json.dumps(row).encode() + b"\n" for row in made]
    (folder / "in" / "c.jsonl").write_bytes(b"".join([*lines[:30], *bad, *lines[30:]]))
    (folder / "in" / "d.txt").write_text(article(3), "utf-8")


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones included."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def records(prefix: str) -> list[str]:
    return [f"--{name.partition('.')[0]}={prefix}-{name}" for name in RECORDS]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["spark", "ray"])
def test_an_engine_leaves_what_a_run_on_one_machine_leaves(name: str, run_in: Path) -> None:
    engine("pyspark" if name == "spark" else "ray")
    write(run_in)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    }
    given = run_in / "in"  # absolute, as the cluster names files in its messages
    assert main([str(given), "-o", "local", "-q", "-j", "1", *records("local")]) == 2
    arguments = [*MODULE, "cluster", str(given), "-o", "out", "--engine", name, "-q", *records("out")]
    done = subprocess.run(arguments, cwd=run_in, env=environment, timeout=240)
    assert done.returncode == 2  # there are bad rows, and the run went on
    assert content(run_in / "out") == content(run_in / "local")
    for record in RECORDS:
        made, want = (Path(f"{prefix}-{record}").read_bytes() for prefix in ("out", "local"))
        assert made == want
    reasons = [json.loads(line)["reason"] for line in Path("out-rejects.jsonl").read_bytes().splitlines()]
    assert reasons[0].startswith("is not JSON")
    assert "has no field 'text'" in reasons[1]
    assert main(["restore", "out", "--audit", "out-audit.jsonl", "-o", "back", "--original"]) == 0
    assert content(run_in / "back")["d.txt"] == (given / "d.txt").read_bytes()
    assert content(run_in / "back")["c.jsonl"] == (given / "c.jsonl").read_bytes()
    assert main(["report", "out-audit.jsonl", "-o", "page.html", "--cleaned", "out"]) == 0
    assert Path("page.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.jsonl", "--engine", "spark"], "Missing option '-o'"),
        (["a.jsonl", "-o", "out"], "Missing option '--engine'"),
        (["-o", "out", "--engine", "ray"], "Missing argument 'PATH...'"),
        (["a.jsonl", "-o", "out", "--engine", "magic"], "'magic' is not one of 'spark', 'ray'"),
        (["a.jsonl", "-o", "out", "--engine", "ray", "--document-seconds", "0"], "0.0 is not in the range x>0"),
        (["a.jsonl", "-o", "out", "--engine", "spark", "--in-place"], "No such option"),
        (["a.jsonl", "-o", "out", "--engine", "ray", "--site-memory", "m"], "add --site-memory-fixed"),
        (["a.jsonl", "-o", "out", "--engine", "ray", "--site-memory-fixed"], "give that too"),
        (
            ["a.jsonl", "-o", "out", "--engine", "ray", "--site-memory", "m", "--site-memory-fixed"],
            "m: does not exist; name a file that --site-memory wrote",
        ),
    ],
)
def test_what_the_command_needs(
    run_in: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main(["cluster", *arguments]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert not (run_in / "out").exists()


class EngineOfATest:
    """Does the parts here, with what a worker would unpickle."""

    def __init__(self) -> None:
        self.workers: list[Cleaner] = []

    @contextmanager
    def __call__(self) -> Iterator[cluster.Engine]:
        yield self._run

    def _run(self, task: Any, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
        sent = pickle.loads(pickle.dumps(task))
        self.workers.append(sent.args[0].cleaner())
        yield from map(sent, pickle.loads(pickle.dumps(parts)))


@pytest.fixture
def engine_here(monkeypatch: pytest.MonkeyPatch) -> EngineOfATest:
    made = EngineOfATest()
    monkeypatch.setattr(cluster, "ENGINES", {"ray": made})
    return made


@pytest.mark.parametrize(("arguments", "seconds"), [([], DOCUMENT_SECONDS), (["--document-seconds", "2.5"], 2.5)])
def test_the_time_of_a_document_reaches_the_workers(
    run_in: Path, engine_here: EngineOfATest, arguments: list[str], seconds: float
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main(["cluster", "a.jsonl", "-o", "out", "--engine", "ray", "-q", *arguments]) == 0
    assert [worker.document_seconds for worker in engine_here.workers] == [seconds]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--signals", "all", "--flags-key", "flags"],
        ["--metadata-key", "clean", "--keep-removed", "gone", "--attributes", "attributes.jsonl"],
        ["--metadata-columns", "author=by,date", "--drop-flagged"],
        ["--sidecar", "--signals", "words", "--exclude", "*.csv"],
        ["--include", "*.txt", "--include", "*.csv", "--encoding", "windows-1252", "--delimiter", ";"],
        ["--max-document-bytes", "300"],
    ],
)
def test_options_do_what_they_do_on_one_machine(
    run_in: Path, engine_here: EngineOfATest, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = run_in / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(article(1), "utf-8")
    (folder / "b.jsonl").write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows(5)))
    (folder / "sub" / "c.csv").write_bytes('id;text\n1;"Zoë met the council.\n\nAdvertisement"\n'.encode("cp1252"))
    code = main(["in", "-o", "local", "-q", "-j", "1", *arguments])
    want = content(run_in / "local")
    want_spans = Path("attributes.jsonl").read_bytes() if "--attributes" in arguments else b""
    assert main(["cluster", "in", "-o", "out", "--engine", "ray", *arguments, "--overwrite"]) == code
    assert content(run_in / "out") == want != {}
    assert ("attributes.jsonl" in arguments) is bool(want_spans)
    assert not want_spans or Path("attributes.jsonl").read_bytes() == want_spans
    assert "written to out" in capsys.readouterr().err


def test_workers_read_a_memory_of_sites_and_change_nothing_of_it(run_in: Path, engine_here: EngineOfATest) -> None:
    line = "All the news of the hill, every morning at seven"
    seen = [{"url": f"https://hill.example/{i}", "text": f"{article(i)}\n{line}\n"} for i in range(40)]
    for name, rows_of in (("seen", seen[:30]), ("new", seen[30:])):
        Path(f"{name}.jsonl").write_bytes(b"".join(json.dumps(row).encode() + b"\n" for row in rows_of))
    assert main(["seen.jsonl", "-o", "learned.jsonl", "-q", "--site-memory", "hill.memory"]) == 0
    before = Path("hill.memory").read_bytes()
    memory = ["--site-memory", "hill.memory", "--site-memory-fixed"]
    assert main(["new.jsonl", "-o", "local", "-q", *memory]) == 0
    assert main(["cluster", "new.jsonl", "-o", "out", "--engine", "ray", "-q", *memory]) == 0
    assert content(run_in / "out")["new.jsonl"] == Path("local").read_bytes()
    assert line not in Path("local").read_text("utf-8")
    assert Path("hill.memory").read_bytes() == before


def test_nothing_is_said_to_be_written_when_there_is_nothing(
    run_in: Path, engine_here: EngineOfATest, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["cluster", "nope", "-o", "out", "--engine", "ray"]) == 2
    shown = capsys.readouterr().err
    assert "nope: does not exist; check the path" in shown
    assert "0 documents, 0 of them changed, nothing was written" in shown
    assert not (run_in / "out").exists()


def test_a_missing_engine_says_what_to_install(
    run_in: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    for name, module in (("spark", "pyspark.sql"), ("ray", "ray")):
        monkeypatch.setitem(sys.modules, module, None)
        assert main(["cluster", "a.jsonl", "-o", "out", "--engine", name]) == 2
        assert f"pip install '.[{name}]'" in capsys.readouterr().err
