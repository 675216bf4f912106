"""A file of proposals on its way to rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.authoring.learning.proposal import proposals_toml
from cleaner.authoring.learning.review import (
    Block,
    add_rule,
    check_block,
    read_blocks,
    rejected_path,
    remember,
    remembered,
    write_blocks,
)
from cleaner.errors import CleanerError, RuleError
from cleaner.rules.loader import load_rules, parse_rules
from cleaner.rules.ruleset import RuleSet
from tests.authoring.learning.corpora import bodies, proposed

RULE = """[[rule]]
id = "own.bye"
description = "Sign-off"
status = "preview"
lines = ["Bye from the Hill News"]
[rule.examples]
removes = ["Bye from the Hill News"]
keeps = ["Bye from the Hill News, he said."]
"""
BLOCK = f'# learned from: ["exact:bye"]\n# 9 documents\n{RULE}'
HEAD = "# Proposals of `clean learn` from 9 documents.\nschema = 1\n"


@pytest.fixture
def proposals(tmp_path: Path) -> Path:
    path = tmp_path / "p.toml"
    path.write_text(f"{HEAD}\n{BLOCK}\n{BLOCK.replace('own.bye', 'own.hello')}", "utf-8")
    return path


def test_a_file_is_read_as_it_is_written(proposals: Path) -> None:
    head, blocks = read_blocks(proposals)
    assert (head, blocks[0].text, len(blocks)) == (HEAD, BLOCK, 2)
    before = proposals.read_bytes()
    write_blocks(proposals, head, blocks)
    assert proposals.read_bytes() == before


def test_what_clean_learn_writes_can_be_read(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="counts lines in DuckDB: pip install 'article-cleaner[learn]'")
    (proposal,) = proposed(f"{text}\nFarewell from the River Post\n" for text in bodies(9))
    path = tmp_path / "p.toml"
    path.write_text(proposals_toml([proposal], ["Proposals of `clean learn` from 9 documents."]), "utf-8")
    (block,) = read_blocks(path)[1]
    assert tuple(block.keys) == proposal.keys


def test_a_rule_that_somebody_wrote_into_the_file_has_no_keys() -> None:
    assert Block(RULE).keys == []
    assert Block(f"# learned from: nothing\n{RULE}").keys == []


def test_an_accepted_rule_has_neither_evidence_nor_doubts(tmp_path: Path) -> None:
    add_rule(tmp_path / "deep" / "learned.toml", Block(BLOCK))
    add_rule(tmp_path / "deep" / "learned.toml", Block(BLOCK.replace("own.bye", "own.hello")))
    text = (tmp_path / "deep" / "learned.toml").read_text("utf-8")
    assert text.startswith("schema = 1\n\n[[rule]]\n")
    assert "learned from" not in text
    assert "preview" not in text
    assert [rule.id for rule in load_rules(tmp_path / "deep")] == ["own.bye", "own.hello"]


def test_a_block_must_be_a_rule_whose_id_is_free() -> None:
    assert check_block(Block(BLOCK), RuleSet()) == "own.bye"
    with pytest.raises(RuleError, match="the id is taken"):
        check_block(Block(BLOCK), parse_rules(RULE))
    with pytest.raises(RuleError):
        check_block(Block("[[rule]]\nid = 'own.a'\n"), RuleSet())


def test_what_was_rejected_is_remembered_beside_the_proposals(proposals: Path) -> None:
    path = rejected_path(proposals)
    assert path == proposals.with_name("p.rejected.jsonl")
    assert remembered(path) == set()
    for block in read_blocks(proposals)[1]:
        remember(path, block)
    assert remembered(path) == {"exact:bye"}


@pytest.mark.parametrize("line", ["what", "[]", '{"kye": 1}'])
def test_a_damaged_memory_is_an_error_with_its_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "p.rejected.jsonl"
    path.write_text(f'{{"key": "exact:bye"}}\n{line}\n', "utf-8")
    with pytest.raises(CleanerError, match=r"p\.rejected\.jsonl:2: is not of the form"):
        remembered(path)


@pytest.mark.parametrize(("text", "message"), [(b"mine\n", "is no file of proposals"), (b"\xff", "cannot be read")])
def test_another_file_is_no_file_of_proposals(text: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_bytes(text)
    with pytest.raises(CleanerError, match=message):
        read_blocks(tmp_path / "p.toml")
