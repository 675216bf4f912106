"""``clean fit``: from a corpus to a model, and to a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.scoring.model import read_model
from tests.authoring.modelling.making import row, write_corpus


@pytest.mark.slow
def test_a_corpus_becomes_a_model_that_clean_can_use(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reason = "needs catboost and scikit-learn: pip install '.[fit]'"
    pytest.importorskip("catboost", reason=reason)
    pytest.importorskip("sklearn", reason=reason)
    (run_in / "corpus").mkdir()
    write_corpus(run_in / "corpus", 12, 8)
    options = ["--folds", "2", "--trees", "10", "--questions", "3", "--default-threshold", "0.6", "-j", "1"]
    assert main(["fit", "corpus", "-o", "m.json", "--model-version", "town-1", *options]) == 0
    shown = capsys.readouterr()
    assert "second look: fold 2 of 2" in shown.err
    assert "town.resiliparse" in shown.out
    model = read_model("m.json")
    assert (model.version, model.threshold) == ("town-1", 0.6)
    assert model.figures["texts"]["town.resiliparse"]["texts"] == 96
    assert model.data["tales"]["scraps"] == 0
    other = row(41, 3)
    Path("a.jsonl").write_text(json.dumps(other) + "\n", "utf-8")
    assert main(["a.jsonl", "-o", "out.jsonl", "-q", "--profile", "thorough", "--model", "m.json"]) == 0
    cleaned = json.loads(Path("out.jsonl").read_text("utf-8"))["text"]
    assert cleaned.strip().split("\n\n") == other["gold"].split("\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.txt", "-o", "m.json"], "a.txt: holds no rows"),
        (["nowhere.jsonl", "-o", "m.json"], "nowhere.jsonl"),
        (["a.txt"], "Missing option '-o'"),
        (["a.txt", "-o", "m.json", "--folds", "1"], "1 is not in the range"),
    ],
)
def test_wrong_input_is_refused(
    run_in: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_text("A text.\n", "utf-8")
    assert main(["fit", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert not Path("m.json").exists()
