"""Apache Beam: the transform in pipelines of the direct runner, with its counters."""

from __future__ import annotations

import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner, CleanerError
from cleaner.adapters.arrow import Columns, output_schema
from cleaner.io.formats.base import FieldNames
from tests.adapters.engines import documents, engine, expected
from tests.articles import article

beam = engine("apache_beam")

PAYWALL = "The council met on Tuesday to vote on the old bridge.\n\nThis article is for subscribers only.\n"


def run(elements: list[Any], step: Any, folder: Path, **options: Any) -> tuple[list[Any], Any]:
    """What the step makes of the elements, read back from files that it wrote, and the result of the run."""
    from apache_beam.options.pipeline_options import PipelineOptions

    def write(element: Any, folder: Path = folder) -> None:
        name = f"{element['id'] if isinstance(element, dict) else hash(element)}.pickle"
        (folder / name).write_bytes(pickle.dumps(element))

    pipeline = beam.Pipeline(runner="DirectRunner", options=PipelineOptions([], **options))
    _ = pipeline | beam.Create(elements) | step | beam.Map(write)
    result = pipeline.run()
    result.wait_until_finish()
    return [pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle"))], result


def counters(result: Any) -> dict[str, int]:
    from apache_beam.metrics import MetricsFilter

    found = result.metrics().query(MetricsFilter().with_namespace("cleaner"))["counters"]
    return {counter.key.metric.name: counter.committed for counter in found}


def test_rows_give_what_the_cleaner_gives(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    rows = documents()
    found, result = run(rows, Clean(), tmp_path)
    made = {row["id"]: row for row in found}
    assert [made[row["id"]]["text"] for row in rows] == expected(rows)
    changed = sum(row["text"] != text for row, text in zip(rows, expected(rows), strict=True))
    flags = Counter(f"flag_{flag}" for row in found for flag in row["flags"])
    assert counters(result) == {"documents": len(rows), "changed": changed, **flags}
    assert flags


def test_texts_give_what_the_cleaner_gives(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    rows = [{"text": article(number)} for number in range(10)]
    found, _ = run([row["text"] for row in rows], Clean(), tmp_path)
    assert sorted(found) == sorted(filter(None, expected(rows)))


@pytest.mark.slow
def test_worker_processes_use_the_rules_that_are_sent(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    cleaner = Cleaner(profile="facts")
    rows = [{"id": f"{number:02}", "text": article(number)} for number in range(20)]
    options = {"direct_running_mode": "multi_processing", "direct_num_workers": 2}
    found, _ = run(rows, Clean(cleaner), tmp_path, **options)
    want = [cleaner.clean(row["text"]).text.rstrip("\n") for row in rows]
    assert [row["text"].rstrip("\n") for row in found] == want


def test_parquet_in_and_out(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    pa, pq = engine("pyarrow"), engine("pyarrow.parquet")
    table = pa.table({"id": ["a", "b"], "text": [article(1), None]})
    pq.write_table(table, tmp_path / "in.parquet")
    with beam.Pipeline() as pipeline:
        rows = pipeline | beam.io.ReadFromParquet(str(tmp_path / "in.parquet")) | Clean()
        rows | beam.io.WriteToParquet(str(tmp_path / "out"), output_schema(table.schema), num_shards=1)
    (path,) = tmp_path.glob("out*")
    found = pq.read_table(path)
    assert found.schema.equals(output_schema(table.schema))
    assert found.sort_by("id")["text"].to_pylist() == expected(table.to_pylist())


def test_names_and_columns_are_chosen(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    step = Clean(keys=FieldNames(text="body"), columns=Columns(removed="", flags=""))
    (row,), result = run([{"id": "a", "body": PAYWALL}], step, tmp_path)
    assert list(row) == ["id", "body", "metadata"]
    assert counters(result)["documents"] == 1


def test_flags_are_counted(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    _, result = run([{"id": "a", "text": PAYWALL}, {"id": "b", "text": 7}], Clean(), tmp_path)
    assert counters(result) == {"documents": 2, "changed": 1, "flag_paywall": 1, "flag_error:TypeError": 1}


def test_a_row_without_a_text_ends_the_pipeline_and_says_why(tmp_path: Path) -> None:
    from cleaner.adapters.beam import Clean

    with pytest.raises(CleanerError, match="no column 'text', only 'id': str, 'body': str"):
        run([{"id": "a", "body": "The council met."}], Clean(), tmp_path)
