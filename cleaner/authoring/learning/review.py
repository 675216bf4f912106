"""A file of proposals on its way to rules: which are there, what was decided, what is remembered.

A block is a rule with the comments directly above it; what it was learned from stands in them, as
:func:`proposals_toml` writes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleaner.authoring.learning.proposal import LEARNED_FROM
from cleaner.errors import CleanerError
from cleaner.io.atomic import atomic_write
from cleaner.rules import RuleSet
from cleaner.rules.loader import parse_rules

__all__ = ["Block", "add_rule", "check_block", "read_blocks", "rejected_path", "remember", "remembered", "write_blocks"]


_HEADER = re.compile(r"\[\[ *rule *\]\]")


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
        """The rule without its evidence and its doubts, for a file of rules."""
        lines = [line for line in self.text.split("\n") if line != 'status = "preview"']
        start = next((i for i, line in enumerate(lines) if _HEADER.match(line)), 0)
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
    if not text.startswith("# Proposals of `clean learn`"):
        raise CleanerError(
            f"{path}: is no file of proposals; name what `clean learn -o` wrote, its first line included"
        )
    lines = text.split("\n")
    starts = [_with_comments(lines, i) for i, line in enumerate(lines) if _HEADER.match(line)]
    blocks = [
        Block("\n".join(lines[start:end]).strip("\n") + "\n")
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=False)
    ]
    return "\n".join(lines[: starts[0] if starts else len(lines)]).strip("\n") + "\n", blocks


def _with_comments(lines: list[str], header: int) -> int:
    """Where the comments directly above a header begin."""
    while header and lines[header - 1].startswith("#"):
        header -= 1
    return header


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
