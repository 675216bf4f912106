"""A file of proposals on its way to rules: which are there, what was decided, what is remembered.

Proposals stand in blocks with blank lines between them, comments first, as :func:`proposals_toml` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import CleanerError
from cleaner.formats.files import atomic_write
from cleaner.learning.proposing import LEARNED_FROM
from cleaner.rules import RuleSet
from cleaner.rules.parse import parse_rules

__all__ = ["Block", "add_rule", "check_block", "read_blocks", "rejected_path", "remember", "remembered", "write_blocks"]


@dataclass(frozen=True, slots=True)
class Block:
    """One proposal as it stands in its file."""

    text: str

    @property
    def keys(self) -> list[str]:
        """What it was learned from; for a rule somebody wrote into the file, nothing."""
        for line in self.text.split("\n"):
            if line.startswith(f"# {LEARNED_FROM}"):
                try:
                    return [str(key) for key in json.loads(line.partition(LEARNED_FROM)[2])]
                except ValueError:
                    return []
        return []

    @property
    def rule(self) -> str:
        """The rule without its evidence, for a file of rules."""
        lines = self.text.split("\n")
        start = next((i for i, line in enumerate(lines) if line.startswith("[[rule]]")), 0)
        return "\n".join(lines[start:]).strip("\n") + "\n"


def read_blocks(path: Path) -> tuple[str, list[Block]]:
    """What stands above the proposals of a file, and the proposals.

    Raises:
        CleanerError: the file cannot be read or holds no proposals.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CleanerError(f"{path}: cannot be read: {error}; name what `clean learn -o` wrote") from None
    head: list[str] = []
    blocks: list[Block] = []
    for part in text.split("\n\n"):
        if "[[rule]]" in part:
            blocks.append(Block(part.strip("\n") + "\n"))
        else:
            head.append(part.strip("\n"))
    if not blocks and "schema" not in text:
        raise CleanerError(f"{path}: holds no proposals; name what `clean learn -o` wrote")
    return "\n\n".join(part for part in head if part) + "\n", blocks


def write_blocks(path: Path, head: str, blocks: Iterable[Block]) -> None:
    """Write the proposals that are left."""
    with atomic_write(path, 0o644) as stream:
        stream.write((head + "".join(f"\n{block.text}" for block in blocks)).encode())


def check_block(block: Block, rules: RuleSet) -> str:
    """The id of a block's rule.

    Raises:
        RuleError: it is no rule, or its id is taken.
    """
    parsed = parse_rules(block.rule, terms=rules.terms)
    _ = rules | parsed.with_rules(parsed.rules)
    return parsed.rules[0].id


def add_rule(path: Path, block: Block) -> None:
    """Add a rule to the end of a file of rules, which is made when it is not there."""
    before = path.read_text(encoding="utf-8") if path.exists() else "schema = 1\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write(path, 0o644) as stream:
        stream.write(f"{before.rstrip()}\n\n{block.rule}".encode())


def rejected_path(proposals: Path) -> Path:
    """Where it is remembered what was rejected: beside the proposals, to be kept with them."""
    return proposals.with_suffix(".rejected.jsonl")


def remember(path: Path, block: Block) -> None:
    """Remember that a proposal was rejected."""
    with path.open("a", encoding="utf-8") as file:
        for key in block.keys:
            file.write(json.dumps({"key": key}) + "\n")


def remembered(path: Path) -> set[str]:
    """Keys of what was rejected.

    Raises:
        CleanerError: a line is not what :func:`remember` writes.
    """
    if not path.exists():
        return set()
    keys = set()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            keys.add(str(json.loads(line)["key"]))
        except (ValueError, TypeError, KeyError):
            raise CleanerError(f'{path}:{number}: is not of the form {{"key": …}}; mend or delete the line') from None
    return keys
