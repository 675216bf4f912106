"""``clean doctor`` tells what is installed and what is wrong."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from cleaner.cli import doctor, main
from cleaner.cli.doctor import Fact, facts
from cleaner.cli.parameters import RuleOptions


def found(rules: RuleOptions | None = None) -> dict[tuple[str, str], Fact]:
    return {(fact.topic, fact.name): fact for fact in facts(rules or RuleOptions(isolated=True))}


def test_the_installation_is_told(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["doctor"])
    page = capsys.readouterr().out
    for topic in ("versions", "extras", "cache", "configuration", "encodings"):
        assert f"\n{topic}\n" in f"\n{page}"
    assert "run with the profile default" in page


def test_as_json_it_goes_into_a_report(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["doctor", "--json"])
    listed = json.loads(capsys.readouterr().out)
    assert {"topic", "name", "value", "advice"} == set(listed[0])
    assert code == int(any(one["advice"] for one in listed))
    assert {one["name"] for one in listed if one["topic"] == "extras"} >= {"zst", "parquet", "thorough"}


def test_an_extra_that_is_missing_is_told_how_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_version_of", lambda name: "" if name == "zstandard" else "1.0")
    everything = found()
    assert everything["extras", "zst"].value == "not installed; pip install '.[zst]' in the folder of cleaner"
    assert everything["extras", "zst"].advice == ""
    assert everything["extras", "warc"].value == "fastwarc 1.0"


def test_a_library_that_is_missing_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_version_of", lambda name: "" if name == "ftfy" else "1.0")
    assert found()["versions", "ftfy"].advice == "pip install ftfy"


def test_a_configuration_that_is_wrong_is_named(run_in: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("cleaner.toml").write_text('profil = "facts"\n')
    assert main(["doctor"]) == 1
    page = capsys.readouterr().out
    assert "to do: " in page
    assert "cleaner.toml:1:1: unknown key 'profil'" in page
    assert "1 to look at" in page


def test_no_cache_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANER_CACHE_DIR", "")
    assert found()["cache", "folder"].value.startswith("none: CLEANER_CACHE_DIR is empty; every start takes")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes of files")
def test_a_cache_that_others_may_write_to_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o777)
    monkeypatch.setenv("CLEANER_CACHE_DIR", str(folder))
    assert "make it your own with chmod 700" in found()["cache", "folder"].advice


def test_an_output_that_cannot_hold_all_letters_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert found()["encodings", "standard output"].advice.startswith("set PYTHONUTF8=1")
