"""Where installed rule packs lie: one folder of the user's data, in which each pack is the file that was installed.

``CLEANER_DATA_DIR`` names another folder. Several versions of a pack may lie side by side: each project names its own.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.errors import CleanerError, RuleError
from cleaner.rules.model import PackId
from cleaner.rules.pack_names import NAME_PATTERN, VERSION_PATTERN

if TYPE_CHECKING:  # reading packs costs some of the time that a process takes to start
    from cleaner.rules.packs import RulePack

__all__ = ["DATA_VARIABLE", "PackStore", "StoredPack", "pack_folder"]

DATA_VARIABLE = "CLEANER_DATA_DIR"
"""Names the folder of the user's data."""

_HASH_PART = 16
_FILE = re.compile(rf"({NAME_PATTERN})@({VERSION_PATTERN})@([0-9a-f]{{{_HASH_PART}}})\.whl")


def pack_folder() -> Path:
    """The folder of the installed packs; it need not exist.

    Raises:
        CleanerError: the user has no home, and no variable names a folder.
    """
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        from platformdirs import user_data_dir

        with suppress(RuntimeError):  # the user has no home
            folder = user_data_dir("article-cleaner")
        if not folder or not Path(folder).is_absolute():
            raise CleanerError(
                f"there is no folder for rule packs, since the user has no home; name one in {DATA_VARIABLE}"
            )
    return Path(folder) / "packs"


class StoredPack:
    """A pack that is installed, as its file is named; it is read when it is asked for.

    Attributes:
        path: its file.
        name, version: those of the pack.
    """

    def __init__(self, path: Path, name: str, version: str, hash_part: str) -> None:
        self.path, self.name, self.version, self._hash_part = path, name, version, hash_part

    def has_hash(self, hash_: str) -> bool:
        """Whether the file was installed with this hash."""
        return hash_.removeprefix("sha256:").startswith(self._hash_part)

    def read(self) -> RulePack:
        """The pack.

        Raises:
            CleanerError: it cannot be read, or was changed since it was installed.
        """
        pack = _pack(_read(self.path), self.path)
        if (pack.id.name, pack.id.version) != (self.name, self.version) or not self.has_hash(pack.id.hash):
            advice = f"clean rules remove {self.name}=={self.version}, then install it again"
            raise CleanerError(f"{self.path}: was changed since it was installed; {advice}")
        return pack


class PackStore:
    """The installed packs.

    Args:
        folder: where they lie; by default the user's.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = pack_folder() if folder is None else folder

    def packs(self) -> list[StoredPack]:
        """What is installed, by name and version."""
        found = [
            StoredPack(path, *match.groups())
            for path in (self.folder.iterdir() if self.folder.is_dir() else ())
            if (match := _FILE.fullmatch(path.name)) and path.is_file()
        ]
        return sorted(found, key=lambda pack: (pack.name, _order(pack.version), pack.path.name))

    def pinned(self, pin: PackId) -> RulePack:
        """The pack that a project pins.

        Raises:
            RuleError: it is not installed, or with another version or hash only.
        """
        named = [pack for pack in self.packs() if pack.name == pin.name]
        found = next((pack for pack in named if pack.version == pin.version and pack.has_hash(pin.hash)), None)
        if found is None:
            raise RuleError(*_missing(pin, named))
        pack = found.read()
        if pack.id != pin:
            raise RuleError(f"{pin.name} {pin.version} has the hash {pack.id.hash}, and not the one that is pinned")
        return pack

    def named(self, name: str) -> StoredPack:
        """The pack that a person names: NAME, or NAME==VERSION.

        Raises:
            CleanerError: there is none, or there are several.
        """
        plain, _, version = name.partition("==")
        every = self.packs()
        found = [pack for pack in every if pack.name == plain and version in ("", pack.version)]
        if not found:
            there = ", ".join(f"{pack.name}=={pack.version}" for pack in every)
            verb = "is" if len(every) == 1 else "are"
            raise CleanerError(f"no pack {name!r} is installed; {f'there {verb} {there}' if there else 'none is'}")
        if len(found) > 1:
            same = len({pack.version for pack in found}) == 1
            choices = ", ".join(str(pack.path) if same else f"{pack.name}=={pack.version}" for pack in found)
            advice = "delete the file that is not wanted" if same else "name one of them"
            raise CleanerError(f"several packs {name!r} are installed: {choices}; {advice}")
        return found[0]

    def add(self, pack: RulePack, data: bytes) -> bool:
        """Keep the file of a pack. Whether it was not there already.

        Raises:
            OSError: the folder cannot be written to.
        """
        digest = pack.id.hash.removeprefix("sha256:")[:_HASH_PART]
        target = self.folder / f"{pack.id.name}@{pack.id.version}@{digest}.whl"
        if target.is_file() and target.read_bytes() == data:
            return False
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return True

    def remove(self, name: str) -> StoredPack:
        """Remove the pack that a person names, and give it back.

        Raises:
            CleanerError: as :meth:`named`.
        """
        found = self.named(name)
        found.path.unlink()
        return found


@lru_cache(maxsize=8)
def _pack(data: bytes, path: Path) -> RulePack:
    """The pack in a file. A command asks for the same one several times, and reading its rules takes a while."""
    from cleaner.rules.packs import read_pack

    return read_pack(data, path)


def _read(path: Path) -> bytes:
    from cleaner.rules.pack_archive import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _missing(pin: PackId, named: Iterable[StoredPack]) -> tuple[str, ...]:
    others = list(dict.fromkeys(_told(pack, pin) for pack in named))
    there = f"; installed is {', '.join(others)}" if others else ""
    return (f"the pack {pin.name} {pin.version} with the hash {pin.hash[:19]}… is not installed{there}",)


def _told(pack: StoredPack, pin: PackId) -> str:
    """What is installed instead of what was pinned."""
    if pack.version != pin.version:
        return f"version {pack.version}"
    return f"version {pack.version} with another hash ({pack.path.stem.rpartition('@')[2][:12]}…)"


def _order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Versions by their numbers: 1.10 comes after 1.9, and 1.0rc1 before 1.0."""
    end = (1, 0, "")
    return (*(_rank(part) for part in re.findall(r"\d+|[a-z]+", version)), end)


def _rank(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return (3, int(part), "")
    return (2 if part == "post" else 0, 0, part)
