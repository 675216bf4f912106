"""The folder that a rule pack is made from: ``pyproject.toml``, ``rules/``, and perhaps ``golden/``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.authoring.golden import FILES
from cleaner.errors import CleanerError, RuleError
from cleaner.rules.pack_names import NAME_PATTERN, VERSION_PATTERN, module_of
from cleaner.rules.plugins import RULES_GROUP
from cleaner.rules.toml_source import TomlSource, read_toml

__all__ = ["PackProject", "read_project"]

_PYPROJECT = "pyproject.toml"
_LICENCES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "COPYING")
_OURS = re.compile(r"article-cleaner\b")


@dataclass(frozen=True, slots=True)
class PackProject:
    """What an author says about a pack, and its files.

    Attributes:
        folder: the folder.
        name, version, description, licence: as ``[project]`` in ``pyproject.toml`` has them; licence is an SPDX
            expression.
        authors: names or addresses.
        requires: what it requires: nothing, or article-cleaner in some versions.
        files: the files of the pack, by the names that they get in it.
        licence_file: the text of the licence, if it is there.
    """

    folder: Path
    name: str
    version: str
    description: str
    licence: str
    authors: tuple[str, ...]
    requires: tuple[str, ...]
    files: Mapping[str, Path]
    licence_file: Path | None

    @property
    def rules(self) -> Path:
        """The folder of its rules."""
        return self.folder / "rules"

    @property
    def golden(self) -> Path | None:
        """The folder of its golden cases, if it has some."""
        folder = self.folder / "golden"
        return folder if folder.is_dir() else None


def read_project(folder: Path) -> PackProject:
    """The project in a folder.

    Raises:
        CleanerError: something is missing or not as a pack needs it. Names the file and the line.
    """
    path = folder / _PYPROJECT
    source = read_toml(path, hint="a pack has a pyproject.toml and a folder rules/; examples/rule-pack is a template")
    project = source.data.get("project")
    if not isinstance(project, dict):
        raise RuleError("has no table [project]", path=path, hint="give name, version, description and license there")
    name = _text(source, project, "name")
    if not re.fullmatch(NAME_PATTERN, name):
        raise _error(source, "name", f"name cannot be {name!r}", "write a-z, 0-9 and hyphens, as riverpost-rules")
    version = _text(source, project, "version")
    if not re.fullmatch(VERSION_PATTERN, version):
        raise _error(source, "version", f"version cannot be {version!r}", "write it as 1.0 or 2026.1.post1")
    _check_entry_point(source, project, name)
    if not (folder / "rules").is_dir():
        raise CleanerError(f"{folder}: has no folder rules/; put the rule files there")
    return PackProject(
        folder=folder,
        name=name,
        version=version,
        description=_text(source, project, "description"),
        licence=_text(source, project, "license"),
        authors=tuple(_authors(source, project)),
        requires=tuple(_requires(source, project)),
        files=dict(_files(folder)),
        licence_file=next((folder / name for name in _LICENCES if (folder / name).is_file()), None),
    )


def _error(source: TomlSource, key: str, message: str, hint: str) -> RuleError:
    place = source.key(("project", key))
    return RuleError(f"project.{message}", path=source.path, line=place.line, column=place.column, hint=hint)


def _text(source: TomlSource, project: Mapping[str, Any], key: str) -> str:
    value = project.get(key)
    if value is None:
        raise _error(source, key, f"{key} is missing", "a pack needs name, version, description and license")
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        example = ', such as license = "CC0-1.0"' if key == "license" else ""
        raise _error(source, key, f"{key} is not one line of text", f"put it in quotes{example}")
    return value


def _authors(source: TomlSource, project: Mapping[str, Any]) -> Iterator[str]:
    for author in project.get("authors", []):
        if not isinstance(author, dict) or not all(isinstance(value, str) for value in author.values()):
            raise _error(source, "authors", "authors is no list of tables", 'write [{ name = "…" }]')
        yield " ".join(filter(None, (author.get("name"), author.get("email") and f"<{author['email']}>")))


def _requires(source: TomlSource, project: Mapping[str, Any]) -> Iterator[str]:
    """What it requires. A pack is data and can need no other package than the one that reads it."""
    for requirement in project.get("dependencies", []):
        if not isinstance(requirement, str) or not _OURS.match(requirement) or "\n" in requirement:
            message = f"dependencies holds {requirement!r}"
            raise _error(source, "dependencies", message, "a rule pack may need article-cleaner and nothing else")
        yield requirement


def _check_entry_point(source: TomlSource, project: Mapping[str, Any], name: str) -> None:
    """pip makes of the folder what we make: the same entry point, if one is written."""
    found, wanted = project.get("entry-points"), {RULES_GROUP: {name: f"{module_of(name)}.rules"}}
    if found is not None and found != wanted:
        message = f"entry-points is not [{RULES_GROUP}] with {name} = {wanted[RULES_GROUP][name]!r} alone"
        raise _error(source, "entry-points", message, "a pack offers rules under its own name, and no code")


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a pack: rule files, the files of golden cases, and the README."""
    for path in sorted((*folder.glob("rules/**/*"), *folder.glob("golden/**/*"), folder / "README.md")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            raise CleanerError(f"{path}: is a link; a rule pack holds files only, so put the file itself there")
        is_wanted = path.suffix == ".toml" if name.startswith("rules/") else _is_golden(name) or name == "README.md"
        if path.is_file() and is_wanted:
            yield name, path


def _is_golden(name: str) -> bool:
    folder, _, rest = name.partition("/")
    return folder == "golden" and rest.count("/") == 1 and rest.rpartition("/")[2] in FILES
