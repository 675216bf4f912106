"""The options of a run and their defaults."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.options import Options, Outputs
from cleaner.io.article import ReadOptions
from cleaner.io.formats.base import FieldNames


def test_only_outputs_that_somebody_asked_for_have_paths() -> None:
    assert Outputs().paths == {}
    assert Outputs(audit=Path("a"), rejects=Path("r")).paths == {"audit": Path("a"), "rejects": Path("r")}


def test_documents_are_read_as_the_run_says() -> None:
    assert Options().reading == ReadOptions()
    options = Options(keys=FieldNames(text="body"), extractor="resiliparse", page_seconds=3)
    assert options.reading == ReadOptions(FieldNames(text="body"), "resiliparse", 3)
