"""Rule files beside the rules that a project has already: which of them count, and which one is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from cleaner.config.settings import Config
from cleaner.rules import Rule, RuleSet, builtin_rules
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.loader import load_rules, read_rules

__all__ = ["rules_beside", "rules_of_files", "with_file", "without_file"]


def rules_beside(path: Path, chosen: Sequence[Path]) -> RuleSet:
    """The rules that the rules of a path are added to: the built-in ones, and those of the other paths that load.

    Args:
        path: a file or folder of rules; of the built-in rules those that lie elsewhere are taken.
        chosen: all paths, ``path`` among them.
    """
    builtin = builtin_rules_dir().resolve()
    if path.resolve() == builtin:
        return RuleSet()
    rules = builtin_rules()
    if builtin in path.resolve().parents:
        return rules.with_rules(rule for rule in rules if Path(rule.path).resolve() != path.resolve())
    for other in chosen:
        if other != path and other.exists():
            found, _ = read_rules(other)
            rules = _with_new(rules, found)
    return rules


def rules_of_files(paths: Sequence[Path], rules: RuleSet) -> RuleSet:
    """The rules of some files; those that are among ``rules`` already are taken from there, overrides included.

    Without paths these are all of ``rules``.

    Raises:
        RuleError: a file is wrong.
    """
    if not paths:
        return rules
    loaded = [load_rules(path) for path in paths]
    every = [rule for one in loaded for rule in one]
    found = [rules[rule.id] if rule.id in rules and _is_same(rules[rule.id], rule) else rule for rule in every]
    joined = rules
    for one in loaded:
        joined = joined | one.with_rules(())
    return joined.with_rules(found)


def with_file(rules: RuleSet, path: Path) -> RuleSet:
    """The rules, and those of a file that are not among them.

    Raises:
        RuleError: the file is wrong.
    """
    return _with_new(rules, load_rules(path))


def without_file(config: Config, file: Path) -> Config:
    """The configuration without a rule file, which may be one of its paths or lie in one of its folders."""
    kept = []
    for path, origin in config.paths:
        if path.is_dir() and path.resolve() in file.resolve().parents:
            inside = sorted(other for other in path.rglob("*.toml") if other.resolve() != file.resolve())
            kept += [(other, origin) for other in inside]
        elif path.resolve() != file.resolve():
            kept.append((path, origin))
    return replace(config, paths=tuple(kept))


def _with_new(rules: RuleSet, others: RuleSet) -> RuleSet:
    return rules | others.with_rules(rule for rule in others if rule.id not in rules)


def _is_same(rule: Rule, other: Rule) -> bool:
    """Whether two rules stand in the same file; the built-in ones do not know their lines."""
    return Path(rule.path).resolve() == Path(other.path).resolve()
