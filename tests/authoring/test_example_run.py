"""``rules test``: the examples of rules as a project has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.example_run import golden_coverage, run_examples
from cleaner.config.settings import Config, load_config
from cleaner.errors import RuleError
from tests.cli.own_rules import OWN


@pytest.fixture
def own(run_in: Path) -> Path:
    path = run_in / "own.toml"
    path.write_text(OWN, "utf-8")
    return path


def test_the_examples_of_some_files_are_run(own: Path) -> None:
    run = run_examples([own], Config(isolated=True))
    assert ([rule.id for rule in run.rules], run.examples, run.failures, run.overridden) == (["own.bye"], 2, (), 0)
    own.write_text(OWN.replace('removes = ["', 'removes = ["Farewell from the Hill News", "'), "utf-8")
    (failure,) = run_examples([own], Config(isolated=True)).failures
    assert failure.example == "Farewell from the Hill News"


def test_failures_that_the_project_wants_are_counted_apart(own: Path) -> None:
    settings = 'extend-rules = ["own.toml"]\n[overrides."own.bye"]\nexcept-lines = ["Bye from the Hill News"]\n'
    path = own.with_name("cleaner.toml")
    path.write_text(settings, "utf-8")
    run = run_examples([own], load_config(path))
    assert (run.failures, run.overridden) == ((), 1)
    path.write_text(settings + 'examples.removes = ["So long"]\n', "utf-8")
    (failure,) = run_examples([own], load_config(path)).failures
    assert failure.example == "So long"


def test_a_file_that_does_not_load_is_an_error(own: Path) -> None:
    own.write_text("[[rule]\n", "utf-8")
    with pytest.raises(RuleError, match=r"own\.toml"):
        run_examples([own], Config(isolated=True))


def test_what_no_golden_case_reaches_is_found(own: Path) -> None:
    found = golden_coverage(run_examples([own], Config(isolated=True)).rules)
    assert found.unused == ["own.bye"]
    assert [rule for rule, _ in found.pieces] == ["own.bye"]
