"""A pack is data: rules under its own name, and nothing else."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from cleaner import Cleaner
from cleaner.batch.audit import stamp_of
from cleaner.errors import CleanerError, RuleError
from cleaner.rules import builtin_rules
from cleaner.rules.model import PackId
from cleaner.rules.pack_joining import joined_with_pack
from cleaner.rules.pack_names import hash_of
from cleaner.rules.packs import read_pack
from cleaner.rules.recipe import RuleRecipe
from tests.rules.packing import RULE, pack_bytes, pack_files, read, zipped

PLACE = Path("a.whl")


def test_a_pack_gives_its_rules_and_says_which_it_is() -> None:
    pack = read()
    assert pack.id == PackId("riverpost-rules", "1.0", hash_of(pack_bytes()))
    assert [rule.id for rule in pack.rules] == ["riverpost.sign-off"]
    assert pack.rules.packs == (pack.id,)
    assert pack.rules["riverpost.sign-off"].path == str(PLACE / "rules" / "riverpost.toml")
    assert pack.card == "# The card\n"


def test_rules_of_a_pack_may_use_the_built_in_terms() -> None:
    rule = RULE.replace('lines = ["From the desks along the river"]', "pattern = 'river post, {datetime}'")
    rule = rule.replace('From the desks along the river"]\nkeeps', 'River Post, 3 May 2026"]\nkeeps')
    assert len(read(rule).rules) == 1


@pytest.mark.parametrize(
    "name",
    [
        "riverpost_rules/__init__.py",
        "riverpost_rules/rules/run.py",
        "riverpost_rules/native.so",
        "riverpost_rules/golden/case/input.txt.exe",
        "riverpost_rules/golden/deep/case/input.txt",
        "other/rules/a.toml",
        "sitecustomize.py",
        "evil.pth",
        "riverpost_rules-1.0.data/scripts/run",
        "riverpost_rules-1.0.dist-info/direct_url.json",
        "riverpost_rules-2.0.dist-info/METADATA",
    ],
)
def test_what_is_no_part_of_a_pack_is_refused(name: str) -> None:
    with pytest.raises(CleanerError, match=rf"^a\.whl: holds '{name}'; a rule pack holds rules"):
        read_pack(zipped({**pack_files(), name: b""}), PLACE)


@pytest.mark.parametrize(
    "entry",
    [
        b"",
        b"[console_scripts]\nclean = evil:run\n",
        b"[cleaner.rules]\nriverpost-rules = os\n",
        b"[cleaner.rules]\nother = riverpost_rules.rules\n",
        b"[cleaner.rules]\nriverpost-rules = riverpost_rules.rules\n[cleaner.matchers]\na = b:c\n",
        b"[cleaner.rules\n",
        b"\xff",
    ],
)
def test_other_entry_points_are_refused(entry: bytes) -> None:
    files = {**pack_files(), "riverpost_rules-1.0.dist-info/entry_points.txt": entry}
    with pytest.raises(CleanerError, match="its entry points are not"):
        read_pack(zipped(files), PLACE)


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ({"schema": 2}, "Invalid enum value 2"),
        ({"name": "Riverpost"}, "Expected `str` matching regex"),
        ({"version": "../1"}, "Expected `str` matching regex"),
        ({"rules": -1}, "Expected `int` >= 0"),
        ({"figures": {}}, "missing required field"),
    ],
)
def test_a_manifest_that_is_wrong_is_an_error_that_says_where(manifest: dict[str, Any], message: str) -> None:
    with pytest.raises(CleanerError, match=rf"pack\.json is wrong: .*{message}"):
        read(**manifest)


@pytest.mark.parametrize("manifest", [b"", b"{", b"[]", b"\xff", b'{"name": ' + b"[" * 200_000])
def test_a_manifest_that_cannot_be_read_is_an_error(manifest: bytes) -> None:
    with pytest.raises(CleanerError, match=r"pack\.json is wrong: "):
        read_pack(zipped({**pack_files(), "riverpost_rules/pack.json": manifest}), PLACE)


def test_a_rule_set_tells_its_packs_whatever_becomes_of_it() -> None:
    pack = read()
    joined = joined_with_pack(builtin_rules(), pack.rules)
    for rules in (
        joined.select("strict", ignore="riverpost"),
        joined.with_matchers({}),
        joined.with_known({}),
        joined.ignoring_on_sites({"a.example": ["byline"]}),
        pickle.loads(pickle.dumps(joined)),
        RuleRecipe.of(joined).rule_set(),
    ):
        assert rules.packs == (pack.id,)
    assert joined.digest == (builtin_rules() | pack.rules).digest
    assert stamp_of(Cleaner(joined))["packs"] == str(pack.id)
    assert "packs" not in stamp_of(Cleaner())


def test_an_archive_without_a_manifest_is_no_pack() -> None:
    files = {name: data for name, data in pack_files().items() if not name.endswith("pack.json")}
    with pytest.raises(CleanerError, match=r"is no rule pack: it holds no pack\.json"):
        read_pack(zipped(files), PLACE)


def test_the_manifest_of_another_pack_is_refused() -> None:
    files = pack_files()
    files["riverpost_rules/pack.json"] = files["riverpost_rules/pack.json"].replace(b"riverpost-rules", b"other")
    with pytest.raises(CleanerError, match="names another pack, 'other'"):
        read_pack(zipped(files), PLACE)


@pytest.mark.parametrize(
    ("rule", "place", "message"),
    [
        ("[[rule]\n", r"riverpost\.toml:1:", ""),
        ("[[rule]]\nid = 'own.a'\n", r"riverpost\.toml:1:", "the key 'description' is missing"),
        (RULE.replace("zone", "zonne"), r"riverpost\.toml:9:", "unknown key 'zonne'"),
        ("schema = 1\n", "", "holds no rules"),
    ],
)
def test_broken_rules_name_the_file_in_the_pack(rule: str, place: str, message: str) -> None:
    with pytest.raises(RuleError, match=rf"^a\.whl.*{place}.*{message}"):
        _ = read(rule).rules


def test_rules_that_are_not_utf_8_are_an_error() -> None:
    files = {**pack_files(), "riverpost_rules/rules/riverpost.toml": b"\xff"}
    with pytest.raises(RuleError, match=r"riverpost\.toml: is not UTF-8 \(byte 0\)"):
        _ = read_pack(zipped(files), PLACE).rules
