"""NeMo Curator: the modifier in its stage Modify, and a stage of our own.

The snippet of docs/pipelines.md runs it in a pipeline on Ray.
"""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.arrow import Columns
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import KNOWN_FIELDS, documents, engine, expected
from tests.articles import article

engine("nemo_curator")


def batch(rows: list[dict[str, Any]], *, pandas: bool = False) -> Any:
    pa, tasks = engine("pyarrow"), engine("nemo_curator.tasks")
    table = pa.Table.from_pylist(rows)
    return tasks.DocumentBatch(dataset_name="articles", data=table.to_pandas() if pandas else table)


def modified(task: Any, *arguments: Any, **options: Any) -> list[str | None]:
    from nemo_curator.stages.text.modifiers import Modify

    texts = Modify(*arguments, **options).process(task).to_pandas()["text"]
    return [text if isinstance(text, str) else None for text in texts]


@pytest.mark.parametrize("pandas", [False, True])
def test_the_modifier_gives_what_the_cleaner_gives(pandas: bool) -> None:
    from cleaner.adapters.nemo_curator import CleanModifier

    rows = documents()
    assert modified(batch(rows, pandas=pandas), CleanModifier()) == expected(rows, known=False)
    fields = [["text", *KNOWN_FIELDS]]
    made = modified(batch(rows, pandas=pandas), CleanModifier(), input_fields=fields, output_fields="text")
    assert made == expected(rows)


@pytest.mark.parametrize("pandas", [False, True])
def test_the_stage_gives_what_the_cleaner_gives(pandas: bool) -> None:
    from cleaner.adapters.nemo_curator import CleanStage

    rows = documents()
    made = CleanStage().process(batch(rows, pandas=pandas))
    assert made.dataset_name == "articles"
    assert made.to_pyarrow()["text"].to_pylist() == expected(rows)
    assert made.get_columns() == [*rows[0], "removed", "metadata", "flags"]


def test_the_stage_tells_its_columns_and_travels_with_its_rules() -> None:
    from cleaner.adapters.nemo_curator import CleanStage

    stage = CleanStage(Cleaner(profile="facts"), FieldNames(text="body"), Columns(removed="", flags="marks"))
    assert (stage.inputs(), stage.outputs()) == ((["data"], ["body"]), (["data"], ["body", "metadata", "marks"]))
    task = batch([{"body": article(4)}])
    assert stage.validate_input(task)
    assert not stage.validate_input(batch([{"text": article(4)}]))
    made = pickle.loads(pickle.dumps(stage)).process(task)
    assert made.to_pyarrow()["body"].to_pylist() == [Cleaner(profile="facts").clean(article(4)).text[:-1]]


def test_a_column_that_is_taken_is_an_error() -> None:
    from cleaner.adapters.nemo_curator import CleanStage

    with pytest.raises(CleanerError, match="'flags' is taken"):
        CleanStage().process(batch([{"text": "The council met.", "flags": "x"}]))
