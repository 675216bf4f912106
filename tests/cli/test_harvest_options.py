"""What rows get besides their text, as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.batch.options import Outputs
from cleaner.cli import main
from cleaner.cli.harvest_options import HarvestOptions, run_options
from cleaner.cli.parameters import DocumentOptions, FieldOptions, PageOptions


def test_columns_have_names_of_their_own_where_none_is_given() -> None:
    places = HarvestOptions(metadata_columns="date, author=by,", signals="residue,language=lang").places()
    assert places.columns == (("date", "clean_date"), ("author", "by"))
    assert places.signals == (("residue", "clean_residue"), ("language", "lang"))


def test_the_options_of_a_run_are_those_that_were_typed() -> None:
    documents = DocumentOptions(
        encoding="windows-1252", delimiter=";", fields=FieldOptions(text_key="body"), pages=PageOptions(page_seconds=3)
    )
    outputs = Outputs(audit=Path("audit.jsonl"))
    found = run_options(documents, HarvestOptions(keep_removed="gone", drop_flagged=True, flags_key="flags"), outputs)
    assert (found.keys.text, found.encoding, found.delimiter, found.page_seconds) == ("body", "windows-1252", ";", 3)
    assert (found.keep_removed, found.drop_flagged, found.outputs) == ("gone", True, outputs)
    assert found.added == ("gone", "flags")


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("--signals", "residu", "there is no signal 'residu'; did you mean residue?"),
        ("--metadata-columns", "xyz", "there is no metadata 'xyz'; give agency, author"),
    ],
)
@pytest.mark.parametrize("command", [["a.jsonl"], ["cluster", "a.jsonl", "--engine", "ray"]])
def test_names_that_there_are_not_are_told(
    command: list[str], option: str, value: str, message: str, run_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    assert main([*command, "-o", "out.jsonl", option, value]) == 2
    assert message in " ".join(capsys.readouterr().err.split())
