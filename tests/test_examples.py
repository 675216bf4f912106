"""The folder ``examples``: the articles in many languages, the project and the notebook give what they promise.

The tutorial on golden tests runs the cases of the project.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.cli import main
from tests.documents import documentation
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
ARTICLES = sorted((EXAMPLES / "articles").glob("*.txt"))
PROJECT = EXAMPLES / "project"
NOTEBOOK = EXAMPLES / "notebook" / "data_frame.ipynb"


def test_there_are_articles_in_ten_languages_and_each_has_its_expected_text() -> None:
    assert len(ARTICLES) >= 10
    assert {path.name for path in ARTICLES} == {path.name for path in (EXAMPLES / "expected").glob("*")}


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in ARTICLES])
def test_an_article_gives_its_expected_text(path: Path, cleaner: Cleaner) -> None:
    text = path.read_text(encoding="utf-8")
    result = cleaner.clean(text)
    assert result.text == (EXAMPLES / "expected" / path.name).read_text(encoding="utf-8")
    assert result.original() == text
    assert len(result.edits) >= 7


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in ARTICLES])
def test_an_expected_text_stays_as_it_is(path: Path, cleaner: Cleaner) -> None:
    expected = (EXAMPLES / "expected" / path.name).read_text(encoding="utf-8")
    assert cleaner.clean(expected).text == expected


@pytest.mark.slow
def test_all_examples_are_cleaned_without_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first command of the README does this."""
    code = main([str(EXAMPLES), "-o", str(tmp_path / "cleaned"), "--jobs", "1", "--isolated"])
    assert (code, capsys.readouterr().err.split("errors")[1].split()[0]) == (0, "0")


def test_the_rules_of_the_project_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(PROJECT)
    assert main(["rules", "check", "--strict"]) == 0
    assert main(["rules", "format", "rules", "--check"]) == 0
    assert main(["rules", "test", "rules"]) == 0
    assert "4 rules, 7 examples, 0 do not hold" in capsys.readouterr().out


def test_every_rule_of_the_project_acts_in_one_of_its_cases() -> None:
    acted = [json.loads(line)["rule"] for path in PROJECT.glob("golden/*/edits.jsonl") for line in path.open()]
    own = ("sign-off", "ticker", "plus-mark", "this-week")
    assert {f"hill-news.{name}" for name in own} <= set(acted)


@pytest.mark.slow
def test_the_notebook_runs(tmp_path: Path) -> None:
    """It has no network and writes nothing; its last cell checks that nothing was lost."""
    for module in ("pandas", "pyarrow", "ipykernel"):
        documentation(module)
    nbclient, nbformat = documentation("nbclient"), documentation("nbformat")
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    folder = tmp_path / "examples" / "notebook"
    notebook = nbformat.read(folder / NOTEBOOK.name, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    shown = json.dumps([cell.get("outputs", []) for cell in notebook.cells], ensure_ascii=False)
    assert "Lire aussi : Le moulin de Vernoux" in shown
    assert "Maura Tidwell" in shown


def test_the_notebook_is_stored_with_its_outputs() -> None:
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert len(cells) >= 7
    assert [cell["source"] for cell in cells if not cell["outputs"]] == []
