"""The old forms of ``clean serve`` and ``clean cluster``: they still work, and name the new form."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cleaner.adapters import cluster
from cleaner.batch.parts import Part
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
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The options of what Spark would do; here it is done in this process."""
    calls: list[Any] = []

    @contextmanager
    def spark() -> Iterator[cluster.Engine]:
        def run(task: Any, parts: Sequence[Part]) -> Iterator[dict[str, Any]]:
            calls.append(task.args[1])
            yield from map(task, parts)

        yield run

    monkeypatch.setattr(cluster, "ENGINES", {**cluster.ENGINES, "spark": spark})
    return calls


def test_the_old_form_of_cluster_cleans_with_a_note(
    run_in: Path, started: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (run_in / "a.jsonl").write_text('{"body": "a"}\n', "utf-8")
    assert main(["a.jsonl", "-o", "out", "--engine", "spark", "--text-key", "body"]) == 0
    (options,) = started
    assert options.keys.text == "body"
    assert (run_in / "out" / "a.jsonl").read_text("utf-8") == '{"body": "a"}\n'
    note = "use `clean cluster PATH -o FOLDER --engine spark`"
    assert note in capsys.readouterr().err
    assert main(["a.jsonl", "-o", "again", "--engine", "spark", "-q", "--text-key", "body"]) == 0
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
        (["nope.jsonl", "-o", "out"], "nope.jsonl: does not exist; check the path"),
    ],
)
def test_the_old_form_of_cluster_refuses_what_it_did(
    run_in: Path,
    started: list[Any],
    arguments: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (run_in / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main([*arguments, "--engine", "spark"]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
    assert started == []
