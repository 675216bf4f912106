"""``rules check``: the findings in several rule files, each held against all other rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleaner.authoring.lint.linter import Finding, lint
from cleaner.authoring.rule_files import rules_beside
from cleaner.config.settings import Config
from cleaner.rules.builtin import builtin_rules_dir

__all__ = ["check_files"]


def check_files(paths: Sequence[Path], config: Config) -> list[Finding]:
    """What is wrong in rule files, in the order of the paths.

    Args:
        paths: files and folders; when there are none, those of the project, or the built-in rules when it has none.
        config: the project, for its paths and for the matchers of its plugins. Its rules need not load.
    """
    chosen = tuple(paths) or tuple(path for path, _ in config.paths) or (builtin_rules_dir(),)
    matchers = config.matchers()
    return [finding for path in chosen for finding in lint(path, rules_beside(path, chosen).with_matchers(matchers))]
