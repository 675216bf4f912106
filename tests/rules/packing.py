"""Rule packs for tests: made by hand, so that what is wrong can be put into them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cleaner.rules.packs import RulePack, read_pack

__all__ = ["FIGURES", "MANIFEST", "RULE", "pack_bytes", "pack_files", "read", "zipped"]

RULE = """schema = 1

[class]
name = "riverpost"

[[rule]]
id = "riverpost.sign-off"
description = "The sign-off"
zone = "tail"
lines = ["From the desks along the river"]
[rule.examples]
removes = ["From the desks along the river"]
keeps = ["From the desks along the river one sees the barges pass."]
"""
FIGURES = {
    **{"removes": 1, "keeps": 1, "cases": 0, "golden": 0, "golden_negative": 0, "known_failures": 0},
    "unreached_patterns": 0,
}
MANIFEST: dict[str, Any] = {
    "schema": 1,
    "name": "riverpost-rules",
    "version": "1.0",
    "description": "What the River Post prints",
    "licence": "CC0-1.0",
    "made_with": "0.1.0",
    "digest": "0123456789abcdef",
    "rules": 1,
    "classes": ["riverpost"],
    "languages": [],
    "sites": [],
    "figures": FIGURES,
}


def pack_files(rule: str = RULE, **manifest: Any) -> dict[str, bytes]:
    """The files of a pack with one rule file."""
    found = {**MANIFEST, **manifest}
    module = found["name"].replace("-", "_")
    about = f"{module}-{found['version']}.dist-info"
    return {
        f"{module}/rules/riverpost.toml": rule.encode(),
        f"{module}/pack.json": json.dumps(found).encode(),
        f"{module}/CARD.md": b"# The card\n",
        f"{about}/METADATA": b"Metadata-Version: 2.4\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\n",
        f"{about}/RECORD": b"",
        f"{about}/entry_points.txt": f"[cleaner.rules]\n{found['name']} = {module}.rules\n".encode(),
    }


def zipped(files: Mapping[Any, bytes]) -> bytes:
    """Some files in an archive; a name may be an entry with attributes of its own."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def pack_bytes(rule: str = RULE, **manifest: Any) -> bytes:
    """A pack as the bytes of its file."""
    return zipped(pack_files(rule, **manifest))


def read(rule: str = RULE, **manifest: Any) -> RulePack:
    """A pack as it is read."""
    return read_pack(pack_bytes(rule, **manifest), Path("a.whl"))
