"""``rules pack``: test the rules of a folder, and make one file of them that others install."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import msgspec

from cleaner.authoring.pack_card import card
from cleaner.authoring.pack_checks import pack_figures
from cleaner.authoring.pack_project import PackProject, read_project
from cleaner.authoring.pack_wheel import wheel_bytes, wheel_name
from cleaner.io.atomic import atomic_write
from cleaner.rules import RuleSet
from cleaner.rules.packs import CARD, MANIFEST, Figures, Manifest, RulePack, read_pack

__all__ = ["BuiltPack", "build_pack"]

_MODE = 0o644


class BuiltPack(NamedTuple):
    """A pack that was made.

    Attributes:
        path: its file.
        pack: the pack, read back from it.
    """

    path: Path
    pack: RulePack


def build_pack(folder: Path, output: Path) -> BuiltPack:
    """Make a pack of a folder with ``pyproject.toml``, ``rules/`` and, if there are golden cases, ``golden/``.

    Args:
        folder: the folder.
        output: the folder for the file; it is made when it is not there.

    Raises:
        CleanerError: something in the folder is wrong, or a test of the rules does not hold.
        OSError: the file cannot be written.
    """
    project = read_project(folder)
    rules, figures = pack_figures(project)
    manifest = _manifest(project, rules, figures)
    files = {name: path.read_bytes() for name, path in project.files.items()}
    files[MANIFEST] = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    files[CARD] = card(manifest, rules).encode()
    data, target = wheel_bytes(project, files), output / wheel_name(project)
    pack = read_pack(data, target)
    _ = pack.rules  # what installs it reads it so
    with atomic_write(target, _MODE) as stream:
        stream.write(data)
    return BuiltPack(target, pack)


def _manifest(project: PackProject, rules: RuleSet, figures: Figures) -> Manifest:
    return Manifest(
        name=project.name,
        version=project.version,
        description=project.description,
        licence=project.licence,
        made_with=version("article-cleaner"),
        digest=rules.digest,
        rules=len(rules),
        classes=sorted({rule.scrap_class for rule in rules}),
        languages=sorted({language for rule in rules for language in rule.used_languages}),
        sites=_sites(rules),
        figures=figures,
    )


def _sites(rules: RuleSet) -> list[str]:
    """The sites that the rules act on; none when one of them acts on all."""
    if any(not rule.sites for rule in rules):
        return []
    return sorted({site for rule in rules for site in rule.sites})
