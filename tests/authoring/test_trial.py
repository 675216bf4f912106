"""``rules try``: what the rules of one file would do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.authoring.clean_texts import CleanTexts
from cleaner.authoring.trial import cleaner_without, try_file
from cleaner.batch.corpus import Corpus
from cleaner.batch.preflight import plan_files
from cleaner.config.settings import Config
from tests.cli.own_rules import BODY, OWN

CONFIG = Config(isolated=True).with_options(select=["follow-us"])


@pytest.fixture
def corpus(run_in: Path, cleaner: Cleaner) -> Corpus:
    """Two documents, of which one has the line that the rule removes."""
    Path("own.toml").write_text(OWN, "utf-8")
    texts = [f"{BODY}\nBye from the Hill News\n", BODY]
    Path("rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    return Corpus(plan_files([Path("rows.jsonl")]))


def test_a_trial_counts_documents_lines_and_false_positives(corpus: Corpus) -> None:
    clean = CleanTexts((("a", f"{BODY}\nBye number 12\n"), ("b", BODY)), ())
    trial = try_file(Path("own.toml"), CONFIG, corpus, clean, limit=1)
    found = trial.by_rule["own.bye"]
    assert (trial.documents, found.documents, found.lines, found.new_lines) == (2, 1, 1, 1)
    assert [hit.place for hit in found.hits] == ["rows.jsonl:1"]
    assert (trial.clean_texts, trial.false_positives["own.bye"].words) == (2, 3)


def test_rules_of_single_sites_are_held_against_all_clean_texts(corpus: Corpus) -> None:
    Path("own.toml").write_text(OWN.replace('zone = "tail"', 'sites = ["riverpost.example"]'), "utf-8")
    trial = try_file(Path("own.toml"), CONFIG, corpus, CleanTexts((("a", f"{BODY}\nBye number 12\n"),), ()))
    assert list(trial.false_positives) == ["own.bye"]


def test_the_file_itself_does_not_count_among_the_rules_in_force(corpus: Corpus) -> None:
    config = Config(isolated=True).with_options(rule_paths=[Path("own.toml")], select=["follow-us", "own"])
    with_own = config.selected()
    assert "own.bye" in with_own
    everything = Config(isolated=True).with_options(rule_paths=[Path("own.toml")])
    assert "own.bye" not in cleaner_without(everything, Path("own.toml")).rules
