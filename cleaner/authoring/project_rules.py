"""The rules of a project and of some more paths, for a run of tests: each is read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from cleaner.config.settings import Config, find_config, load_config
from cleaner.errors import RuleError
from cleaner.pipeline import Cleaner
from cleaner.rules import Rule, RuleSet
from cleaner.rules.builtin import builtin_rules_dir
from cleaner.rules.loader import read_rules

__all__ = ["ProjectRules"]


class ProjectRules:
    """Rules and cleaners, each made when it is first asked for.

    Args:
        root: the folder of the project; its ``cleaner.toml`` lies there or above.
        paths: files and folders of rules, absolute, besides those that the project names.
        origin: who names the paths, for messages.

    >>> rules = ProjectRules(builtin_rules_dir().parent, [])
    >>> rules.cleaner("strict").clean("The council met on Tuesday.\\n\\nFollow us on:\\n").text
    'The council met on Tuesday.\\n'
    """

    def __init__(self, root: Path, paths: Sequence[Path], origin: str = "") -> None:
        self._root, self._origin = root, origin
        # Without what lies inside another one of them.
        self._paths = tuple(
            path for path in paths if not any(path != other and path.is_relative_to(other) for other in paths)
        )
        self._read: dict[Path, tuple[RuleSet, list[RuleError]]] = {}
        self._cleaners: dict[str, Cleaner] = {}

    @cached_property
    def _config(self) -> Config:
        """The configuration of the project, with the rules of the paths."""
        found = load_config(find_config(self._root))
        named = [path.resolve() for path in self._paths if path.resolve() != builtin_rules_dir()]
        known = [(path, origin) for path, origin in found.paths if not _is_inside(path.resolve(), named)]
        folders = [path.resolve() for path, _ in known]
        new = [path for path in self._paths if path.resolve() in named and not _is_inside(path.resolve(), folders)]
        return replace(found, paths=tuple(known)).with_options(rule_paths=new, origin=self._origin)

    @cached_property
    def _joined(self) -> tuple[RuleSet, list[RuleError]]:
        """All rules, and what is wrong with them."""
        try:
            return self._config.rules(), []
        except RuleError as error:
            return RuleSet(), [error]

    @property
    def rules(self) -> RuleSet:
        """All rules: built-in ones, those of the project, those of the paths.

        Raises:
            RuleError: a file is wrong, or an id stands in two files.
        """
        rules, errors = self._joined
        if errors:
            raise errors[0]
        return rules

    def cleaner(self, profile: str) -> Cleaner:
        """A cleaner with the rules that the project selects.

        Args:
            profile: the profile; "" for the one that the project names.

        Raises:
            RuleError: a file is wrong, or an id stands in two files.
        """
        if profile not in self._cleaners:
            _ = self.rules  # so that the message is about the rule file
            config = self._config.with_options(profile=profile)
            self._cleaners[profile] = Cleaner(config.selected(), profile="all", scorer=config.scorer())
        return self._cleaners[profile]

    def at(self, path: Path) -> tuple[list[Rule], list[RuleError]]:
        """The rules of one file, and what is wrong with that file or folder. It lies in one of the paths."""
        outer = next(place for place in self._paths if path.is_relative_to(place))
        if outer not in self._read:
            self._read[outer] = read_rules(outer)
        rules, errors = self._read[outer]
        found = {str(error): error for error in (*errors, *self._joined[1]) if str(error.path) == str(path)}
        return [rule for rule in rules if rule.path == str(path)], list(found.values())


def _is_inside(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a path is one of some folders or files, or lies in one."""
    return any(path == folder or path.is_relative_to(folder) for folder in folders)
