"""A folder becomes a pack that is read back, or an error and no file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cleaner.authoring.pack_build import build_pack
from cleaner.errors import CleanerError
from tests.authoring.pack_folders import TEMPLATE, change
from tests.authoring.pack_folders import pack_folder as pack_folder


def test_the_pack_says_what_its_rules_are(tmp_path: Path) -> None:
    built = build_pack(TEMPLATE, tmp_path / "dist")
    manifest = built.pack.manifest
    assert built.path == tmp_path / "dist" / "riverpost_rules-1.0-py3-none-any.whl"
    assert (manifest.languages, manifest.classes, manifest.sites) == (
        ["de", "en"],
        ["riverpost"],
        ["riverpost.example"],
    )
    assert (manifest.rules, manifest.digest) == (2, built.pack.rules.digest)
    assert {"golden/high-water/input.txt", "README.md", "CARD.md"} <= set(built.pack.files)
    assert "| riverpost.gauge |" in built.pack.card


def test_a_copy_elsewhere_gives_the_same_bytes(tmp_path: Path, pack_folder: Path) -> None:
    first = build_pack(TEMPLATE, tmp_path / "a").path.read_bytes()
    assert build_pack(pack_folder, tmp_path / "b").path.read_bytes() == first


def test_rules_for_all_sites_make_a_pack_for_all_sites(pack_folder: Path, tmp_path: Path) -> None:
    path = pack_folder / "rules" / "riverpost.toml"
    path.write_text(path.read_text("utf-8").replace('sites = ["riverpost.example"]\n', "", 1), "utf-8")
    shutil.rmtree(pack_folder / "golden")
    manifest = build_pack(pack_folder, tmp_path / "dist").pack.manifest
    assert (manifest.sites, manifest.figures.golden) == ([], 0)


def test_what_is_wrong_leaves_no_file(pack_folder: Path, tmp_path: Path) -> None:
    change(pack_folder, "rules/riverpost.toml", "Gauge at the lock: 2.1 m", "Gauge at the ferry: 2.1 m")
    with pytest.raises(CleanerError, match="no pack is made of rules whose tests do not hold"):
        build_pack(pack_folder, tmp_path / "dist")
    assert not (tmp_path / "dist").exists()
