"""``rules install``: take a rule pack from a file or an address, look at it, and keep it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from cleaner.errors import CleanerError
from cleaner.io.fetch import fetch, is_address
from cleaner.rules import builtin_rules
from cleaner.rules.pack_archive import MOST_BYTES
from cleaner.rules.pack_joining import joined_with_pack
from cleaner.rules.pack_names import HASH_PATTERN, hash_of
from cleaner.rules.pack_store import PackStore
from cleaner.rules.packs import RulePack, read_pack

__all__ = ["InstalledPack", "install_pack", "pin_lines"]


class InstalledPack(NamedTuple):
    """A pack that is installed now.

    Attributes:
        pack: the pack.
        is_new: whether it was not there before.
    """

    pack: RulePack
    is_new: bool


def install_pack(source: str, expected: str = "", store: PackStore | None = None) -> InstalledPack:
    """Install a pack. Nothing is kept unless all is well, and nothing in it is run.

    Args:
        source: a file, or an address of the scheme http or https.
        expected: the hash that the file must have, as ``sha256:`` and 64 digits. An address needs one.
        store: where packs are kept; by default the user's folder.

    Raises:
        CleanerError: it is not there, has another hash, is no pack, its rules are wrong or their ids are taken.
        OSError: the folder cannot be written to.
    """
    expected = expected.lower()
    if expected and not re.fullmatch(HASH_PATTERN, expected):
        raise CleanerError(f"--hash {expected!r} is no hash; it is sha256: and 64 digits of 0-9 and a-f")
    if is_address(source) and not expected:
        raise CleanerError(
            f"{source}: an address needs --hash sha256:…; its author tells it, on another way than the pack"
        )
    data = fetch(source, MOST_BYTES)
    found = hash_of(data)
    if expected and found != expected:
        raise CleanerError(f"{source}: has the hash {found}, and not {expected}; it is another version, or was changed")
    pack = read_pack(data, Path(source))
    joined_with_pack(builtin_rules(), pack.rules)
    store = PackStore() if store is None else store
    return InstalledPack(pack, store.add(pack, data))


def pin_lines(pack: RulePack) -> str:
    """What a project writes into ``cleaner.toml`` to use a pack."""
    name, version, hash_ = pack.id
    return f'[packs.{name}]\nversion = "{version}"\nhash = "{hash_}"\n'
