"""The options of ``clean PATH...`` as the batch gets them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli.clean_options import (
    CleanOptions,
    DestinationOptions,
    RecordOptions,
    RenamedOptions,
    RunOptions,
)
from cleaner.cli.harvest_options import HarvestOptions
from cleaner.cli.parameters import DocumentOptions, FieldOptions, InputOptions, PageOptions, RuleOptions


def options(
    destination: DestinationOptions, harvest: HarvestOptions | None = None, run: RunOptions | None = None
) -> CleanOptions:
    return CleanOptions(
        destination=destination,
        inputs=InputOptions(),
        documents=DocumentOptions(fields=FieldOptions(text_key="body"), pages=PageOptions(extractor="resiliparse")),
        records=RecordOptions(),
        harvest=harvest or HarvestOptions(),
        run=run or RunOptions(),
        renamed=RenamedOptions(),
        rules=RuleOptions(),
    )


def test_options_reach_the_batch() -> None:
    found = options(
        DestinationOptions(diff=True, in_place=True),
        HarvestOptions(keep_removed="gone", drop_flagged=True),
        RunOptions(site_lines=True),
    ).batch_options(write=True)
    assert (found.write, found.in_place, found.diff, found.keys.text) == (True, True, True, "body")
    assert (found.keep_removed, found.drop_flagged, found.site_lines) == ("gone", True, True)
    assert found.extractor == "resiliparse"


@pytest.mark.parametrize(
    ("write", "check", "expected"), [(True, False, True), (True, True, False), (False, True, False)]
)
def test_check_writes_nothing(write: bool, check: bool, expected: bool) -> None:
    assert options(DestinationOptions(check=check)).batch_options(write).write is expected


def test_outputs_are_those_that_were_named() -> None:
    outputs = RecordOptions(audit=Path("a.jsonl"), rejects=Path("r.jsonl"), stats=Path("s.json")).outputs()
    assert outputs.paths == {"audit": Path("a.jsonl"), "rejects": Path("r.jsonl")}


def test_workers_are_one_a_core_unless_they_are_given() -> None:
    assert RunOptions(jobs=3).workers == 3
    assert RunOptions().workers >= 1
