"""The old forms of ``clean serve`` and ``clean cluster``: they still work, and name the new form."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from cleaner.adapters import cluster
from cleaner.cli import main


def test_the_old_form_of_serve_answers_with_a_note(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    question = json.dumps({"id": 1, "text": ""}).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(question))))
    assert main(["--serve-stdio"]) == 0
    captured = capsysbinary.readouterr()
    assert json.loads(captured.out)["id"] == 1
    assert b"note: --serve-stdio will be removed in the next version; use `clean serve`" in captured.err


@pytest.mark.parametrize("more", [["a.txt"], ["-o", "out"], ["--in-place"], ["--check"], ["--engine", "ray"]])
def test_the_old_form_of_serve_takes_no_files(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--serve-stdio", *more]) == 2
    assert "--serve-stdio reads standard input only" in capsys.readouterr().err


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What Spark would be started with."""
    calls: list[tuple[object, ...]] = []
    engines = {**cluster.ENGINES, "spark": lambda cleaner, *arguments: calls.append(arguments)}
    monkeypatch.setattr(cluster, "ENGINES", engines)
    return calls


def test_the_old_form_of_cluster_cleans_with_a_note(
    run_in: Path, started: list[tuple[object, ...]], capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main(["a.jsonl", "-o", "out", "--engine", "spark", "--text-key", "body"]) == 0
    ((paths, output, kind, keys),) = started
    assert (paths, output, kind) == (["a.jsonl"], "out", "jsonl")
    assert getattr(keys, "text", "") == "body"
    note = "use `clean cluster PATH -o FOLDER --engine spark`"
    assert note in capsys.readouterr().err
    assert main(["a.jsonl", "-o", "out", "--engine", "spark", "-q"]) == 0
    assert note not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.jsonl"], "where should the results go? Give -o FOLDER"),
        (["-o", "out"], "Missing argument 'PATH...'"),
        (["a.jsonl", "-o", "out", "--audit", "x.jsonl", "--jobs", "2"], "leave out --audit, --jobs"),
        (["a.jsonl", "-o", "out", "--in-place"], "leave out --in-place"),
        (["a.jsonl", "--check"], "leave out --check"),
        (["a.jsonl", "-o", "out", "--include", "*.x"], "leave out --include"),
        (["nope.jsonl", "-o", "out"], "nope.jsonl: no such file or folder"),
    ],
)
def test_the_old_form_of_cluster_refuses_what_it_did(
    run_in: Path,
    started: list[tuple[object, ...]],
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main([*arguments, "--engine", "spark"]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert started == []
