"""From a fitted model to its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.modelling.command import THRESHOLDS, write_model
from cleaner.authoring.modelling.fit import Fitted
from cleaner.errors import CleanerError
from cleaner.scoring.model import ForestSpec, read_model
from tests.scoring.making import spec, stump


def test_a_model_is_written_with_its_figures_and_read_again(tmp_path: Path) -> None:
    figures = write_model(Fitted(spec(), [], []), tmp_path / "m.json")
    found = read_model(tmp_path / "m.json")
    assert found.figures == figures == {"texts": {}, "languages": {}, "clean": {}}
    assert found.version == "test"
    assert len(THRESHOLDS) > 1


def test_each_tree_has_a_line_of_its_own(tmp_path: Path) -> None:
    write_model(Fitted(spec(), [], []), tmp_path / "m.json")
    lines = (tmp_path / "m.json").read_text("utf-8").splitlines()
    assert sum(line.startswith("[[") for line in lines) == 2


def test_a_model_that_nobody_would_read_is_not_written(tmp_path: Path) -> None:
    large = spec(second=ForestSpec(0, [stump("words", 1, 1, 2)] * 80_000))
    with pytest.raises(CleanerError, match=r"at most 2,000,000 are read; name fewer --trees or --questions"):
        write_model(Fitted(large, [], []), tmp_path / "m.json")
    assert not (tmp_path / "m.json").exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(CleanerError, match="check the path"):
        write_model(Fitted(spec(), [], []), tmp_path / "file" / "m.json")
