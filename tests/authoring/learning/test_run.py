"""From a corpus to a file of proposals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner import Cleaner
from cleaner.authoring.clean_texts import CleanTexts
from cleaner.authoring.learning.review import read_blocks
from cleaner.authoring.learning.run import LearnRequest, learn_from, write_proposals
from cleaner.batch.preflight import plan_files
from tests.site_corpus import body

pytest.importorskip("duckdb", reason="the extra learn is not installed")
SCRAP = "Farewell from the old mill"


@pytest.fixture
def rows(run_in: Path) -> Path:
    """Documents of one site that end with the same line, and one that cannot be read."""
    path = Path("rows.jsonl")
    lines = [{"url": f"https://hill.example/{n}", "text": f"{body(n)}\n{SCRAP}\n"} for n in range(8)]
    path.write_text("".join(json.dumps(line) + "\n" for line in [*lines, {"text": 1}]), "utf-8")
    return path


def request(path: Path, cleaner: Cleaner, most: int = 1000) -> LearnRequest:
    return LearnRequest(planned=plan_files([path]), rules=cleaner.rules, clean=CleanTexts((), ()), most=most)


def test_lines_that_recur_are_proposed(rows: Path, cleaner: Cleaner) -> None:
    steps: list[str] = []
    learned = learn_from(cleaner, request(rows, cleaner), steps.append)
    assert steps == ["reading", "proposing"]
    assert (learned.documents, learned.wordings, learned.left_out, learned.doubtful) == (8, 1, 0, 0)
    assert [problem.path for problem in learned.problems] == ["rows.jsonl:9"]
    write_proposals(Path("p.toml"), learned)
    head, (block,) = read_blocks(Path("p.toml"))
    assert "from 8 documents: lines that no rule removes yet" in head
    assert SCRAP in block.text
    write_proposals(Path("p.toml"), learned, from_scratch=True)
    assert "from 8 documents: lines, the strongest" in Path("p.toml").read_text("utf-8")


def test_what_was_rejected_is_not_proposed_again(rows: Path, cleaner: Cleaner) -> None:
    learned = learn_from(cleaner, request(rows, cleaner))
    keys = {key for proposal in learned.proposals for key in proposal.keys}
    again = LearnRequest(planned=plan_files([rows]), rules=cleaner.rules, clean=CleanTexts((), ()), rejected=keys)
    assert learn_from(cleaner, again).proposals == []


def test_nothing_is_learned_from_nothing(run_in: Path, cleaner: Cleaner) -> None:
    Path("bad.jsonl").write_text('{"text": 1}\n', "utf-8")
    learned = learn_from(cleaner, request(Path("bad.jsonl"), cleaner))
    assert (learned.documents, list(learned.proposals), len(learned.problems)) == (0, [], 1)
