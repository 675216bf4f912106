"""What `clean diff` compares: a word of the command line says which rules a cleaner has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.parameters import cleaner_of
from cleaner.config.settings import FILE_NAME, Config, load_config
from cleaner.errors import CleanerError
from cleaner.io.paths import as_path, is_remote, shown
from cleaner.rules.loader import load_rules
from cleaner.rules.model import PROFILE_CHOICES
from cleaner.rules.pack_store import PackStore
from cleaner.rules.ruleset import RuleSet

if TYPE_CHECKING:
    from cleaner.pipeline import Cleaner
    from cleaner.rules.packs import RulePack

__all__ = ["cleaner_named"]

_INSTALLED = "installed"
_CONFIG_FILES = (FILE_NAME, "pyproject.toml")
_PACK_SUFFIX = ".whl"


def cleaner_named(name: str, config: Config) -> Cleaner:
    """The cleaner that a person named.

    Args:
        name: "installed", a profile, a file or folder of rules, a rule pack (its file, or NAME or NAME==VERSION of an
            installed one), or a cleaner.toml. With "+" before them, rules and packs add to those of ``config``.
        config: the configuration of the project with the options of the command.

    Raises:
        CleanerError: there is no such thing, or its rules are wrong.
    """
    if name == _INSTALLED:
        return cleaner_of(config)
    if name in PROFILE_CHOICES:
        return cleaner_of(config.with_options(profile=name))
    plain = name.removeprefix("+")
    path = as_path(plain)
    pack = _pack(plain, path)
    if pack is None and path.name in _CONFIG_FILES:
        return cleaner_of(load_config(path))
    if name.startswith("+"):
        return cleaner_of(config.with_options(rule_paths=(path,)) if pack is None else config.with_pack(pack))
    return _alone(load_rules(path) if pack is None else pack.rules, config)


def _alone(rules: RuleSet, config: Config) -> Cleaner:
    """A cleaner whose rules take the place of the installed ones."""
    from cleaner.pipeline import Cleaner

    chosen = rules.with_matchers(config.matchers()).selected(config.selection)
    return Cleaner(chosen, profile="all", scorer=config.scorer())


def _pack(name: str, path: Path) -> RulePack | None:
    """The pack of a file, or the installed one of a name; None for a path to something else.

    Raises:
        CleanerError: there is neither a file nor a pack, or the pack is damaged.
    """
    if is_remote(path):
        raise CleanerError(f"{shown(path)}: is on another machine; copy it to this one")
    if path.exists():
        if path.suffix != _PACK_SUFFIX or path.is_dir():
            return None
        from cleaner.rules.packs import read_pack

        return read_pack(path.read_bytes(), path)
    store = None if path.name != name else PackStore()
    packs = [] if store is None else store.packs()
    if store is not None and any(pack.name == name.partition("==")[0] for pack in packs):
        return store.named(name).read()
    there = f" ({', '.join(f'{pack.name}=={pack.version}' for pack in packs)})" if packs else ""
    raise CleanerError(
        f"{shown(path)}: does not exist; name a file or folder of rules, an installed pack{there}, {_INSTALLED!r}, "
        f"or a profile: {', '.join(PROFILE_CHOICES)}"
    )
