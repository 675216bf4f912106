"""Configuration files: where they are found, and how they become a :class:`Config`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from cleaner.config.model import Config, Setting
from cleaner.config.schema import ConfigSpec
from cleaner.errors import RuleError
from cleaner.rules.schema_errors import violation_in
from cleaner.rules.toml_source import TomlSource, read_toml

__all__ = ["FILE_NAME", "Config", "Setting", "find_config", "load_config"]

FILE_NAME = "cleaner.toml"
_PYPROJECT = "pyproject.toml"
_TABLE = ("tool", "cleaner")


def find_config(folder: Path) -> Path | None:
    """The nearest ``cleaner.toml``, or ``pyproject.toml`` with a table ``[tool.cleaner]``, in the folder or above it.

    In one folder ``cleaner.toml`` comes first. A ``pyproject.toml`` that cannot be read is passed over, unless it
    is not valid TOML and names our table: :func:`load_config` then reports what is wrong.
    """
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
        if _names_our_table(place / _PYPROJECT):
            return place / _PYPROJECT
    return None


def _names_our_table(path: Path) -> bool:
    try:
        source = read_toml(path)
    except RuleError:
        return False
    try:
        tool = source.data.get("tool", {})
    except RuleError:
        return "tool.cleaner" in source.text
    return isinstance(tool, dict) and "cleaner" in tool


def load_config(path: str | Path | None) -> Config:
    """The configuration in a file; None for the default one.

    Raises:
        RuleError: the file cannot be read, is not TOML, or holds a key or value that is not allowed. Names file, line
            and column.
    """
    if path is None:
        return Config()
    path = Path(path)
    source, data = _table(read_toml(path, hint=f"name a {FILE_NAME}"))
    if (violation := violation_in(data, ConfigSpec)) is not None:
        raise source.error(violation)
    spec = msgspec.convert(data, ConfigSpec)
    origins = {".".join(keys): _origin(source, keys) for keys in _settings(data)}
    paths = [(path.parent / folder, origins["extend-rules"]) for folder in spec.extend_rules]
    key_origins = {
        (rule, key): _origin(source, ("overrides", rule, key))
        for rule, override in data.get("overrides", {}).items()
        for key in override
    }
    return Config(path, spec, tuple(paths), origins, key_origins=key_origins)


def _settings(data: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The keys of each value that has an origin: those at the top, and single overrides and sites."""
    for key, value in data.items():
        yield (key,)
        if key in ("overrides", "packs", "per-site-ignores", "clean"):
            yield from ((key, item) for item in value)


def _origin(source: TomlSource, keys: tuple[str, ...]) -> str:
    name = source.path.name if source.path is not None else ""
    return f"{name}:{source.key(keys).line}"


def _table(source: TomlSource) -> tuple[TomlSource, dict[str, Any]]:
    """The table of a file that is ours: a source whose paths begin at it, and its data."""
    if source.path is None or source.path.name != _PYPROJECT:
        return source, source.data
    tool = source.data.get("tool", {})
    table = tool.get("cleaner") if isinstance(tool, dict) else None
    if table is None:
        raise RuleError("has no table [tool.cleaner]", path=source.path, hint=f"add it, or name a {FILE_NAME}")
    if not isinstance(table, dict):
        message, hint = "tool.cleaner is not a table", "write [tool.cleaner], and its keys below it"
        raise RuleError(message, path=source.path, hint=hint)
    return TomlSource(source.text, source.path, table=_TABLE), table
