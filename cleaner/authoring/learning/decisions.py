"""``clean learn --review``: what somebody decides about proposals. A decision is written at once, so that the review
can go on another time."""

from __future__ import annotations

from pathlib import Path

from cleaner.authoring.learning.review import (
    Block,
    add_rule,
    check_block,
    read_blocks,
    rejected_path,
    remember,
    write_blocks,
)
from cleaner.config.settings import Config
from cleaner.rules import RuleSet

__all__ = ["Review", "default_target"]


def default_target(config: Config, proposals: Path) -> Path:
    """Where accepted rules go: into the first folder of rules that the project has, else beside the proposals."""
    folders = [path for path, _ in config.paths if path.is_dir()]
    return (folders[0] if folders else proposals.parent) / "learned.toml"


class Review:
    """The proposals of a file, and the decisions about them.

    Args:
        proposals: the file that ``clean learn -o`` wrote.
        target: the rule file that accepted rules are added to.
        config: the project.

    Attributes:
        blocks: the proposals as they were when the review began.
        accepted: how many were accepted so far.

    Raises:
        CleanerError: the file cannot be read or holds no proposals, or a rule file of the project is wrong.
    """

    def __init__(self, proposals: Path, target: Path, config: Config) -> None:
        self._proposals, self._target, self._config = proposals, target, config
        self._rules = self._load_rules()
        self._head, blocks = read_blocks(proposals)
        self._left = blocks
        self.blocks: tuple[Block, ...] = tuple(blocks)
        self.accepted = 0

    @property
    def left(self) -> int:
        """How many proposals nobody has decided about."""
        return len(self._left)

    @property
    def is_in_force(self) -> bool:
        """Whether the project reads the file that accepted rules go into."""
        paths = [path for path, _ in self._config.paths]
        return self._target in paths or self._target.parent in paths

    def check(self, block: Block) -> None:
        """See whether a proposal, perhaps edited, can be accepted.

        Raises:
            RuleError: it is not a valid rule, or its id is taken.
        """
        check_block(block, self._rules)

    def accept(self, block: Block, edited: Block) -> None:
        """Add a proposal to the rules, as it was edited."""
        add_rule(self._target, edited)
        self._rules = self._load_rules()
        self.accepted += 1
        self._replace(block)

    def reject(self, block: Block) -> None:
        """Take a proposal out, and never propose it again."""
        remember(rejected_path(self._proposals), block)
        self._replace(block)

    def skip(self, block: Block, edited: Block) -> None:
        """Leave a proposal in the file, as it was edited."""
        self._replace(block, edited)

    def _replace(self, block: Block, *instead: Block) -> None:
        at = self._left.index(block)
        self._left = [*self._left[:at], *instead, *self._left[at + 1 :]]
        write_blocks(self._proposals, self._head, self._left)

    def _load_rules(self) -> RuleSet:
        """The rules of the project, and those of the target, which may not be among them yet."""
        known = [path.resolve() for path, _ in self._config.paths]
        target = self._target
        if not target.exists() or target.resolve() in known or target.parent.resolve() in known:
            return self._config.rules()
        return self._config.with_options(rule_paths=[target]).rules()
