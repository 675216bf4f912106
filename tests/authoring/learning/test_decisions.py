"""What somebody decides about proposals is written at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cleaner.authoring.learning.decisions import Review, default_target
from cleaner.authoring.learning.review import Block, read_blocks, rejected_path, remembered
from cleaner.config.settings import Config
from cleaner.errors import CleanerError, RuleError
from cleaner.rules.loader import load_rules

CONFIG = Config(isolated=True)
TARGET = Path("mine.toml")


def rule(number: int) -> str:
    return f"""# learned from: {json.dumps([f"key {number}"])}
[[rule]]
id = "own.bye-{number}"
description = "Sign-off"
lines = ["Bye number {number} from the Hill News"]
[rule.examples]
removes = ["Bye number {number} from the Hill News"]
keeps = ["Bye number {number} from the Hill News, he said."]
"""


@pytest.fixture
def proposals(run_in: Path) -> Path:
    path = Path("p.toml")
    path.write_text(f"# Proposals of `clean learn`\n\n{rule(1)}\n{rule(2)}", "utf-8")
    return path


def left_in(path: Path) -> list[str]:
    return [block.text for block in read_blocks(path)[1]]


def test_an_accepted_proposal_moves_into_the_rules(proposals: Path) -> None:
    review = Review(proposals, TARGET, CONFIG)
    first, _ = review.blocks
    review.accept(first, first)
    assert [one.id for one in load_rules(TARGET)] == ["own.bye-1"]
    assert (review.accepted, review.left, left_in(proposals)) == (1, 1, [rule(2)])
    with pytest.raises(RuleError, match="taken"):
        review.check(first)


def test_an_accepted_proposal_is_added_as_it_was_edited(proposals: Path) -> None:
    review = Review(proposals, TARGET, CONFIG)
    review.accept(review.blocks[0], Block(rule(7)))
    assert [one.id for one in load_rules(TARGET)] == ["own.bye-7"]


def test_a_rejected_proposal_is_remembered(proposals: Path) -> None:
    review = Review(proposals, TARGET, CONFIG)
    review.reject(review.blocks[1])
    assert (review.accepted, left_in(proposals)) == (0, [rule(1)])
    assert len(remembered(rejected_path(proposals))) == 1
    assert not TARGET.exists()


def test_a_skipped_proposal_stays_as_it_was_edited(proposals: Path) -> None:
    review = Review(proposals, TARGET, CONFIG)
    review.skip(review.blocks[0], Block(rule(7)))
    assert (review.left, left_in(proposals)) == (2, [rule(7), rule(2)])


def test_the_target_is_in_force_when_the_project_reads_it(proposals: Path) -> None:
    assert not Review(proposals, TARGET, CONFIG).is_in_force
    Path("rules").mkdir()
    Path("rules/other.toml").write_text(rule(9), "utf-8")
    inside = CONFIG.with_options(rule_paths=[Path("rules")])
    assert default_target(inside, proposals) == Path("rules/learned.toml")
    assert Review(proposals, default_target(inside, proposals), inside).is_in_force
    assert default_target(CONFIG, proposals) == Path("learned.toml")


def test_a_file_that_holds_no_proposals_is_an_error(run_in: Path) -> None:
    Path("p.toml").write_text("schema = 1\n", "utf-8")
    with pytest.raises(CleanerError, match=r"p\.toml: is no file of proposals"):
        Review(Path("p.toml"), TARGET, CONFIG)
