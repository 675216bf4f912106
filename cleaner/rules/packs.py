"""Rule packs: rules, their tests and a card in one file, a wheel that holds no code.

The file is read where it lies and is never unpacked or imported, so it cannot write anywhere, and nothing of it runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from cleaner.errors import CleanerError, RuleError
from cleaner.rules.loader import parse_files
from cleaner.rules.model import PackId
from cleaner.rules.pack_archive import archive_files
from cleaner.rules.pack_names import NAME_PATTERN, VERSION_PATTERN, hash_of, module_of
from cleaner.rules.plugins import RULES_GROUP
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.toml_source import TomlSource

__all__ = [
    "CARD",
    "MANIFEST",
    "Figures",
    "Manifest",
    "RulePack",
    "read_pack",
]

MANIFEST, CARD = "pack.json", "CARD.md"

_Count = Annotated[int, msgspec.Meta(ge=0)]
_ABOUT = {"METADATA", "WHEEL", "RECORD", "entry_points.txt"}


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What the tests of a pack said when it was made."""

    removes: _Count
    keeps: _Count
    cases: _Count
    golden: _Count
    golden_negative: _Count
    known_failures: _Count
    unreached_patterns: _Count


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a pack says about itself.

    Attributes:
        schema: the version of this format.
        name, version: those of the package.
        description, licence: a line for people, and an SPDX expression.
        made_with: the version of cleaner that made and tested it.
        digest: of its rules, as that version tells it.
        rules: how many there are.
        classes, languages, sites: which scraps, in which languages, on which sites only; no sites means on all.
        figures: what its tests said.
    """

    schema: Literal[1] = 1
    name: Annotated[str, msgspec.Meta(pattern=f"^(?:{NAME_PATTERN})$")]
    version: Annotated[str, msgspec.Meta(pattern=f"^(?:{VERSION_PATTERN})$")]
    description: str
    licence: str
    made_with: str
    digest: str
    rules: _Count
    classes: list[str]
    languages: list[str]
    sites: list[str]
    figures: Figures


@dataclass(frozen=True)
class RulePack:
    """A pack as it was read.

    Attributes:
        path: its file, for messages.
        id: its name, its version and the hash of its file.
        manifest: what it says about itself.
        files: the files of its package, by their names below it.
    """

    path: Path
    id: PackId
    manifest: Manifest
    files: Mapping[str, bytes]

    @property
    def card(self) -> str:
        """The page about it; "" when it has none."""
        return self.files.get(CARD, b"").decode("utf-8", "replace")

    @cached_property
    def rules(self) -> RuleSet:
        """Its rules.

        Raises:
            RuleError: a rule file is wrong. Names the pack, the file, line and column.
        """
        sources = []
        for name, data in sorted(self.files.items()):
            if name.startswith("rules/"):
                try:
                    sources.append(TomlSource(data.decode("utf-8-sig"), self.path / name))
                except UnicodeDecodeError as error:
                    message = f"is not UTF-8 (byte {error.start})"
                    raise RuleError(message, path=self.path / name, hint="tell the author of the pack") from None
        rules = parse_files(sources)
        if not rules:
            raise RuleError("holds no rules", path=self.path, hint="tell the author of the pack")
        return rules.from_pack(self.id)


def read_pack(data: bytes, path: Path) -> RulePack:
    """A pack from the bytes of its file. Its rules are read when they are asked for.

    Args:
        data: the bytes.
        path: where they are from, for messages.

    Raises:
        CleanerError: they are no pack, or one that holds something else than data.
    """
    files = archive_files(data, path)
    manifest = _manifest(files, path)
    module, about = module_of(manifest.name), f"{module_of(manifest.name)}-{manifest.version}.dist-info"
    for name in files:
        folder, _, rest = name.partition("/")
        if not (_is_part(rest) if folder == module else folder == about and _is_about(rest)):
            advice = "a rule pack holds rules, golden cases and texts about it, and no code"
            raise CleanerError(f"{path}: holds {name!r}; {advice}; pip installs packages with code, if you trust them")
    _check_entry_point(files.get(f"{about}/entry_points.txt", b""), manifest.name, path)
    own = {name.partition("/")[2]: content for name, content in files.items() if name.startswith(f"{module}/")}
    return RulePack(path, PackId(manifest.name, manifest.version, hash_of(data)), manifest, own)


def _manifest(files: Mapping[str, bytes], path: Path) -> Manifest:
    found = [name for name in files if name.count("/") == 1 and name.endswith(f"/{MANIFEST}")]
    if len(found) != 1:
        raise CleanerError(f"{path}: is no rule pack: it holds no {MANIFEST}; `clean rules pack` makes packs")
    try:
        manifest = msgspec.json.decode(files[found[0]], type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CleanerError(f"{path}: {found[0]} is wrong: {error}; tell the author of the pack") from None
    if found[0] != f"{module_of(manifest.name)}/{MANIFEST}":
        raise CleanerError(f"{path}: {found[0]} names another pack, {manifest.name!r}; tell the author of the pack")
    return manifest


def _is_part(name: str) -> bool:
    """Whether a file may stand in the package of a pack."""
    folder = name.partition("/")[0]
    if folder == "rules":
        return name.endswith(".toml")
    if folder == "golden":
        return (
            re.fullmatch(r"golden/[^/]+/(?:input\.txt|input\.html|expected\.txt|edits\.jsonl|case\.toml)", name)
            is not None
        )
    return name in (MANIFEST, CARD, "README.md")


def _is_about(name: str) -> bool:
    return name in _ABOUT or re.fullmatch(r"licenses/[^/]+", name) is not None


def _check_entry_point(data: bytes, name: str, path: Path) -> None:
    """What pip would make of the pack must be what this says: rules under its own name, and nothing that runs."""
    wanted = {RULES_GROUP: {name: f"{module_of(name)}.rules"}}
    parser = ConfigParser(delimiters=("=",), interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # names as they are
    try:
        parser.read_string(data.decode("utf-8"))
        found = {group: dict(parser.items(group)) for group in parser.sections()}
    except (ConfigParserError, UnicodeDecodeError):
        found = {}
    if found != wanted:
        entry = f"[{RULES_GROUP}] {name} = {module_of(name)}.rules"
        raise CleanerError(f"{path}: its entry points are not {entry} alone; tell the author of the pack")
