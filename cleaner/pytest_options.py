"""The options of the pytest plugin: which folders hold golden cases and rules."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

__all__ = ["WRITTEN", "Places", "absolute", "asked_places", "places_of", "unique"]

WRITTEN = "golden_written"
"""The property, in the report of a golden case, with the names of the files that were written: workers of xdist send
nothing but reports."""


class Places(NamedTuple):
    """Absolute paths.

    Attributes:
        golden: folders of golden cases.
        rules: files and folders of rules.
    """

    golden: tuple[Path, ...]
    rules: tuple[Path, ...]


_PLACES = pytest.StashKey[Places]()


def places_of(config: pytest.Config) -> Places:
    """All folders of golden cases and rules, of the command line and of the configuration."""
    if _PLACES not in config.stash:
        asked = asked_places(config)
        golden, rules = (absolute(config.getini(name)) for name in ("clean_golden", "clean_rules"))
        config.stash[_PLACES] = Places(unique(asked.golden, golden), unique(asked.rules, rules))
    return config.stash[_PLACES]


def asked_places(config: pytest.Config) -> Places:
    """The folders that the command line names."""
    start = config.invocation_params.dir
    golden, rules = (
        absolute(start / name for name in config.getoption(option)) for option in ("clean_golden", "clean_rules")
    )
    return Places(golden, rules)


def absolute(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Paths as pytest knows them: without "..", with links left as they are."""
    return tuple(Path(os.path.abspath(path)) for path in paths)  # noqa: PTH100  # resolve() would follow links


def unique(*paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """All the paths, each once."""
    return tuple(dict.fromkeys(path for some in paths for path in some))
