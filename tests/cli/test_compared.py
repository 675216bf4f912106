"""What a word of `clean diff` names: rules, packs, profiles, configurations."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleaner.cli import main
from cleaner.cli.compared import cleaner_named
from cleaner.config.model import Config
from cleaner.config.settings import load_config
from cleaner.errors import CleanerError
from cleaner.rules.pack_store import DATA_VARIABLE, PackStore
from tests.rules.packing import RULE, pack_bytes, read

NEWER = RULE.replace('lines = ["From', 'lines = ["Seen from the river", "From')
ALONE = Config(isolated=True)


@pytest.fixture(autouse=True)
def project(run_in: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the file of a pack that is not installed, where the version before it is."""
    monkeypatch.setenv(DATA_VARIABLE, str(run_in / "data"))
    data = pack_bytes()
    PackStore().add(read(), data)
    Path("new.whl").write_bytes(pack_bytes(NEWER, version="1.1"))
    return run_in


def versions(name: str, config: Config = ALONE) -> list[str]:
    return sorted(pack.version for pack in cleaner_named(name, config).rules.packs)


def test_a_pack_adds_to_the_rules() -> None:
    assert versions("installed") == []
    assert versions("+riverpost-rules") == versions("+riverpost-rules==1.0") == ["1.0"]
    assert versions("+new.whl") == ["1.1"]
    assert "byline.by-name" in cleaner_named("+new.whl", ALONE).rules


def test_a_pack_takes_the_place_of_the_rules() -> None:
    assert [rule.id for rule in cleaner_named("riverpost-rules", ALONE).rules] == ["riverpost.sign-off"]
    assert [rule.id for rule in cleaner_named("new.whl", ALONE).rules] == ["riverpost.sign-off"]


def test_a_pack_takes_the_place_of_the_version_that_the_project_has() -> None:
    named = ALONE.with_options(packs=("riverpost-rules",))
    assert versions("installed", named) == ["1.0"]
    assert versions("+new.whl", named) == ["1.1"]
    pack = PackStore().named("riverpost-rules").read()
    pin = f'[packs.riverpost-rules]\nversion = "1.0"\nhash = "{pack.id.hash}"\n'
    Path("cleaner.toml").write_text(pin, encoding="utf-8")
    pinned = load_config(Path("cleaner.toml"))
    assert versions("installed", pinned) == ["1.0"]
    assert versions("+new.whl", pinned) == ["1.1"]


def test_a_path_comes_before_a_pack_of_its_name() -> None:
    Path("riverpost-rules").mkdir()
    Path("riverpost-rules/riverpost.toml").write_text(RULE, encoding="utf-8")
    assert versions("riverpost-rules") == []


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("riverpost", r"riverpost: does not exist; name a file .*, an installed pack \(riverpost-rules==1\.0\), 'inst"),
        ("+riverpost-rules==2.0", r"no pack 'riverpost-rules==2\.0' is installed; there is riverpost-rules==1\.0"),
        ("rules/riverpost-rules", "rules/riverpost-rules: does not exist; name a file or folder"),
        ("bad.whl", r"bad\.whl: is no ZIP archive; name a pack"),
    ],
)
def test_mistakes_are_told(name: str, message: str) -> None:
    Path("bad.whl").write_bytes(b"no archive")
    with pytest.raises(CleanerError, match=message):
        cleaner_named(name, ALONE)


def test_what_an_update_of_a_pack_changes(capsys: pytest.CaptureFixture[str]) -> None:
    text = "The lock was closed on Monday, and forty barges waited below it.\n\nSeen from the river\n"
    Path("a.txt").write_text(text, encoding="utf-8")
    update = ["diff", "+riverpost-rules", "+new.whl", "a.txt", "--isolated"]
    assert main([*update, "--max-lost", "0"]) == 1
    shown = capsys.readouterr()
    assert "- Seen from the river" in shown.out
    assert "1 line is lost" in shown.err
