"""What all adapters share: a recipe that travels, one row that never raises, and errors that name the extra."""

from __future__ import annotations

import importlib
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters import base
from cleaner.adapters.base import Recipe, clean_row
from cleaner.model import DocumentInfo
from cleaner.scoring.scorer import Scorer
from cleaner.text.repair import RepairConfig
from tests.adapters.engines import ADAPTERS, documents, expected
from tests.places import ROOT
from tests.scoring.making import ARTICLE, PROSE, model

MOST_LINES = 80


def test_recipes_of_other_limits_differ() -> None:
    assert Recipe.of(Cleaner(document_seconds=1)) != Recipe.of(Cleaner())
    assert Recipe.of(Cleaner(document_seconds=1)).cleaner().document_seconds == 1


def test_there_are_adapters() -> None:
    assert {path.stem for path in ADAPTERS} >= {"pandas", "polars", "spark"}


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.stem)
def test_an_adapter_is_thin(path: Path) -> None:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    assert len([line for line in lines if line and not line.startswith("#")]) < MOST_LINES


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.stem)
def test_an_adapter_is_tested_with_the_documents_that_all_share(path: Path) -> None:
    tests = ROOT / "tests" / "adapters" / f"test_{path.stem}.py"
    assert "expected(" in tests.read_text(encoding="utf-8")


def test_the_shared_documents_tell_whether_known_fields_are_used() -> None:
    assert expected(documents()) != expected(documents(), known=False)


def test_importing_a_kernel_loads_no_engine() -> None:
    code = "import sys, cleaner.adapters.arrow, cleaner.adapters.spark, cleaner.adapters.ray, cleaner.adapters.duckdb; "
    code += "print(sorted({'pyarrow', 'pyspark', 'ray', 'duckdb', 'pandas', 'ftfy'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "[]"


def test_a_recipe_is_built_once_in_a_process() -> None:
    recipe = Recipe.of(Cleaner(profile="facts"))
    again = pickle.loads(pickle.dumps(recipe))
    assert again == recipe
    assert again.cleaner() is recipe.cleaner()
    assert recipe.cleaner().rules == Cleaner(profile="facts").rules
    assert recipe != Recipe.of(Cleaner())


def test_a_lone_surrogate_is_an_error_of_its_row() -> None:
    class Surrogate(Cleaner):
        def clean_document(
            self, text: str, document: DocumentInfo, encoding: str = "", flags: Any = (), repeated: Any = None
        ) -> Any:
            return super().clean_document("\ud800", document, encoding)

    cleaned = clean_row("a", DocumentInfo(), Surrogate(repair=RepairConfig(surrogates=False)))
    assert (cleaned.text, cleaned.flags) == ("a", ("error:UnicodeEncodeError",))


def test_a_missing_engine_names_the_extra() -> None:
    with pytest.raises(CleanerError, match=r"pip install '\.\[ray\]'"), base.engine("ray"):
        importlib.import_module("no_such_engine")


def test_two_scorers_make_two_recipes() -> None:
    plain = Cleaner()
    scored = [Cleaner(scorer=Scorer(model(), threshold=threshold)) for threshold in (0.8, 0.8, 0.9)]
    keys = [Recipe.of(cleaner).key for cleaner in (plain, *scored)]
    assert keys[1] == keys[2]
    assert len(set(keys)) == 3


def test_a_row_is_cleaned_with_the_scorer_of_the_cleaner() -> None:
    cleaner = Recipe.of(Cleaner(scorer=Scorer(model()))).cleaner()
    assert clean_row(ARTICLE, DocumentInfo(), cleaner).text == "\n\n".join(PROSE) + "\n"
